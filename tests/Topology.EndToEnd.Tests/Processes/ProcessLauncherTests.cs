using System.Text;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

public sealed class ProcessLauncherTests : ProcessFixture
{
    [Test]
    public async Task A_child_leads_a_session_of_its_own()
    {
        var (process, _) = await StartChildAsync();

        Assert.That(ProcFile.SessionOf(process.Identity.Id), Is.EqualTo(process.Identity.Id));
        Assert.That(ProcFile.SessionOf(Environment.ProcessId), Is.Not.EqualTo(process.Identity.Id));
    }

    [Test]
    public async Task A_childs_streams_are_an_empty_input_and_its_log()
    {
        var (process, _) = await StartChildAsync();
        var descriptors = ProcFile.Descriptors(process.Identity);

        Assert.That(descriptors[0], Is.EqualTo("/dev/null"));
        Assert.That(descriptors[1], Is.EqualTo(PathOf("log")));
        Assert.That(descriptors[2], Is.EqualTo(PathOf("log")));
    }

    [Test]
    public async Task A_child_inherits_no_other_descriptor()
    {
        using var open = new InheritableFiles(PathOf("inheritable"), 50);
        Assert.That(ProcFile.Descriptors(ProcessIdentity.Current).Values.Count(target => target == open.Path), Is.GreaterThanOrEqualTo(50), "they are open here");

        var (process, _) = await StartChildAsync(start => start with { Secret = new byte[] { 1 } });

        Assert.That(ProcFile.Descriptors(process.Identity).Values, Has.None.EqualTo(open.Path));
    }

    [Test]
    public void A_child_begins_with_every_signal_as_by_default()
    {
        // .NET ignores SIGPIPE, here too.
        Assert.That(MaskOf(ProcessIdentity.Current, "SigIgn"), Is.Not.Zero);
        var process = StartProgram("/bin/sleep", "3600");

        Assert.That(MaskOf(process.Identity, "SigIgn"), Is.Zero);
        Assert.That(MaskOf(process.Identity, "SigBlk"), Is.Zero);

        // Without 32 and 33, which a C library keeps for itself and lets nobody set.
        static ulong MaskOf(ProcessIdentity process, string name) =>
            Convert.ToUInt64(ProcFile.Read(process, "status").Split('\n').Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[1], 16) & ~(3UL << 31);
    }

    [Test]
    public async Task A_childs_output_errors_and_last_words_are_in_its_log_in_their_order()
    {
        await File.WriteAllTextAsync(PathOf("log"), "before\n");
        var (process, line) = await StartChildAsync();
        await line.AskAsync("print said");
        await line.AskAsync("error complained");
        await line.TellAsync("throw the last straw");
        var exit = await process.Exited.WaitAsync(Limit);

        var log = ReadLog();
        Assert.That(log, Does.StartWith("before\nsaid\ncomplained\n"));
        Assert.That(log, Does.Contain("Unhandled exception").And.Contain("the last straw"));
        Assert.That(exit.Signal, Is.EqualTo(6));
        Assert.That(exit.ToString(), Does.Contain("SIGABRT").And.Contain("log"));
    }

