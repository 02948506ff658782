using System.Reflection;

namespace Topology.Cli;

/// <summary>From arguments to an exit code: finds the command, runs it, and turns what goes wrong into lines.</summary>
internal static class CommandLineProgram
{
    /// <summary>The version of this program, without the commit.</summary>
    public static string Version { get; } =
        typeof(CommandLineProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        var debug = args.TakeWhile(a => a != "--").Contains("--debug");
        try
        {
            return await ChooseAsync(args, context).ConfigureAwait(false);
        }
        catch (CommandException exception)
        {
            context.Lines.WriteProblems(exception.Problems, exception.Next);
            if (debug && exception.InnerException is { } cause) context.Console.Error.WriteLine(cause);
            return exception.ExitCode;
        }
        catch (Exception exception)
        {
            context.Lines.WriteProblems([$"{exception.GetType().Name}: {exception.Message}"], debug ? null : "the same command with --debug, which shows where it went wrong");
            if (debug) context.Console.Error.WriteLine(exception);
            return ExitCode.Lost;
        }
    }

    private static async Task<int> ChooseAsync(string[] args, CommandContext context)
    {
        if (context.Own is not null && IsRunWithoutItsName(args)) args = ["run", .. args];
        if (args.Length == 0)
        {
            context.Console.Error.Write(HelpText.Program(context));
            return ExitCode.Usage;
        }

        if (HelpRequest.Find(args) is { } help)
        {
            context.Console.Out.Write(help.Text(context));
            return ExitCode.Success;
        }

        if (args[0] is "version" or "--version")
        {
            context.Console.Out.WriteLine($"topology {Version} (.NET {Environment.Version})");
            return ExitCode.Success;
        }

        return await RunVerbAsync(args, context).ConfigureAwait(false);
    }

    // Apart, so that the help and the version do not wait for the parser to be loaded.
    private static Task<int> RunVerbAsync(string[] args, CommandContext context)
    {
        var verb = CommandVerbs.Find(args[0], context);
        return verb.RunAsync(CommandLineParsing.Parse(verb, args, context), context);
    }

    private static bool IsRunWithoutItsName(string[] args) => args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--version" or "--help" or "-h"));
}
