using System.Net.Sockets;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.Cli.Tests;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "Rights are those of Unix.")]
public sealed class DoctorCommandTests
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Test]
    public async Task A_machine_that_is_well_has_no_problems()
    {
        using var folder = new TempFolder();
        var program = Well(folder);

        Assert.That(await program.RunAsync("doctor"), Is.EqualTo(ExitCode.Success), program.Out);
        Assert.That(program.Out, Does.Match(@"^ok +libzmq: 4\.\d+\.\d+, with CURVE\nok +runtime directory: .*, of this user alone\nok +data directory: .*, of this user alone\nok +disk: .* are free"));
        Assert.That(program.Out, Does.Match(@"ok +token: .*, of its owner alone\nok +daemon: 0\.1\.0 answers at http://127.0.0.1:7070/, process 4711 on here, up for 36500d\nok +clock: 2069-"));
    }

    [Test]
    public async Task What_is_not_there_yet_is_no_problem()
    {
        using var folder = new TempFolder();
        var program = Program(folder);
        program.Service.Problem = new ClusterException(ClusterProblem.Unreachable, "no daemon answers");

        Assert.That(await program.RunAsync("doctor"), Is.EqualTo(ExitCode.Success), program.Out);
        Assert.That(program.Out, Does.Contain("is not there yet; the first worker makes it").And.Contain("is not there yet; the first daemon makes it"));
        Assert.That(program.Out, Does.Contain("note     daemon: no daemon answers\n         try: topology up --detach\n"));
    }

    [TestCase("runtime/topology", "runtime directory: ", "mode 755, which lets others in: chmod 700 ")]
    [TestCase("data", "data directory: others may use ", "\n         try: chmod 700 ")]
    [TestCase("data/token", "token: others may read ", "\n         try: chmod 600 ")]
    public async Task Rights_that_let_others_in_are_a_problem(string path, string problem, string next)
    {
        using var folder = new TempFolder();
        var program = Well(folder);
        File.SetUnixFileMode(Path.Combine(folder.Path, path), OwnersOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.That(await program.RunAsync("doctor"), Is.EqualTo(ExitCode.Lost));
        Assert.That(program.Out, Does.Contain("problem  " + problem).And.Contain(next));
    }

    [Test]
    public async Task A_token_that_is_not_taken_is_a_problem()
    {
        using var folder = new TempFolder();
        var program = Well(folder);
        program.Service.Problem = new ClusterException(ClusterProblem.Unauthorized, "not this token");

        Assert.That(await program.RunAsync("doctor"), Is.EqualTo(ExitCode.Lost));
        Assert.That(program.Out, Does.Contain("problem  daemon: not this token\n"));
    }

    [Test]
    public async Task A_clock_that_cannot_be_right_is_a_problem()
    {
        using var folder = new TempFolder();
        var early = new TestProgram { Own = null, Cluster = new FakeCluster { DefaultDataDirectory = Path.Combine(folder.Path, "data") } };
        var behind = Well(folder);
        behind.Service.Info = behind.Service.Info with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(36500).AddMinutes(5) };
        await early.RunAsync("doctor");
        await behind.RunAsync("doctor");

        Assert.That(early.Out, Does.Contain("problem  clock: it is 1970-01-01 00:00:00Z by this machine, before this program was built"));
        Assert.That(behind.Out, Does.Contain("problem  clock: the daemon started 5m from now by this machine"));
    }

    [Test]
    public async Task A_daemon_of_another_version_is_noted()
    {
        using var folder = new TempFolder();
        var program = Well(folder);
        program.Service.Info = program.Service.Info with { Version = "0.0.9" };

        Assert.That(await program.RunAsync("doctor"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Contain("note     daemon: 0.0.9 answers").And.Contain($"this program is {CommandLineProgram.Version}"));
    }

    [Test]
    public async Task What_the_dead_have_left_is_removed_and_what_lives_is_not()
    {
        using var folder = new TempFolder();
        var program = Well(folder);
        var sockets = Path.Combine(folder.Path, "runtime", "topology");
        var dead = Bind(Path.Combine(sockets, "0123abcd", "0123456789abcdef"));
        dead.Dispose();
        using var living = Bind(Path.Combine(sockets, "0123abce", "0123456789abcdef"));
        using var neighbour = Bind(Path.Combine(sockets, "0123abcf", "0123456789abcde0"));
        Bind(Path.Combine(sockets, "0123abcf", "0123456789abcdef")).Dispose();
        var other = Directory.CreateDirectory(Path.Combine(sockets, "0123abcd", "not-a-worker"));
        var notice = folder.Write("data/daemon.json", "{}");
        program.Cluster.Notices[Path.Combine(folder.Path, "data")] = new DaemonNotice(new Uri("http://127.0.0.1:7070"), 99, false, notice);

        Assert.That(await program.RunAsync("doctor"), Is.EqualTo(ExitCode.Lost));
        Assert.That(program.Out.Split('\n').Where(l => l.StartsWith("problem", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(3), program.Out);
        Assert.That(File.Exists(notice), "only looked at");
        Assert.That(await program.RunAsync("doctor", "--fix"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Contain("fixed    sockets: ").And.Contain("fixed    daemon file: "));
        Assert.That(File.Exists(notice), Is.False);
        Assert.That(Directory.GetDirectories(sockets, "*", SearchOption.AllDirectories).Order(), Is.EqualTo(new[]
        {
            Path.Combine(sockets, "0123abcd"), other.FullName,
            Path.Combine(sockets, "0123abce"), Path.Combine(sockets, "0123abce", "0123456789abcdef"),
            Path.Combine(sockets, "0123abcf"), Path.Combine(sockets, "0123abcf", "0123456789abcde0"),
        }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_folder_without_sockets_is_left_only_if_it_is_old(bool isOld)
    {
        using var folder = new TempFolder();
        var program = Well(folder);
        var worker = Path.Combine(folder.Path, "runtime", "topology", "0123abcd", "0123456789abcdef");
        Directory.CreateDirectory(worker, OwnersOnly);
        Directory.SetLastWriteTimeUtc(worker, program.Time.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(isOld ? 61 : 59));
        await program.RunAsync("doctor", "--fix");

        Assert.That(Directory.Exists(worker), Is.EqualTo(!isOld));
    }

    [Test]
    public async Task Findings_are_json_too()
    {
        using var folder = new TempFolder();
        var program = Well(folder);

        Assert.That(await program.RunAsync("doctor", "-o", "json"), Is.EqualTo(ExitCode.Success));
        var finding = JsonDocument.Parse(program.Out).RootElement[0];
        Assert.That(finding.EnumerateObject().Select(p => p.Name), Is.EqualTo(["check", "kind", "text", "next"]));
        Assert.That(finding.GetProperty("kind").GetString(), Is.EqualTo("ok"));
    }

    [TestCase(63L << 20, "Problem")]
    [TestCase(64L << 20, "Note")]
    [TestCase(1L << 30, "Ok")]
    public void A_full_disk_is_a_problem_and_a_filling_one_a_note(long free, string kind) => Assert.That(DataDirectoryCheck.Room("/d", free).Kind.ToString(), Is.EqualTo(kind));

    private static Socket Bind(string worker)
    {
        Directory.CreateDirectory(worker, OwnersOnly);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(worker, "data");
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        // A dead process leaves its socket's file, which this class would take away.
        if (!File.Exists(path)) throw new IOException("no socket");
        return socket;
    }

    private static TestProgram Well(TempFolder folder)
    {
        var program = Program(folder);
        Directory.CreateDirectory(Path.Combine(folder.Path, "runtime", "topology"), OwnersOnly);
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"), OwnersOnly);
        File.SetUnixFileMode(folder.Write("data/token", "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return program;
    }

    private static TestProgram Program(TempFolder folder)
    {
        var program = new TestProgram { Own = null, Cluster = new FakeCluster { DefaultDataDirectory = Path.Combine(folder.Path, "data") } };
        program.Variables["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(Path.Combine(folder.Path, "runtime")).FullName;
        program.Time.Advance(TimeSpan.FromDays(36500));
        return program;
    }
}
