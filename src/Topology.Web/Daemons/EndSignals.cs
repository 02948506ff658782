using System.Runtime.InteropServices;

namespace Topology.Web;

/// <summary>SIGTERM and SIGINT as a token, for as long as it is not disposed. A second SIGINT ends the process at once: a person who presses Ctrl+C again means it.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public EndSignals()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _ = _end.CancelAsync();
        });
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = !_end.IsCancellationRequested;
            _ = _end.CancelAsync();
        });
    }

    public CancellationToken Token => _end.Token;

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        // Not the source: a signal may be on its way to it.
    }
}
