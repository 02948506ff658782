namespace Topology.Cli;

/// <summary>A command as shells complete it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Words">What it takes besides options; the last may be repeated.</param>
/// <param name="Options">Its options.</param>
internal sealed record CompletedVerb(string Name, string Meaning, IReadOnlyList<CompletedWord> Words, IReadOnlyList<CompletedOption> Options)
{
    /// <summary>The commands of a program.</summary>
    public static IReadOnlyList<CompletedVerb> All(CommandContext context)
    {
        var verbs = CommandVerbs.Verbs.Select(Of).ToList();
        var names = CommandVerbs.Of(context).ToList();
        return
        [
            .. verbs,
            .. names.Where(n => verbs.All(v => v.Name != n.Name)).Select(n => new CompletedVerb(n.Name, n.Meaning, n.Name == "help" ? [new CompletedWord(CompletionKind.Choice, [.. verbs.Select(v => v.Name)])] : [], [])),
        ];
    }

    private static CompletedVerb Of(CommandVerb verb) => new(
        verb.Name,
        verb.Meaning,
        [.. WordList.Of(verb.Arguments).Words.Select(CompletedWord.Of)],
        [
            .. OptionList.Of(verb.Arguments).Options.Select(o => new CompletedOption(o.Option.LongName, o.Option.ShortName, o.Option.HelpText, CompletedWord.Of(o.Option, o.Type))),
            new CompletedOption("help", "h", "prints what it takes", new CompletedWord(CompletionKind.None)),
        ]);
}
