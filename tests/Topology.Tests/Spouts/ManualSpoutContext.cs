using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Topology.Tests;

/// <summary>A spout's context with a clock and a chance that the test sets.</summary>
internal sealed class ManualSpoutContext(bool hasLetterConsumer = false) : SpoutContext
{
    public static readonly StreamId LetterStream = new("lines", StreamId.DeadLetter, 1, ["line", "reason", "component", "attempts"], direct: false);

    public long Now { get; set; }

    public double Chance { get; set; } = 0.5;

    public RecordingLogger Log { get; } = new();

    public ManualPosition Kept { get; init; } = new();

    public override DurablePosition Position => Kept;

    public override int MaxSpoutPending => 16_384;

    public override string Topology => "test";

    public override string Component => "lines";

    public override int Task => 3;

    public int Index { get; init; }

    public int Count { get; init; } = 1;

    public override int TaskIndex => Index;

    public override int TaskCount => Count;

    public override Settings Settings => throw new NotSupportedException();

    public override ILogger Logger => Log;

    public override TimeProvider Time => throw new NotSupportedException();

    public override Meter Meter => throw new NotSupportedException();

    internal override long NowNanoseconds => Now;

    public override bool HasConsumer(string stream) => stream == StreamId.DeadLetter ? hasLetterConsumer : stream == StreamId.Default;

    public override StreamId Stream(string name) => name == StreamId.DeadLetter ? LetterStream : throw new ArgumentException($"No stream '{name}'.", nameof(name));

    public override ImmutableArray<int> TasksOf(string component) => [];

    public override void Wake()
    {
    }

    public override void Post(Action action) => throw new NotSupportedException();

    public override void AddHook(ITaskHook hook) => throw new NotSupportedException();

    internal override double NextChance() => Chance;
}
