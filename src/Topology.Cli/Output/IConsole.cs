namespace Topology.Cli;

/// <summary>The process's standard streams, terminal and signals. Standard output carries answers, standard error everything else.</summary>
internal interface IConsole
{
    TextWriter Out { get; }

    TextWriter Error { get; }

    /// <summary>Opens standard input.</summary>
    TextReader OpenIn();

    /// <summary>Whether a person looks at standard output, on a terminal that can move its cursor.</summary>
    bool IsOutTerminal { get; }

    /// <summary>Whether a person looks at standard error, on a terminal that can move its cursor.</summary>
    bool IsErrorTerminal { get; }

    /// <summary>Whether colours are welcome on a terminal.</summary>
    bool UsesColor { get; }

    /// <summary>Columns of the terminal.</summary>
    int Width { get; }

    /// <summary>Rows of the terminal.</summary>
    int Height { get; }

    /// <summary>Calls back, on any thread, at each Ctrl-C and SIGTERM instead of ending the process; until disposed.</summary>
    IDisposable OnInterrupt(Action handler);

    /// <summary>Calls back, on any thread, at each key that is pressed while standard input is a terminal; until disposed. The key is not shown.</summary>
    IDisposable OnKey(Action<char> handler);

    /// <summary>Sends what user code writes to the process's standard output elsewhere; until disposed.</summary>
    IDisposable SendUserOutputTo(TextWriter writer);
}
