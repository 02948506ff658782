using Topology.Cluster;

namespace Topology.Cli.Tests;

public sealed class ChangeCommandTests
{
    private static readonly object[] Changes =
    [
        new object[] { "activate wordcount", new TopologyCommand.Activate("wordcount") },
        new object[] { "deactivate wordcount", new TopologyCommand.Deactivate("wordcount") },
        new object[] { "resume wordcount", new TopologyCommand.Resume("wordcount") },
        new object[] { "drain wordcount", new TopologyCommand.Drain("wordcount") },
        new object[] { "drain wordcount --wait 2m", new TopologyCommand.Drain("wordcount", TimeSpan.FromMinutes(2)) },
        new object[] { "rebalance wordcount", new TopologyCommand.Rebalance("wordcount") },
        new object[] { "rebalance wordcount --workers 3 --wait 5s", new TopologyCommand.Rebalance("wordcount", 3, TimeSpan.FromSeconds(5)) },
        new object[] { "kill wordcount", new TopologyCommand.Kill("wordcount", TimeSpan.FromSeconds(30)) },
        new object[] { "kill wordcount --wait 5s", new TopologyCommand.Kill("wordcount", TimeSpan.FromSeconds(5)) },
        new object[] { "kill wordcount --now", new TopologyCommand.Kill("wordcount", TimeSpan.Zero) },
    ];

    [TestCaseSource(nameof(Changes))]
    public async Task A_command_is_asked_for_as_told_and_its_answer_goes_to_standard_error(string args, TopologyCommand command)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Service.Commands, Is.EqualTo([command]));
        Assert.That(program.Error, Is.EqualTo("it is being done\n"));
        Assert.That(program.Out, Is.Empty);
    }

    [Test]
    public async Task A_rebalance_changes_the_numbers_of_executors_that_are_named()
    {
        var program = TestProgram.WithoutOwn;
        Assert.That(await program.RunAsync("rebalance", "wordcount", "--executors", "split=4", "--executors", "count=1"), Is.EqualTo(ExitCode.Success));
        var rebalance = (TopologyCommand.Rebalance)program.Service.Commands.Single();
        Assert.That(rebalance.Executors, Is.EquivalentTo(new Dictionary<string, int> { ["split"] = 4, ["count"] = 1 }));
        Assert.That(await program.RunAsync("rebalance", "wordcount", "--executors", "split"), Is.EqualTo(ExitCode.Usage));
    }

    [TestCase(CommandVerdict.Conflict, ExitCode.Conflict, "error: it is so\n  try: topology list\n")]
    [TestCase(CommandVerdict.Invalid, ExitCode.Invalid, "error: it is so\n")]
    [TestCase(CommandVerdict.NotFound, ExitCode.NotFound, "error: no topology 'wordcuont'; did you mean 'wordcount'?\n  try: topology list\n")]
    public async Task A_refusal_is_an_exit_code(CommandVerdict verdict, int exitCode, string error)
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount"));
        program.Service.OnCommand = _ => new CommandOutcome(verdict, null, "it is so");

        Assert.That(await program.RunAsync("activate", "wordcuont"), Is.EqualTo(exitCode));
        Assert.That(program.Error, Is.EqualTo(error));
    }

    [Test]
    public async Task A_command_to_what_has_ended_says_that_it_has()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount"));
        program.Service.OnCommand = _ => new CommandOutcome(CommandVerdict.NotFound, null, "none lives");

        Assert.That(await program.RunAsync("kill", "wordcount"), Is.EqualTo(ExitCode.NotFound));
        Assert.That(program.Error, Is.EqualTo("error: topology 'wordcount' has ended\n  try: topology list\n"));
    }

    [Test]
    public async Task A_kill_of_many_goes_on_after_one_that_is_not_there()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.OnCommand = c => ((TopologyCommand.Kill)c).Topology == "b" ? new CommandOutcome(CommandVerdict.NotFound, null, "no b") : new CommandOutcome(CommandVerdict.Accepted, null, "ok");

        Assert.That(await program.RunAsync("kill", "a", "b", "c", "a"), Is.EqualTo(ExitCode.NotFound));
        Assert.That(program.Service.Commands.Cast<TopologyCommand.Kill>().Select(k => k.Topology), Is.EqualTo(["a", "b", "c"]));
        Assert.That(program.Error, Is.EqualTo("ok\nerror: no topology 'b'\n  try: topology list\nok\n"));
    }

    [TestCase("kill a --now --wait 5s", "--now does not wait")]
    [TestCase("kill", "NAME is missing")]
    [TestCase("drain a --wait soon", "--wait soon: no duration")]
    [TestCase("rebalance a --workers many", "--workers many: a whole number is needed")]
    public async Task What_cannot_be_read_asks_for_nothing(string args, string problem)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Error, Does.StartWith("error: " + problem));
        Assert.That(program.Service.Commands, Is.Empty);
    }
}
