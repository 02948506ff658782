using Microsoft.Data.Sqlite;

namespace Topology.Cluster;

/// <summary>A change that answers a value.</summary>
internal sealed class WriteRequestOf<T>(Func<IStoreWriter, T> change) : WriteRequest
{
    // The answer's continuations must not run on the writer's thread, where the next change would wait for them.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _value;
    private Exception? _error;

    public Task<T> Answer => _answer.Task;

    public override bool Run(IStoreWriter writer)
    {
        try
        {
            (_value, _error) = (change(writer), null);
        }
        // SQLite's own errors are about the whole transaction and go to who runs it.
        catch (Exception error) when (error is not SqliteException)
        {
            _error = error;
        }

        return _error is null;
    }

    public override void Settle()
    {
        if (_error is null) _answer.SetResult(_value!);
        else _answer.SetException(_error);
    }

    public override void Fail(Exception error) => _answer.SetException(error);
}
