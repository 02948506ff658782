using System.Runtime.InteropServices;

namespace Topology.Cli;

/// <summary>The console of this process.</summary>
internal sealed class SystemConsole : IConsole
{
    private const int UsualWidth = 80;
    private static readonly bool CanMoveCursor = Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "");

    public TextWriter Out { get; } = Console.Out;

    public TextWriter Error { get; } = Console.Error;

    public bool IsOutTerminal => CanMoveCursor && !Console.IsOutputRedirected;

    public bool IsErrorTerminal => CanMoveCursor && !Console.IsErrorRedirected;

    public bool UsesColor => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public int Width
    {
        get
        {
            // The runtime asks standard output; when that is a pipe or a file, the size of the terminal behind standard error stays unknown.
            if (Console.IsOutputRedirected) return UsualWidth;
            try
            {
                return Console.WindowWidth is var width and > 0 ? width : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    public IDisposable OnInterrupt(Action handler) => new Signals(handler);

    public IDisposable SendUserOutputTo(TextWriter writer) => new UserOutput(writer);

    private sealed class Signals(Action handler) : IDisposable
    {
        private readonly PosixSignalRegistration _interrupt = Register(PosixSignal.SIGINT, handler);
        private readonly PosixSignalRegistration _terminate = Register(PosixSignal.SIGTERM, handler);

        public void Dispose()
        {
            _interrupt.Dispose();
            _terminate.Dispose();
        }

        private static PosixSignalRegistration Register(PosixSignal signal, Action handler) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            handler();
        });
    }

    private sealed class UserOutput : IDisposable
    {
        private readonly TextWriter _before = Console.Out;

        public UserOutput(TextWriter writer) => Console.SetOut(writer);

        public void Dispose() => Console.SetOut(_before);
    }
}
