using CommandLine;

namespace Topology.Bench;

/// <summary>The command line: reads it, runs what it asks for, and gives the exit code.</summary>
internal static class BenchCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Misuse = 2;

    // As shells say it of a program that SIGINT has ended.
    private const int Interrupted = 130;

    /// <summary>Runs the program.</summary>
    /// <returns>0; 1 if a scenario could not be measured; 2 if the command line is wrong; 130 if it was interrupted. A goal that is not met is a result, not a failure.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.AutoVersion = false;
        });
        var parsed = parser.ParseArguments<BenchOptions>(arguments);
        if (parsed is NotParsed<BenchOptions> { Errors: var errors })
            return errors.IsHelp() ? Print(Usage.Text, Success) : Refuse(Describe(errors.First()));

        var options = parsed.Value;
        if (options.Error is { } error) return Refuse(error);
        if (options.Child is { } child) return await ServeAsync(child, options).ConfigureAwait(false);
        if (options.Clear is { } left)
        {
            RoundFolder.Clear(left);
            return Success;
        }

        string[] names = [.. options.Scenarios];
        if (names.Length == 0) return Refuse("which scenario? `bench list` shows them, `bench all` runs them, `bench --help` says more");
        if (names is ["list"]) return Print(Usage.Scenarios, Success);

        var wanted = new List<IScenario>();
        foreach (var name in names)
        {
            if (name == "all") wanted.AddRange(ScenarioList.All);
            else if (ScenarioList.Find(name) is { } scenario) wanted.Add(scenario);
            else return Refuse(Unknown(name));
        }

        return await RunAllAsync(wanted.Distinct(), options).ConfigureAwait(false);
    }

    private static async Task<int> RunAllAsync(IEnumerable<IScenario> scenarios, BenchOptions options)
    {
        using var interruption = new CancellationTokenSource();
        using var signals = Signals.Take(interruption.Cancel);
        var runner = new ScenarioRunner(options.Seconds, options.Rounds);
        var code = Success;
        try
        {
            foreach (var scenario in scenarios)
            {
                if (!await runner.RunAsync(scenario, interruption.Token).ConfigureAwait(false)) code = Failure;
            }

            return code;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    private static async Task<int> ServeAsync(string name, BenchOptions options)
    {
        if (ScenarioList.Find(name) is not { } scenario) return Refuse(Unknown(name));

        // A terminal interrupts all processes at once; the parent ends this one, and then clears up.
        using var signals = options.Folder is null ? null : Signals.Take(() => { });
        try
        {
            await ChildProcess.ServeAsync(scenario, options.Seconds, options.Folder).ConfigureAwait(false);
            return Success;
        }
        catch (BenchException exception)
        {
            await Console.Error.WriteLineAsync($"bench: {name}: {exception.Message}").ConfigureAwait(false);
            return Failure;
        }
        catch (Exception exception)
        {
            // An error of the engine or of this program: whoever mends it needs the stack.
            await Console.Error.WriteLineAsync($"bench: {name}: {exception}").ConfigureAwait(false);
            return Failure;
        }
    }

    private static string Unknown(string name) => Spelling.Nearest(name, ScenarioList.All.Select(scenario => scenario.Name).Concat(["all", "list"])) is { } near
        ? $"no scenario '{name}'; did you mean '{near}'?"
        : $"no scenario '{name}'; `bench list` shows them";

    private static string Describe(Error error) => error switch
    {
        UnknownOptionError unknown => $"no option '{unknown.Token}'; there are --seconds, --rounds and --help",
        BadFormatConversionError bad => $"--{bad.NameInfo.LongName} needs a number",
        MissingValueOptionError missing => $"--{missing.NameInfo.LongName} needs a number",
        RepeatedOptionError repeated => $"--{repeated.NameInfo.LongName} is given twice",
        _ => "the command line cannot be read; `bench --help` says how it goes",
    };

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"bench: {message}");
        return Misuse;
    }

    private static int Print(string text, int code)
    {
        Console.Out.Write(text);
        return code;
    }
}
