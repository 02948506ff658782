using System.Diagnostics;

namespace Topology.Engine;

/// <summary>
/// A thread that runs a loop until the worker stops. When its loop was taken from it while it was inside a turn, it goes on with the one executor that it was
/// in, and ends when that one has shown that it no longer blocks.
/// </summary>
internal sealed class LoopThread
{
    /// <summary>How many turns in a row must be shorter than <see cref="QuickNanoseconds"/> before an executor returns to its loop.</summary>
    private const int QuickTurns = 1000;

    private const long QuickNanoseconds = 5_000_000;

    private readonly Worker _worker;
    private readonly IdleStrategy _idle;
    private readonly Thread _thread;
    private EventLoop _loop;
    private EventLoop? _solo;
    private int _nativeId;

    public LoopThread(Worker worker, EventLoop loop, string name)
    {
        _worker = worker;
        _loop = loop;
        _idle = new IdleStrategy(worker);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>The operating system's number of the thread; 0 until it runs or where it is not known.</summary>
    public int NativeId => Volatile.Read(ref _nativeId);

    public void Start() => _thread.Start();

    public void Join() => _thread.Join();

    /// <summary>Watchdog: what the thread goes on with when it finds that its loop was taken.</summary>
    public void Offer(EventLoop solo) => Volatile.Write(ref _solo, solo);

    private void Run()
    {
        Volatile.Write(ref _nativeId, NativeThread.CurrentId);
        try
        {
            while (!_worker.IsStopping)
            {
                switch (_loop.RunOnce())
                {
                    case LoopProgress.Some:
                        _idle.Reset();
                        break;
                    case LoopProgress.None:
                        _idle.Wait(_loop);
                        break;
                    default:
                        RunSolo(Volatile.Read(ref _solo)!);
                        return;
                }
            }
        }
        catch (Exception exception)
        {
            // No user code gets here: this is an error of the engine's own, and the run must not hang on it.
            _worker.Fail(new TopologyException($"The engine failed in {NameOf(_loop.Tenure.Executor)}: {ErrorText.Of(exception)}", exception));
        }
        finally
        {
            _worker.ThreadEnded(this);
        }
    }

    private string NameOf(int executor) => executor < 0 ? "a loop" : _worker.Executors[executor].Component;

    private void RunSolo(EventLoop solo)
    {
        _loop = solo;
        var executor = solo.Executors[0];
        executor.Wake();
        var quick = 0;
        while (!_worker.IsStopping && quick < QuickTurns)
        {
            var start = Stopwatch.GetTimestamp();
            var progress = solo.RunOnce();
            quick = Stopwatch.GetElapsedTime(start).Ticks * 100 < QuickNanoseconds ? quick + 1 : 0;
            if (progress == LoopProgress.Some) _idle.Reset();
            else _idle.Wait(solo);
        }

        executor.Host = executor.Home;
        executor.Wake();
    }
}
