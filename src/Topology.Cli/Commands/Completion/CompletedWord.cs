using CommandLine;

namespace Topology.Cli;

/// <summary>A word, or the value of an option, as shells complete it.</summary>
/// <param name="Kind">What it can be.</param>
/// <param name="Choices">Those of a choice.</param>
internal sealed record CompletedWord(CompletionKind Kind, params string[] Choices)
{
    public static CompletedWord Of(ValueAttribute word) => word.MetaName switch
    {
        "PATH" => new(CompletionKind.Path),
        "NAME" => new(CompletionKind.Topology),
        "CONTEXT" => new(CompletionKind.Context),
        "SHELL" => new(CompletionKind.Choice, [.. CompletionCommand.Shells]),
        "ACTION" => new(CompletionKind.Choice, "add", "use", "list", "remove"),
        _ => new(CompletionKind.Any),
    };

    public static CompletedWord Of(OptionAttribute option, Type type)
    {
        if (type == typeof(bool)) return new(CompletionKind.None);
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice) return new(CompletionKind.Choice, [.. Enum.GetNames(choice).Select(n => n.ToLowerInvariant())]);
        return option switch
        {
            { LongName: "context" } => new(CompletionKind.Context),
            { LongName: "level" } => new(CompletionKind.Choice, "trace", "debug", "info", "warn", "error", "fatal"),
            { MetaValue: "FILE" or "DIR" } => new(CompletionKind.Path),
            _ => new(CompletionKind.Any),
        };
    }
}
