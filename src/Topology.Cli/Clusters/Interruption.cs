namespace Topology.Cli;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation; from then on they end the process as usual.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IDisposable _interrupts;

    public Interruption(IConsole console) => _interrupts = console.OnInterrupt(Interrupt);

    /// <summary>Cancelled by the interrupt.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Does what an interrupt does.</summary>
    public void End() => _source.Cancel();

    public void Dispose()
    {
        _interrupts.Dispose();
        _source.Dispose();
    }

    private void Interrupt()
    {
        _interrupts.Dispose();
        _source.Cancel();
    }
}
