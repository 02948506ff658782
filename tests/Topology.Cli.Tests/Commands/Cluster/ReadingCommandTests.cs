using System.Text.Json;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Cli.Tests;

public sealed class ReadingCommandTests
{
    private static readonly string[] DescribedNames =
    [
        "name", "id", "state", "reason", "submittedAt", "firstAckAt", "completedAt", "generation", "components", "workers", "links",
    ];

    private static readonly string[] ComponentNames =
    [
        "id", "kind", "executors", "tasks", "emitted", "transferred", "executed", "acked", "failed", "failedByReason", "executeP50Us", "executeP99Us", "completeP50Us", "completeP99Us", "capacity", "queueDepth",
    ];

    private static readonly string[] WorkerNames = ["id", "pid", "host", "endpoint", "restarts", "rssBytes", "uptimeSeconds"];
    private static readonly string[] LinkNames = ["from", "to", "bytes", "frames", "reconnects"];

    [Test]
    public async Task A_list_is_a_table_for_people()
    {
        var program = WithTopologies(ClusterSample.Summary("wordcount"), ClusterSample.Summary("orders", "failed", "no\nluck"));

        Assert.That(await program.RunAsync("list"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out.Split('\n'), Is.EqualTo(new[]
        {
            "name       state   age  workers  executors  tasks  acked  failed  id           why",
            "wordcount  active   5m        2          6      8  12.3M       9  wordcount-1",
            "orders     failed   5m        2          6      8  12.3M       9  orders-1     no | luck",
            "",
        }));
        Assert.That(program.Error, Is.Empty);
    }

    [TestCase("list")]
    [TestCase("describe", "wordcount")]
    [TestCase("workers")]
    [TestCase("supervisors")]
    public async Task A_table_fits_a_terminal_of_40_columns(params string[] args)
    {
        var program = new TestProgram { Own = null, Console = new TestConsole { IsOutTerminal = true, Width = 40 } };
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount"));
        program.Service.Topologies.Add(ClusterSample.Summary("a-topology-with-a-name-that-is-long"));
        program.Service.OnDescribe = _ => ClusterSample.Description();
        program.Service.Supervisors.Add(new SupervisorDescription("here.example.org", 4, 2, DateTimeOffset.UnixEpoch, true));

        Assert.That(await program.RunAsync(args), Is.EqualTo(ExitCode.Success));
        var lines = program.Out.Split('\n').Select(l => System.Text.RegularExpressions.Regex.Replace(l, "\e\\[[0-9;]*m", "")).ToList();
        Assert.That(lines.Where(l => l.Length > 40 && !l.StartsWith("failed in", StringComparison.Ordinal)), Is.Empty);
        Assert.That(program.Out, Does.Not.Contain("\e[3"), "no colours without being asked");
    }

    [Test]
    public async Task An_empty_list_says_what_to_do_next_on_standard_error()
    {
        var program = WithTopologies();

        Assert.That(await program.RunAsync("list"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.Empty);
        Assert.That(program.Error, Is.EqualTo("no topologies; to run one: topology submit PATH\n"));
    }

    [Test]
    public async Task A_list_is_one_document_a_line_each_or_names()
    {
        var topologies = new[] { ClusterSample.Summary("wordcount"), ClusterSample.Summary("orders") };
        var (json, lines, names) = (WithTopologies(topologies), WithTopologies(topologies), WithTopologies(topologies));
        await json.RunAsync("list", "-o", "json");
        await lines.RunAsync("list", "-o", "jsonl");
        await names.RunAsync("list", "-o", "name");

        Assert.That(Properties(JsonDocument.Parse(json.Out).RootElement[1]), Is.EqualTo(
            ["name", "id", "state", "reason", "submittedAt", "completedAt", "workers", "executors", "tasks", "acked", "failed"]));
        Assert.That(lines.Out.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("name").GetString()), Is.EqualTo(["wordcount", "orders"]));
        Assert.That(names.Out, Is.EqualTo("wordcount\norders\n"));
    }

    [Test]
    public async Task A_description_has_exactly_the_names_that_are_documented()
    {
        var program = WithDescription();

        Assert.That(await program.RunAsync("describe", "wordcount", "-o", "json"), Is.EqualTo(ExitCode.Success));
        var document = JsonDocument.Parse(program.Out).RootElement;
        Assert.That(Properties(document), Is.EquivalentTo(DescribedNames));
        foreach (var component in document.GetProperty("components").EnumerateArray()) Assert.That(Properties(component), Is.EquivalentTo(ComponentNames));
        foreach (var worker in document.GetProperty("workers").EnumerateArray()) Assert.That(Properties(worker), Is.EquivalentTo(WorkerNames));
        Assert.That(Properties(document.GetProperty("links")[0]), Is.EquivalentTo(LinkNames));
        Assert.That(document.GetProperty("components")[0].GetProperty("failedByReason").GetProperty("boltError").GetInt64(), Is.EqualTo(3));
        Assert.That(document.GetProperty("firstAckAt").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UnixEpoch.AddMinutes(-4)));
        Assert.That(document.GetProperty("completedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void The_readme_documents_every_name_of_a_description()
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "src", "Topology.Cli", "README.md"));

        Assert.That(new[] { DescribedNames, ComponentNames, WorkerNames, LinkNames }.SelectMany(n => n).Where(n => !readme.Contains($"`{n}`", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase(typeof(TopologySummary))]
    [TestCase(typeof(WorkerOfTopology))]
    [TestCase(typeof(SupervisorDescription))]
    [TestCase(typeof(ErrorRecord))]
    [TestCase(typeof(LogLine))]
    [TestCase(typeof(ContextEntry))]
    [TestCase(typeof(Finding))]
    [TestCase(typeof(SubmittedTopology))]
    [TestCase(typeof(TopReport))]
    [TestCase(typeof(TopComponent))]
    public void The_readme_documents_every_name_of_what_is_written(Type type)
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "src", "Topology.Cli", "README.md"));
        var names = Answer.Document.GetTypeInfo(type).Properties.Where(p => p.Get is not null).Select(p => p.Name);

        Assert.That(names.Where(n => !readme.Contains($"`{n}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void The_readme_documents_every_exit_code()
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "src", "Topology.Cli", "README.md"));

        foreach (var (code, meaning) in ExitCode.All) Assert.That(readme, Does.Contain($"| {code} | {meaning} |"));
    }

    [Test]
    public async Task A_description_for_people_has_components_failures_workers_and_links()
    {
        var program = WithDescription();

        Assert.That(await program.RunAsync("describe", "wordcount"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.StartWith("wordcount  active\nid          wordcount-1\nsubmitted   1969-12-31 23:55:00Z, 5m ago\nfirst ack   1969-12-31 23:56:00Z, 4m ago\ngeneration  3\n\n"));
        Assert.That(program.Out, Does.Match(@"split +2 +4 +2\.47M +1\.23M +1\.23M +0 +1\.5µs +12\.3µs +- +- +88% +17"));
        Assert.That(program.Out, Does.Contain("failed in lines: 3 bolt error, 1 timeout\n"));
        Assert.That(program.Out, Does.Match(@"\n0 +101 +here +0 +50 MiB +61s +ipc:///run/a\n1 +- +here +2"));
        Assert.That(program.Out, Does.Match(@"0 → 1 +3 MiB +1\.23k +1\n"));
    }

    [TestCase("describe")]
    [TestCase("errors")]
    [TestCase("logs")]
    [TestCase("top")]
    [TestCase("workers")]
    public async Task A_topology_that_is_not_there_may_be_another_that_is(string verb)
    {
        var program = WithTopologies(ClusterSample.Summary("wordcount"), ClusterSample.Summary("orders"));

        Assert.That(await program.RunAsync(verb, "wordcuont"), Is.EqualTo(ExitCode.NotFound));
        Assert.That(program.Error, Is.EqualTo("error: no topology 'wordcuont'; did you mean 'wordcount'?\n  try: topology list\n"));
        Assert.That(program.Out, Is.Empty);
    }

    [TestCase(ClusterProblem.Unreachable, ExitCode.Unreachable, "topology up --detach")]
    [TestCase(ClusterProblem.Unauthorized, ExitCode.Unauthorized, "--data")]
    [TestCase(ClusterProblem.Failed, ExitCode.Lost, "topology doctor")]
    public async Task What_a_cluster_says_against_it_is_an_exit_code_and_a_next_step(ClusterProblem problem, int exitCode, string next)
    {
        var program = WithTopologies();
        program.Service.Problem = new ClusterException(problem, "it is so");

        Assert.That(await program.RunAsync("list"), Is.EqualTo(exitCode));
        Assert.That(program.Error, Does.StartWith($"error: it is so\n  try: {next}").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Workers_of_all_living_topologies_are_listed()
    {
        var program = WithDescription();
        program.Service.Topologies.Add(ClusterSample.Summary("wordcount"));
        program.Service.Topologies.Add(ClusterSample.Summary("old", "killed"));

        Assert.That(await program.RunAsync("workers", "-o", "name"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.EqualTo("wordcount/0\nwordcount/1\n"));
    }

    [Test]
    public async Task Supervisors_are_listed()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Supervisors.Add(new SupervisorDescription("here", 4, 2, DateTimeOffset.UnixEpoch.AddSeconds(-3), true) { Host = "a" });
        program.Service.Supervisors.Add(new SupervisorDescription("there", 8, 0, DateTimeOffset.UnixEpoch.AddMinutes(-3), false) { Host = "b" });
        program.Service.Supervisors.Add(new SupervisorDescription("gone", 8, 0, DateTimeOffset.UnixEpoch.AddHours(-3), false) { Host = "c", IsAway = true });

        Assert.That(await program.RunAsync("supervisors"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out.Split('\n')[1..4], Is.EqualTo(new[]
        {
            "here         2 of 4  3s ago  a     with the daemon",
            "there        0 of 8  3m ago  b     joined",
            "gone         0 of 8  3h ago  c     away",
        }));
    }

    [Test]
    public async Task Errors_are_shown_with_how_often_and_their_detail_to_those_who_ask()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Errors["wordcount"] = [new ErrorRecord("wordcount-1", "split", 3, "no\e[31m luck", "   at Split", DateTimeOffset.UnixEpoch.AddMinutes(-9), DateTimeOffset.UnixEpoch.AddMinutes(-4), 1_200)];

        Assert.That(await program.RunAsync("errors", "wordcount"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Is.EqualTo("split#3  1,200 times, last 4m ago\n  no [31m luck\n"));
        Assert.That(await program.RunAsync("errors", "wordcount", "--debug"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.EndWith("       at Split\n"));
    }

    [Test]
    public async Task Log_lines_are_asked_for_as_told_and_written_as_they_come()
    {
        var program = TestProgram.WithoutOwn;
        LogQuery? asked = null;
        program.Service.Logs["wordcount"] = query =>
        {
            asked = query;
            return Lines();
        };
        program.Time.Advance(TimeSpan.FromHours(1));

        Assert.That(await program.RunAsync("logs", "wordcount", "--since", "5m", "--level", "warning", "--component", "split"), Is.EqualTo(ExitCode.Success));
        Assert.That(asked, Has.Property("Since").EqualTo(DateTimeOffset.UnixEpoch.AddMinutes(55)).And.Property("Least").EqualTo(LogLevel.Warning).And.Property("Component").EqualTo("split").And.Property("Follow").False);
        Assert.That(program.Out, Is.EqualTo("1970-01-01T00:00:00.000Z WARN  split#3 one\n    two\n1970-01-01T00:00:01.000Z -     - last words\n"));
    }

    [Test]
    public async Task Log_lines_are_lines_of_json_too()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Logs["wordcount"] = _ => Lines();

        Assert.That(await program.RunAsync("logs", "wordcount", "-o", "jsonl"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out.Split('\n')[0], Is.EqualTo("""{"time":"1970-01-01T00:00:00+00:00","level":"warning","component":"split","task":3,"text":"one\ntwo","log":"w0"}"""));
    }

    [Test]
    public async Task A_follow_ends_at_an_interrupt()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Logs["wordcount"] = _ => Endless(program);

        Assert.That(await program.RunAsync("logs", "wordcount", "-f"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Contain("one"));
        Assert.That(program.Console.HandlesInterrupts, Is.False);
    }

    [TestCase("logs wordcount -f -o json", "--follow never ends the one document of -o json")]
    [TestCase("logs wordcount --level wran", "--level wran: no level; did you mean 'warn'?")]
    [TestCase("logs wordcount --since yesterday", "--since yesterday: no duration")]
    [TestCase("list -o xml", "--output xml: table, json, jsonl or name is needed")]
    [TestCase("describe", "NAME is missing: the topology, by its name or its id")]
    [TestCase("describe a b", "'b' is one argument too many")]
    [TestCase("list --address nonsense", "--address nonsense: no address of a daemon")]
    [TestCase("list --context a --data b", "--context says the address and the token")]
    public async Task What_cannot_be_read_is_one_line(string args, string problem)
    {
        var program = TestProgram.WithoutOwn;

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Error, Does.StartWith("error: " + problem));
    }

    [Test]
    public async Task A_program_of_its_own_has_no_cluster_commands()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("list"), Is.EqualTo(ExitCode.Usage));
        Assert.That(program.Error, Does.StartWith("error: no command 'list'"));
    }

    private static TestProgram WithTopologies(params TopologySummary[] topologies)
    {
        var program = TestProgram.WithoutOwn;
        program.Service.Topologies.AddRange(topologies);
        return program;
    }

    private static TestProgram WithDescription()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.OnDescribe = _ => ClusterSample.Description();
        return program;
    }

    private static IEnumerable<string> Properties(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    [Test]
    public async Task Logs_on_other_hosts_are_not_shown_and_it_is_said_where_they_are()
    {
        var program = TestProgram.WithoutOwn;
        program.Service.OnDescribe = _ => ClusterSample.Description();
        program.Service.Supervisors.Add(new SupervisorDescription("here", 4, 2, DateTimeOffset.UnixEpoch, false) { Host = "b" });
        program.Service.Logs["wordcount"] = _ => Lines();

        Assert.That(await program.RunAsync("logs", "wordcount"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Error, Is.EqualTo("not shown: the logs of workers 0, 1, which are on host b (supervisor here), in logs/wordcount-1 of the data directory there\n"));
    }

    private static async IAsyncEnumerable<LogLine> Lines()
    {
        yield return new LogLine(DateTimeOffset.UnixEpoch, LogLevel.Warning, "split", 3, "one\ntwo") { Log = "w0" };
        await Task.CompletedTask;
        yield return new LogLine(DateTimeOffset.UnixEpoch.AddSeconds(1), null, "", 0, "last words") { Log = "w1" };
    }

    private static async IAsyncEnumerable<LogLine> Endless(TestProgram program, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return new LogLine(DateTimeOffset.UnixEpoch, LogLevel.Warning, "split", 3, "one");
        program.Console.Interrupt();
        await Task.Delay(Timeout.Infinite, cancellation);
    }
}
