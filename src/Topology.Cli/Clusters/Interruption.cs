namespace Topology.Cli;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation; from then on they end the process as usual.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IConsole _console;
    private readonly IDisposable _interrupts;

    public Interruption(IConsole console)
    {
        _console = console;
        _interrupts = console.OnInterrupt(Interrupt);
    }

    /// <summary>Cancelled by the interrupt.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Does what an interrupt does.</summary>
    public void End() => _source.Cancel();

    /// <summary>Begins a line of its own where a terminal shows the ^C of an interrupt: for what is written next, unless a live table erases it.</summary>
    public void EndLine()
    {
        if (Token.IsCancellationRequested && _console.IsErrorTerminal) _console.Error.WriteLine();
    }

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
