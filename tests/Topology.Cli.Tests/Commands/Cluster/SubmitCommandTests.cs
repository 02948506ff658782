using System.IO.Compression;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.Cli.Tests;

public sealed class SubmitCommandTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task A_topology_is_packed_uploaded_and_submitted()
    {
        using var folder = new TempFolder();
        folder.Write("beside.txt", "data");
        var settings = folder.Write("settings.yaml", "a: 1\nb: 2\n");
        var program = Program();
        var path = MadeAssembly.Write(folder, "Orders", "OrdersTopology", "OtherTopology");

        Assert.That(await program.RunAsync("submit", path, "OrdersTopology", "--name", "mine", "--workers", "3", "--set", "b=3", "--config", settings, "--inactive"), Is.EqualTo(ExitCode.Success));
        var request = program.Service.Submits.Single();
        Assert.That(request, Has.Property("Class").EqualTo("OrdersTopology").And.Property("Name").EqualTo("mine").And.Property("Workers").EqualTo(3).And.Property("IsActive").False);
        Assert.That(request.Settings, Is.EquivalentTo(new Dictionary<string, string> { ["a"] = "1", ["b"] = "3" }));
        using var zip = new ZipArchive(new MemoryStream(program.Service.Uploads[request.Upload]));
        Assert.That(zip.Entries.Select(e => e.FullName), Is.SupersetOf(new[] { "Orders.dll", "beside.txt", TopologyManifest.FileName }));
        using var manifest = zip.GetEntry(TopologyManifest.FileName)!.Open();
        Assert.That(JsonDocument.Parse(manifest).RootElement.GetProperty("classes").EnumerateArray().Select(c => c.GetString()), Is.EqualTo(["OrdersTopology", "OtherTopology"]));
    }

    [Test]
    public async Task The_id_goes_to_standard_output_and_three_commands_to_standard_error()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnDescribe = _ => ClusterSample.Description("lines");

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--address", "http://10.0.0.1:7070"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.EqualTo("lines-1\n"));
        Assert.That(program.Error, Does.Match("^uploaded [0-9.]+ (B|KiB), sha256 [0-9a-f]{64}\n"));
        Assert.That(program.Error, Does.EndWith(
            "lines is submitted\n"
            + "  try: topology top lines --address http://10.0.0.1:7070\n"
            + "       topology logs lines -f --address http://10.0.0.1:7070\n"
            + "       topology kill lines --address http://10.0.0.1:7070\n"));
    }

    [Test]
    public async Task The_id_is_told_although_the_daemon_is_gone_by_then()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnDescribe = _ => throw new ClusterException(ClusterProblem.Unreachable, "gone");

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines")), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.EqualTo("lines-1\n"));
        Assert.That(program.Error, Does.Contain("  try: topology top lines-1\n"));
    }

    [Test]
    public async Task An_interrupted_upload_submits_nothing()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnUpload = () =>
        {
            program.Console.Interrupt();
            throw new OperationCanceledException();
        };

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines")), Is.EqualTo(ExitCode.Interrupted));
        Assert.That(program.Service.Submits, Is.Empty);
        Assert.That(program.Out, Is.Empty);
    }

    [Test]
    public async Task An_upload_that_is_refused_is_not_valid()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnUpload = () => throw new UploadException("too large");

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines")), Is.EqualTo(ExitCode.Invalid));
        Assert.That(program.Error, Is.EqualTo("error: too large\n"));
    }

    [Test]
    public async Task What_was_submitted_is_json_too()
    {
        using var folder = new TempFolder();
        var program = Program();

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "-o", "json"), Is.EqualTo(ExitCode.Success));
        Assert.That(JsonDocument.Parse(program.Out).RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo(["id", "name", "upload"]));
    }

    [Test]
    public async Task What_the_cluster_has_is_not_uploaded_again()
    {
        using var folder = new TempFolder();
        var program = Program();
        var path = MadeAssembly.Write(folder, "Lines", "Lines");
        await program.RunAsync("submit", path);
        program.Service.OnUpload = () => Assert.Fail("uploaded again");

        Assert.That(await program.RunAsync("submit", path), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Error, Does.Contain("the cluster has this package already, sha256 "));
        Assert.That(program.Service.Submits.Select(s => s.Upload).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_upload_is_shown_on_a_terminal_and_gone_in_the_end()
    {
        using var folder = new TempFolder();
        var program = new TestProgram { Own = null, Console = new TestConsole { IsErrorTerminal = true, Width = 40 } };
        var bar = "";
        program.Service.OnUpload = () => bar = program.Error;

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines")), Is.EqualTo(ExitCode.Success));
        Assert.That(bar, Does.Match("uploading ██████████░░░░░░░░░░ 50%\n$").Or.Match("uploading █████████░░░░░░░░░░░ 49%\n$"));
        Assert.That(program.Error, Does.Contain("100%\n\e[1A\r\e[J"));
        Assert.That(program.Error.Split('\n').Where(l => l.StartsWith("uploading", StringComparison.Ordinal)).Max(l => l.Length), Is.LessThanOrEqualTo(40));
    }

    [Test]
    public async Task Every_error_of_the_plan_is_a_line()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnSubmit = _ => new CommandOutcome(CommandVerdict.Invalid, null, "one is wrong\ntwo is wrong\n");
        var path = MadeAssembly.Write(folder, "Lines", "Lines");

        Assert.That(await program.RunAsync("submit", path), Is.EqualTo(ExitCode.Invalid));
        Assert.That(program.Error, Does.EndWith($"error: one is wrong\nerror: two is wrong\n  try: correct it, then: topology validate {path}\n"));
        Assert.That(program.Out, Is.Empty);
    }

    [Test]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnSubmit = _ => new CommandOutcome(CommandVerdict.Conflict, "lines-0", "the name is taken");

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines")), Is.EqualTo(ExitCode.Conflict));
        Assert.That(program.Out, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Where_no_daemon_is_up_one_is_started(bool isWrittenDown)
    {
        using var folder = new TempFolder();
        var program = Unreachable();
        program.Cluster.IsUp = isWrittenDown;

        Assert.That(await program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines")), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Cluster.Started, Is.EqualTo([new DaemonRequest("/default/data", null, null)]));
        Assert.That(program.Error, Does.StartWith("no daemon was up, so one was started at http://127.0.0.1:7070/ (process 4711); to end it: topology down\n"));
        Assert.That(program.Service.Submits, Has.Count.EqualTo(1));
    }

    [TestCase("--address", "http://10.0.0.1:7070")]
    [TestCase("--context", "far")]
    public async Task A_daemon_that_was_named_is_not_started_here(params string[] option)
    {
        using var folder = new TempFolder();
        var program = Unreachable();
        program.Variables["XDG_CONFIG_HOME"] = folder.Path;
        ContextFile.Of(program.Context).Add(new ContextEntry("near", new Uri("http://10.0.0.1:1"), "/t1", false)).Add(new ContextEntry("far", new Uri("http://10.0.0.1:2"), "/t2", false)).Save();

        Assert.That(await program.RunAsync(["submit", MadeAssembly.Write(folder, "Lines", "Lines"), .. option]), Is.EqualTo(ExitCode.Unreachable));
        Assert.That(program.Cluster.Started, Is.Empty);
    }

    [Test]
    public async Task A_wait_for_running_ends_when_it_is_active()
    {
        using var folder = new TempFolder();
        var program = Program();
        var state = "starting";
        program.Service.OnDescribe = _ => ClusterSample.Description("lines", state);
        var end = program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--wait", "running");
        await program.Time.TickAsync(Period);
        Assert.That(end.IsCompleted, Is.False);
        state = "active";
        program.Time.Advance(Period);

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
        Assert.That(program.Error, Does.EndWith("lines is starting\nlines is active\n"));
    }

    [TestCase("completed", ExitCode.Success, "lines is completed\n")]
    [TestCase("failed", ExitCode.Failed, "lines is failed\nerror: lines failed: no luck\n  try: topology errors lines-1\n")]
    [TestCase("killed", ExitCode.Lost, "lines is killed\nerror: lines was killed: no luck\n  try: topology describe lines-1\n")]
    public async Task A_wait_for_the_end_says_how_it_ended(string state, int exitCode, string error)
    {
        using var folder = new TempFolder();
        var program = Program();
        var now = "active";
        program.Service.OnDescribe = _ => ClusterSample.Description("lines", now, reason: "no luck");
        var end = program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--wait", "completed");
        await program.Time.TickAsync(Period);
        Assert.That(end.IsCompleted, Is.False);
        now = state;
        program.Time.Advance(Period);

        Assert.That(await end, Is.EqualTo(exitCode));
        Assert.That(program.Error, Does.EndWith("lines is active\n" + error));
    }

    [Test]
    public async Task A_wait_is_over_at_its_time_and_not_before()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnDescribe = _ => ClusterSample.Description("lines", "starting");
        var end = program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--wait", "running", "--timeout", "1200ms");
        await program.Time.TickAsync(Period);
        await program.Time.TickAsync(Period);
        program.Time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.That(end.IsCompleted, Is.False);
        program.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await end, Is.EqualTo(ExitCode.WaitedTooLong));
        Assert.That(program.Error, Does.EndWith("error: lines is starting after 1.2 s, not running; it goes on\n  try: topology describe lines\n"));
    }

    [Test]
    public async Task Rates_are_shown_on_a_terminal_while_it_lasts_and_an_interrupt_leaves_it_running()
    {
        using var folder = new TempFolder();
        var program = new TestProgram { Own = null, Console = new TestConsole { IsErrorTerminal = true, Width = 60 } };
        var emitted = 0L;
        program.Service.OnDescribe = _ => ClusterSample.Description("lines", emitted: emitted += 1_000);
        var end = program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--wait", "completed");
        await program.Time.TickAsync(Period);
        await program.Time.TickAsync(Period);
        program.Console.Interrupt();

        Assert.That(await end, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(program.Error, Does.Contain("lines  active  1 worker  50 MiB  (Ctrl-C leaves it running)").And.Match(@"lines +(1 +)?2k +- "));
        Assert.That(program.Error, Does.EndWith("lines goes on; to see it: topology top lines\n"));
        Assert.That(program.Service.Commands, Is.Empty);
        Assert.That(program.Console.HandlesInterrupts, Is.False);
    }

    [Test]
    public async Task A_daemon_that_starts_anew_meanwhile_is_waited_for()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnDescribe = _ => ClusterSample.Description("lines", "starting");
        var end = program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--wait", "running");
        await program.Time.TickAsync(Period);
        program.Service.Problem = new ClusterException(ClusterProblem.Unreachable, "gone");
        for (var tick = 0; tick < 20; tick++) await program.Time.TickAsync(Period);
        program.Service.Problem = null;
        program.Service.OnDescribe = _ => ClusterSample.Description("lines");
        program.Time.Advance(Period);

        Assert.That(await end, Is.EqualTo(ExitCode.Success));
    }

    [Test]
    public async Task A_daemon_that_stays_away_is_not_waited_for()
    {
        using var folder = new TempFolder();
        var program = Program();
        program.Service.OnDescribe = _ => ClusterSample.Description("lines", "starting");
        var end = program.RunAsync("submit", MadeAssembly.Write(folder, "Lines", "Lines"), "--wait", "running");
        await program.Time.TickAsync(Period);
        program.Service.Problem = new ClusterException(ClusterProblem.Unreachable, "gone");
        for (var tick = 0; tick < 59; tick++) await program.Time.TickAsync(Period);
        program.Time.Advance(Period);

        Assert.That(await end, Is.EqualTo(ExitCode.Unreachable));
    }

    [TestCase("submit . --timeout 5s", "--timeout is of --wait")]
    [TestCase("submit . --inactive --wait running", "--inactive starts nothing")]
    [TestCase("submit . --wait forever", "--wait forever: running or completed is needed")]
    [TestCase("submit . --workers 0", "--workers 0: at least 1 is needed")]
    [TestCase("submit . --set nothing", "--set nothing: a setting is written key=value")]
    [TestCase("submit no/such/path", "no such file or folder: 'no/such/path'")]
    [TestCase("submit", "PATH is missing")]
    public async Task What_cannot_be_read_is_told_before_anything_is_done(string args, string problem)
    {
        var program = Program();

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Error, Does.StartWith("error: " + problem));
        Assert.That(program.Cluster.Connections, Is.Empty);
    }

    private static TestProgram Program() => TestProgram.WithoutOwn;

    private static TestProgram Unreachable()
    {
        var cluster = new FakeCluster();
        cluster.Service.Problem = new ClusterException(ClusterProblem.Unreachable, "no daemon answers");
        cluster.OnStart = () => cluster.Service.Problem = null;
        return new TestProgram { Own = null, Cluster = cluster };
    }
}
