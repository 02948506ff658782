namespace Topology.Cli.Tests;

public sealed class ClusterTargetTests
{
    [Test]
    public void The_daemon_of_this_machine_is_meant_where_nothing_is_said()
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.Notices["/default/data"] = Notice("http://127.0.0.1:7171");

        Assert.That(Of(program), Is.EqualTo(new ClusterTarget(new Uri("http://127.0.0.1:7171"), "/default/data/token", "/default/data")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Nobody_is_sent_the_token_of_a_daemon_that_is_dead(bool hasLeftItsNotice)
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.IsUp = false;
        if (hasLeftItsNotice) program.Cluster.Notices["/default/data"] = Notice("http://127.0.0.1:7171") with { IsLiving = false };

        Assert.That(await program.RunAsync("list"), Is.EqualTo(ExitCode.Unreachable));
        Assert.That(program.Error, Does.StartWith("error: no daemon of /default/data is up\n  try: topology up --detach"));
        Assert.That(program.Cluster.Connections, Is.Empty);
    }

    [Test]
    public void A_data_directory_says_the_address_and_has_the_token()
    {
        var program = TestProgram.WithoutOwn;
        program.Cluster.Notices["/other"] = Notice("http://127.0.0.1:7272");

        Assert.That(Of(program, "--data", "/other"), Is.EqualTo(new ClusterTarget(new Uri("http://127.0.0.1:7272"), "/other/token", "/other")));
        Assert.That(Of(program, "--data", "/other", "--address", "http://10.0.0.1:1"), Is.EqualTo(new ClusterTarget(new Uri("http://10.0.0.1:1"), "/other/token", null)));
    }

    [Test]
    public void Options_go_before_the_environment_and_that_before_the_context_in_use()
    {
        using var folder = new TempFolder();
        var program = TestProgram.WithoutOwn;
        program.Variables["XDG_CONFIG_HOME"] = folder.Path;
        ContextFile.Of(program.Context).Add(Entry("used")).Add(Entry("set")).Add(Entry("named")).Save();

        Assert.That(Of(program), Is.EqualTo(new ClusterTarget(new Uri("http://used"), "/t/used", null)));
        program.Variables["TOPOLOGY_CONTEXT"] = "set";
        Assert.That(Of(program), Is.EqualTo(new ClusterTarget(new Uri("http://set"), "/t/set", null)));
        Assert.That(Of(program, "--context", "named"), Is.EqualTo(new ClusterTarget(new Uri("http://named"), "/t/named", null)));
        Assert.That(Of(program, "--data", "/other").DataDirectory, Is.EqualTo("/other"));
        Assert.That(Of(program, "--address", "http://10.0.0.1:1"), Is.EqualTo(new ClusterTarget(new Uri("http://10.0.0.1:1"), "/default/data/token", null)));
    }

    private static ContextEntry Entry(string name) => new(name, new Uri($"http://{name}"), $"/t/{name}", false);

    private static DaemonNotice Notice(string address) => new(new Uri(address), 99, true, "/file");

    private static ClusterTarget Of(TestProgram program, params string[] options)
    {
        var context = program.Context;
        return ClusterTarget.Of((ReadingArguments)CommandLineParsing.Parse(CommandVerbs.Find("list", context), ["list", .. options], context), context);
    }
}
