namespace Topology.Cli.Tests;

/// <summary>A console in memory, with a hand on its signals.</summary>
internal sealed class TestConsole : IConsole
{
    private readonly List<Action> _interrupts = [];
    private readonly List<Action<char>> _keys = [];

    public StringWriter OutText { get; } = new() { NewLine = "\n" };

    public StringWriter ErrorText { get; } = new() { NewLine = "\n" };

    /// <summary>What is on standard input.</summary>
    public string InText { get; init; } = "";

    public TextReader OpenIn() => new StringReader(InText);

    public TextWriter Out => OutText;

    public TextWriter Error => ErrorText;

    public bool IsOutTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    public bool UsesColor { get; init; }

    public int Width { get; set; } = 80;

    public int Height { get; set; } = 24;

    /// <summary>What <see cref="System.Console.Out"/> would be.</summary>
    public TextWriter UserOutput { get; private set; } = TextWriter.Null;

    /// <summary>Whether an interrupt would be handled, rather than end the process.</summary>
    public bool HandlesInterrupts => _interrupts.Count > 0;

    public void Interrupt()
    {
        foreach (var handler in _interrupts.ToList()) handler();
    }

    public IDisposable OnInterrupt(Action handler)
    {
        _interrupts.Add(handler);
        return new Undo(() => _interrupts.Remove(handler));
    }

    /// <summary>Presses a key.</summary>
    public void Press(char key)
    {
        foreach (var handler in _keys.ToList()) handler(key);
    }

    public IDisposable OnKey(Action<char> handler)
    {
        _keys.Add(handler);
        return new Undo(() => _keys.Remove(handler));
    }

    public IDisposable SendUserOutputTo(TextWriter writer)
    {
        var before = UserOutput;
        UserOutput = writer;
        return new Undo(() => UserOutput = before);
    }

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
