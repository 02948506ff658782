namespace Topology.Cli;

/// <summary>Keeps the contexts: names for clusters.</summary>
internal static class ContextCommand
{
    private const string Hint = "topology context --help";
    private static readonly string[] Actions = ["add", "use", "list", "remove"];

    private static readonly Column<ContextEntry>[] Columns =
    [
        new("context", c => OneLine.Of(c.Name), IsText: true),
        new("", c => c.IsCurrent ? "in use" : "", 1, IsText: true),
        new("address", c => OneLine.Of(c.Address.ToString()), 2, IsText: true),
        new("token file", c => OneLine.Of(c.TokenFile), 3, IsText: true),
    ];

    public static Task<int> ExecuteAsync(ContextArguments arguments, CommandContext context)
    {
        Execute(arguments, ContextFile.Of(context), context);
        return Task.FromResult(ExitCode.Success);
    }

    private static void Execute(ContextArguments arguments, ContextFile file, CommandContext context)
    {
        switch (arguments.Action)
        {
            case "add":
                var entry = Read(arguments);
                file.Add(entry).Save();
                if (!File.Exists(entry.TokenFile)) context.Lines.Write(OneLine.Of($"warning: there is no file {entry.TokenFile} yet"));
                context.Lines.Write($"{entry.Name} is added{(file.Entries.Any() ? $"; to use it: topology context use {entry.Name}" : ", and in use")}");
                break;
            case "use":
                file.Use(RequireName(arguments)).Save();
                context.Lines.Write($"{arguments.Name} is in use");
                break;
            case "remove":
                file.Remove(RequireName(arguments)).Save();
                context.Lines.Write($"{arguments.Name} is removed{(file.Current?.Name == arguments.Name ? "; the daemon of this machine is in use" : "")}");
                break;
            case "list":
                List([.. file.Entries], arguments, context);
                break;
            default:
                throw new CommandException(ExitCode.Usage, $"no action '{arguments.Action}'{Suggestion.For(arguments.Action, Actions)}", Hint);
        }
    }

    private static void List(IReadOnlyList<ContextEntry> entries, ContextArguments arguments, CommandContext context)
    {
        Answer.Write(entries, e => e.Name, Table, arguments.Output, context.Console);

        void Table()
        {
            if (entries.Count == 0) context.Lines.Write("no contexts; the daemon of this machine is in use");
            else Answer.WriteTable(Columns, entries, context.Console);
        }
    }

    private static ContextEntry Read(ContextArguments arguments)
    {
        var name = RequireName(arguments);
        // It is written into commands and files by people.
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) throw new CommandException(ExitCode.Usage, $"'{name}' is no name of a context: letters, digits, '-', '_' and '.' are", Hint);
        if (arguments.Address is null || arguments.TokenFile is null) throw new CommandException(ExitCode.Usage, "add needs --address and --token-file", $"topology context add {name} --address https://host:7411 --token-file FILE");
        return new ContextEntry(name, ClusterTarget.ReadAddress(arguments.Address), Path.GetFullPath(arguments.TokenFile), false);
    }

    private static string RequireName(ContextArguments arguments) =>
        arguments.Name ?? throw new CommandException(ExitCode.Usage, $"CONTEXT is missing: the context's name", Hint);
}
