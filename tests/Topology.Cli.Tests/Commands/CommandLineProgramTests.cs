namespace Topology.Cli.Tests;

public sealed class CommandLineProgramTests
{
    private static readonly string Assembly = typeof(CommandLineProgramTests).Assembly.Location;

    [Test]
    public async Task No_arguments_print_the_usage_on_standard_error()
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Out, Is.Empty);
        Assert.That(program.Error, Does.Contain("usage: topology COMMAND"));
    }

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("help")]
    public async Task Help_lists_every_command_and_exit_code_on_standard_output(string argument)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(argument), Is.EqualTo(ExitCode.Success));
        foreach (var verb in CommandVerbs.Verbs) Assert.That(program.Out, Does.Contain($"\n  {verb.Name} "));
        Assert.That(program.Out, Does.Contain("\n  help ").And.Contains("\n  version "));
        foreach (var (code, meaning) in ExitCode.All) Assert.That(program.Out.ReplaceLineEndings(" "), Does.Match($" {code} {string.Join(@"\s+", meaning.Split(' ').Select(System.Text.RegularExpressions.Regex.Escape))} "));
        Assert.That(program.Error, Is.Empty);
    }

    [TestCase("run", "--help")]
    [TestCase("run", "somewhere", "-h")]
    [TestCase("help", "run")]
    public async Task Help_of_a_command_lists_its_arguments_and_options(params string[] args)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(args), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Contain("usage: topology run PATH [CLASS] [options]"));
        foreach (var name in new[] { "--set KEY=VALUE", "--config FILE", "--workers N", "--for TIME", "--name NAME", "-o, --output FORMAT", "--quiet", "--debug" })
            Assert.That(program.Out, Does.Contain("  " + name + " "));
        foreach (var (code, _) in ExitCode.All) Assert.That(program.Out, Does.Contain($"\n{code,5} "));
    }

    [TestCase("help")]
    [TestCase("help", "run")]
    [TestCase("help", "validate")]
    public async Task Help_fits_80_columns(params string[] args)
    {
        var program = TestProgram.WithoutOwn;
        await program.RunAsync(args);

        Assert.That(program.Out.Split('\n').Max(l => l.Length), Is.InRange(40, 80));
    }

    [Test]
    public async Task The_help_of_every_command_fits_80_columns_and_shows_every_option()
    {
        foreach (var verb in CommandVerbs.Verbs)
        {
            var program = TestProgram.WithoutOwn;
            await program.RunAsync(verb.Name, "--help");

            Assert.That(program.Out.Split('\n').Max(l => l.Length), Is.LessThanOrEqualTo(80), verb.Name);
            foreach (var (option, _) in OptionList.Of(verb.Arguments).Options) Assert.That(program.Out, Does.Match($@"\n  (-\w, )?--{option.LongName}( [A-Z=]+)? +\S"), verb.Name);
        }
    }

    [Test]
    public async Task A_program_without_a_way_to_clusters_says_so()
    {
        var console = new TestConsole();
        var context = new CommandContext(console, TimeProvider.System, null, (_, _) => throw new NotSupportedException()) { Variable = _ => null };

        Assert.That(await CommandLineProgram.RunAsync(["list"], context), Is.EqualTo(ExitCode.Unreachable));
        Assert.That(console.ErrorText.ToString(), Does.StartWith("error: this program reaches no cluster\n"));
    }

    [Test]
    public async Task A_programs_own_help_knows_no_path()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("run", "--help"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Contain("usage: dotnet run -- run [CLASS] [options]").And.Not.Contain("PATH"));
    }

    [TestCase("version")]
    [TestCase("--version")]
    public async Task The_version_goes_to_standard_output(string argument)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(argument), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Match(@"^topology \d+\.\d+\.\d+ \(\.NET .*\)\n$"));
    }

    [TestCase("rnu", "no command 'rnu'; did you mean 'run'?", "topology --help")]
    [TestCase("--versoin", "no option '--versoin'", "topology --help")]
    [TestCase("run", "PATH is missing", "topology run --help")]
    [TestCase("run . --wrokers 2", "no option '--wrokers'; did you mean '--workers'?", "topology run --help")]
    [TestCase("validate . --workers 2", "no option '--workers'", "topology validate --help")]
    [TestCase("run . -x", "no option '-x'", "topology run --help")]
    [TestCase("run . --workers two", "--workers two: a whole number is needed", "topology run --help")]
    [TestCase("run . --workers", "--workers needs a value", "topology run --help")]
    [TestCase("run . --set --quiet", "--set needs a value", "topology run --help")]
    [TestCase("run . --quiet=yes", "--quiet takes no value", "topology run --help")]
    [TestCase("run . -o xml", "--output xml: table or json is needed", "topology run --help")]
    [TestCase("run . A B C", "'B' is one argument too many", "topology run --help")]
    [TestCase("run . --set workers", "--set workers: a setting is written key=value", "--set key=value")]
    [TestCase("run . --set =2", "--set =2: a setting is written key=value", "--set key=value")]
    [TestCase("run . --for 30", "--for 30: no duration", "--for 30s")]
    [TestCase("run . --config nowhere.yaml", "--config nowhere.yaml: ", null)]
    [TestCase("run . --config settings.txt", "--config settings.txt: neither .yaml nor .json", "a file of either kind")]
    [TestCase("run no/such/path", "no such file or folder: 'no/such/path'", "a project's folder or file, or an assembly")]
    public async Task What_cannot_be_read_is_one_line_with_a_next_step(string args, string problem, string? next)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Usage));
        var lines = program.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.StartWith("error: " + problem));
        Assert.That(lines.Skip(1).SingleOrDefault(), next is null ? Is.Null : Does.StartWith("  try: " + next));
        Assert.That(program.Out, Is.Empty);
    }

    [TestCase(nameof(ThrowingConstructorTopology), "the constructor of Topology.Cli.Tests.ThrowingConstructorTopology threw InvalidOperationException: no such file")]
    [TestCase(nameof(ThrowingBuildTopology), "Build of topology 'throwing-build' (Topology.Cli.Tests.ThrowingBuildTopology) threw InvalidOperationException: no such table | as this")]
    public async Task Stack_traces_of_user_code_are_shown_to_those_who_ask(string topology, string problem)
    {
        var silent = TestProgram.WithoutOwn;
        var talkative = TestProgram.WithoutOwn;

        Assert.That(await silent.RunAsync("validate", Assembly, topology), Is.EqualTo(ExitCode.Invalid));
        Assert.That(await talkative.RunAsync("validate", Assembly, topology, "--debug"), Is.EqualTo(ExitCode.Invalid));
        Assert.That(silent.Error, Is.EqualTo($"error: {problem}\n  try: --debug, which shows where\n"));
        Assert.That(talkative.Error, Does.StartWith($"error: {problem}\n").And.Contains("   at Topology.Cli.Tests."));
    }

    [Test]
    public async Task A_fault_of_the_program_itself_is_one_line_too()
    {
        var program = new TestProgram { OnStart = _ => throw new NotSupportedException("not here") };

        Assert.That(await program.RunAsync("run", nameof(LinesTopology), "--quiet"), Is.EqualTo(ExitCode.Lost));
        Assert.That(program.Error, Does.StartWith("error: NotSupportedException: not here\n  try: ").And.Not.Contains("   at "));
    }

    [Test]
    public async Task A_program_of_its_own_runs_where_no_command_is_named()
    {
        var program = new TestProgram();

        // Its name comes after the options, where no command can be meant.
        Assert.That(await program.RunAsync("--name", "mine", nameof(LinesTopology)), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Run!.Plan.Name, Is.EqualTo("mine"));
    }
}
