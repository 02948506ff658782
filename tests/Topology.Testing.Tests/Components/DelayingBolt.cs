namespace Topology.Testing.Tests;

/// <summary>Emits each tuple's value when asynchronous work has ended.</summary>
internal sealed class DelayingBolt(Func<TimeProvider, CancellationToken, Task> work) : AsyncBolt(concurrency: 4)
{
    private TimeProvider _time = null!;

    public override Fields Output => ["value"];

    public override void Prepare(BoltContext context)
    {
        base.Prepare(context);
        _time = context.Time;
    }

    protected override async ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation)
    {
        await work(_time, cancellation);
        output.Emit(tuple[0]);
    }
}
