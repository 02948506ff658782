using Microsoft.Extensions.Logging;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>ReportErrorTest</c>: what is recorded of many errors.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.Simulated)]
public sealed class ErrorReportTests(StageKind kind)
{
    [Test]
    public async Task No_more_than_the_limit_is_recorded_in_each_interval()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, tasks: 1);

        Report(5);
        Assert.That(stage.Errors.Length, Is.EqualTo(4), "The fifth is beyond the limit.");

        stage.Advance(9);
        Report(1);
        Assert.That(stage.Errors.Length, Is.EqualTo(4), "9 s are no interval yet.");

        stage.Advance(2);
        Report(1);
        Assert.That(stage.Errors.Length, Is.EqualTo(5), "11 s are.");
        Assert.That(stage.Metrics["bolt"].Errors, Is.EqualTo(7), "Every one is counted.");
        Assert.That(feeder.Acked.Length, Is.EqualTo(7), "A reported error fails no tuple.");

        void Report(int errors)
        {
            for (var i = 0; i < errors; i++) feeder.Feed(i);
            stage.Settle();
        }
    }

    [Test]
    public async Task Each_task_has_a_limit_of_its_own()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, tasks: 2);

        for (var i = 0; i < 20; i++) feeder.Feed(i);
        stage.Settle();

        Assert.That(stage.Errors.GroupBy(e => e.Task).Select(g => g.Count()), Is.EqualTo(new[] { 4, 4 }));
    }

    [Test]
    public async Task A_report_says_when_where_and_what()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", static () => new InlineBolt([], static (_, _) => throw new InvalidOperationException("no such key"))).ShuffleGrouping("spout");
        });
        stage.Advance(60);

        feeder.Feed("needle");
        stage.Settle();

        var report = stage.Errors.Single();
        Assert.That(report.Time, Is.EqualTo(new DateTimeOffset(2000, 1, 1, 0, 1, 0, TimeSpan.Zero)));
        Assert.That((report.Component, report.Task, report.Call, report.Tuple), Is.EqualTo(("bolt", 1, "Execute", "needle")));
        Assert.That(report.ToString(), Is.EqualTo("bolt[1] Execute on (needle): InvalidOperationException: no such key"));
    }

    [Test]
    public async Task What_is_recorded_is_logged()
    {
        var log = new RecordingLoggers();
        await using var cluster = new LocalCluster(new LocalClusterOptions { Loggers = log });
        var run = cluster.Submit(new InlineTopology(topology =>
        {
            topology.Options = topology.Options with { MaxErrorReports = 4 };
            topology.SetSpout("spout", () => new FixedSpout(["value"], [[1], [2], [3], [4], [5], [6]]));
            topology.SetBolt("bolt", Reporting).ShuffleGrouping("spout");
        }));

        await run.Completion.WaitAsync(Stage.Patience);

        Assert.That(log.Lines, Is.EqualTo(Enumerable.Repeat("bolt Warning: bolt[1] ReportError: InvalidOperationException: no", 4)));
    }

    private static InlineBolt Reporting() => new([], static (tuple, output) =>
    {
        output.ReportError(new InvalidOperationException("no"));
        output.Ack(tuple);
    });

    private Stage Start(Feeder feeder, int tasks) => Stage.Start(kind, topology =>
    {
        topology.Options = topology.Options with { MaxErrorReports = 4, ErrorInterval = TimeSpan.FromSeconds(10) };
        topology.SetSpout("spout", () => new FeederSpout(feeder));
        topology.SetBolt("bolt", Reporting, tasks).ShuffleGrouping("spout");
    });

    private sealed class RecordingLoggers : ILoggerFactory
    {
        private readonly List<string> _lines = [];

        public string[] Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => new RecordingLogger(categoryName, _lines);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class RecordingLogger(string category, List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add($"{category} {logLevel}: {formatter(state, exception)}");
        }
    }
}