    [Test]
    public async Task A_log_is_made_for_its_owner_alone()
    {
        await StartChildAsync();

        Assert.That(File.GetUnixFileMode(PathOf("log")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["; touch x", "$(touch x)", "`touch x`", "a  b", "", "'\"", "ä\n\t*", "--"];
        var (_, line) = await StartChildAsync(null, arguments);

        Assert.That(JsonSerializer.Deserialize<string[]>(await line.AskAsync("arguments"))![1..], Is.EqualTo(arguments));
        Assert.That(Directory.GetFiles(Folder, "x", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task A_child_runs_where_it_is_told()
    {
        var directory = Directory.CreateDirectory(PathOf("here")).FullName;
        var (_, line) = await StartChildAsync(start => start with { WorkingDirectory = directory });

        Assert.That(await line.AskAsync("directory"), Is.EqualTo(directory));
    }

    [Test]
    public async Task The_environment_is_this_ones_with_the_changes()
    {
        var changes = new Dictionary<string, string?> { ["TOPOLOGY_TEST_ADDED"] = "a=b c", ["PATH"] = null };
        var (process, _) = await StartChildAsync(start => start with { Environment = changes });
        var variables = ProcFile.Read(process.Identity, "environ").Split('\0');

        Assert.That(variables, Does.Contain("TOPOLOGY_TEST_ADDED=a=b c"));
        Assert.That(variables, Has.None.StartsWith("PATH="));
        Assert.That(variables, Has.Some.StartsWith("HOME=").Or.Some.StartsWith("USER=").Or.Some.StartsWith("DOTNET"));
    }

    [Test]
    public async Task A_secret_arrives_and_shows_nowhere()
    {
        var secret = "canary-" + Guid.NewGuid();
        var (process, line) = await StartChildAsync(start => start with { Secret = Encoding.UTF8.GetBytes(secret) });

        Assert.That(ProcFile.Read(process.Identity, "cmdline"), Does.Not.Contain(secret));
        Assert.That(ProcFile.Read(process.Identity, "environ"), Does.Not.Contain(secret));
        Assert.That(Encoding.UTF8.GetString(Convert.FromHexString(await line.AskAsync("secret"))), Is.EqualTo(secret));
        Assert.That(await line.AskAsync("secret"), Is.EqualTo("none"), "it is given once");
        Assert.That(ReadLog(), Is.Empty);
    }

    [Test]
    public async Task A_secret_of_the_largest_size_arrives_whole()
    {
        var secret = new byte[InheritedSecret.LargestBytes];
        new Random(1).NextBytes(secret);
        var (_, line) = await StartChildAsync(start => start with { Secret = secret });

        Assert.That(Convert.FromHexString(await line.AskAsync("secret")), Is.EqualTo(secret));
    }

    [Test]
    public async Task Who_was_given_no_secret_finds_none()
    {
        var (_, line) = await StartChildAsync();

        Assert.That(await line.AskAsync("secret"), Is.EqualTo("none"));
    }

    [Test]
    public void A_secret_that_others_could_read_is_refused()
    {
        var start = new ProcessStart { FileName = "/bin/true", LogFile = PathOf("log"), Secret = "canary"u8.ToArray() };

        Assert.That(() => ProcessLauncher.Start(start with { Arguments = ["--key=canary1"] }), Throws.InstanceOf<ProcessException>().With.Message.Contains("secret"));
        Assert.That(() => ProcessLauncher.Start(start with { Environment = new Dictionary<string, string?> { ["KEY"] = "canary" } }), Throws.InstanceOf<ProcessException>());
        Assert.That(() => ProcessLauncher.Start(start with { Secret = new byte[InheritedSecret.LargestBytes + 1] }), Throws.InstanceOf<ProcessException>());
        Assert.That(File.Exists(PathOf("log")), Is.False, "nothing was begun");
    }

    [TestCase("/no/such/program", "There is no program /no/such/program.")]
    [TestCase("true", "'true' is no absolute path: programs are not searched for.")]
    public void What_cannot_be_started_is_told(string program, string message) =>
        Assert.That(() => StartProgram(program), Throws.InstanceOf<ProcessException>().With.Message.EqualTo(message));

    [Test]
    public void A_file_that_is_no_program_is_told()
    {
        File.WriteAllText(PathOf("text"), "text");

        Assert.That(() => StartProgram(PathOf("text")), Throws.InstanceOf<ProcessException>().With.Message.Contains("text cannot be started: Permission denied"));
        Assert.That(ProcFile.Children(), Is.Empty, "a child that could not begin is not left");
    }

    [Test]
    public void A_log_that_is_a_link_or_in_no_folder_is_refused()
    {
        File.CreateSymbolicLink(PathOf("link"), PathOf("elsewhere"));
        var start = new ProcessStart { FileName = "/bin/true", LogFile = PathOf("link") };

        Assert.That(() => ProcessLauncher.Start(start), Throws.InstanceOf<ProcessException>().With.Message.Contains("is a link"));
        Assert.That(() => ProcessLauncher.Start(start with { LogFile = PathOf("none/log") }), Throws.InstanceOf<ProcessException>().With.Message.Contains("cannot be written"));
        Assert.That(() => ProcessLauncher.Start(start with { LogFile = PathOf("log"), WorkingDirectory = PathOf("none") }), Throws.InstanceOf<ProcessException>().With.Message.Contains("no directory"));
        Assert.That(() => ProcessLauncher.Start(start with { LogFile = PathOf("log"), Arguments = ["a\0b"] }), Throws.InstanceOf<ProcessException>().With.Message.Contains("zero"));
        Assert.That(File.Exists(PathOf("elsewhere")), Is.False);
    }

    [Test]
    public async Task A_child_outlives_its_parent_and_is_taken_over_by_another()
    {
        var (parent, line) = await StartChildAsync();
        var grandchildLine = Listen();
        Assert.That(ProcessIdentity.TryParse(await line.AskAsync($"start {grandchildLine.Path} {PathOf("log2")}"), out var identity));
        var grandchild = Keep(WatchedProcess.Adopt(identity));
        await grandchildLine.ConnectAsync(Limit);

        line.Hang();
        Assert.That((await parent.Exited.WaitAsync(Limit)).Code, Is.Zero);

        Assert.That(await grandchildLine.AskAsync("print still here"), Is.EqualTo("printed"));
        Assert.That(await File.ReadAllTextAsync(PathOf("log2")), Is.EqualTo("still here\n"));
        Assert.That(grandchild.Exited.IsCompleted, Is.False);
        var exit = await grandchild.KillAsync().WaitAsync(Limit);
        Assert.That(exit.IsKnown, Is.False, "only a parent is told");
        Assert.That(identity.Life, Is.Not.EqualTo(ProcessLife.Alive));
    }

    [Test]
    public async Task Fifty_starts_and_kills_leave_nothing()
    {
        await StartProgram("/bin/sleep", "3600").KillAsync().WaitAsync(Limit);
        var descriptors = ProcFile.Descriptors(ProcessIdentity.Current).Count(d => !d.Value.StartsWith("/proc", StringComparison.Ordinal));
        var processes = new List<WatchedProcess>();
        for (var i = 0; i < 50; i++)
        {
            processes.Add(StartProgram("/bin/sleep", "3600"));
            Assert.That((await processes[^1].KillAsync().WaitAsync(Limit)).Signal, Is.EqualTo(9));
        }

        Assert.That(processes.Select(process => process.Identity.Life), Is.All.EqualTo(ProcessLife.Gone));
        Assert.That(ProcFile.Children(), Is.Empty, "no zombie either");
        Assert.That(ProcFile.Descriptors(ProcessIdentity.Current).Count(d => !d.Value.StartsWith("/proc", StringComparison.Ordinal)), Is.LessThanOrEqualTo(descriptors + 5), "the runtime opens some for itself");
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.EqualTo(new[] { PathOf("log") }));
    }
}
