namespace Topology.Testing;

/// <summary>A tuple given to a <see cref="Feeder"/>, and what became of it. May be read from any thread.</summary>
public sealed class FedTuple : TestTuple
{
    private readonly TaskCompletionSource<FedState> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    internal FedTuple(string stream, Value[] values) : base(stream, values)
    {
    }

    /// <summary>Where it is in its life.</summary>
    public FedState State => (FedState)Volatile.Read(ref _state);

    /// <summary>Why it failed; null unless it did.</summary>
    public FailReason? Reason { get; private set; }

    /// <summary>Ends with <see cref="FedState.Acked"/> or <see cref="FedState.Failed"/>; never faults.</summary>
    public Task<FedState> Completion => _completion.Task;

    internal void Emitted() => Volatile.Write(ref _state, (int)FedState.Pending);

    internal void End(FedState state, FailReason? reason)
    {
        Reason = reason;
        Volatile.Write(ref _state, (int)state);
    }

    internal void Complete() => _completion.TrySetResult(State);
}
