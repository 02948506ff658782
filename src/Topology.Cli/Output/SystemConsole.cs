using System.Runtime.InteropServices;

namespace Topology.Cli;

/// <summary>The console of this process.</summary>
internal sealed class SystemConsole : IConsole
{
    private static readonly bool CanMoveCursor = Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "");

    public TextWriter Out { get; } = Console.Out;

    public TextWriter Error { get; } = Console.Error;

    public TextReader OpenIn() => Console.In;

    public bool IsOutTerminal => CanMoveCursor && !Console.IsOutputRedirected;

    public bool IsErrorTerminal => CanMoveCursor && !Console.IsErrorRedirected;

    public bool UsesColor => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public int Width => Size(() => Console.WindowWidth, 80);

    public int Height => Size(() => Console.WindowHeight, 24);

    public IDisposable OnInterrupt(Action handler) => new Signals(handler);

    public IDisposable OnKey(Action<char> handler) => new Keys(handler);

    public IDisposable SendUserOutputTo(TextWriter writer) => new UserOutput(writer);

    private static int Size(Func<int> read, int usual)
    {
        try
        {
            return read() is var size and > 0 ? size : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }

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

    private sealed class Keys : IDisposable
    {
        private readonly Action<char> _handler;
        private volatile bool _isEnded;

        public Keys(Action<char> handler)
        {
            _handler = handler;
            // Reading cannot be given up, so the thread goes with the process.
            if (!Console.IsInputRedirected) new Thread(Read) { IsBackground = true, Name = "keys" }.Start();
        }

        public void Dispose() => _isEnded = true;

        private void Read()
        {
            try
            {
                while (!_isEnded)
                {
                    var key = Console.ReadKey(intercept: true).KeyChar;
                    if (!_isEnded) _handler(key);
                }
            }
            catch (Exception error) when (error is IOException or InvalidOperationException)
            {
                // The terminal is gone, and with it whoever would press a key.
            }
        }
    }

    private sealed class UserOutput : IDisposable
    {
        private readonly TextWriter _before = Console.Out;

        public UserOutput(TextWriter writer) => Console.SetOut(writer);

        public void Dispose() => Console.SetOut(_before);
    }
}
