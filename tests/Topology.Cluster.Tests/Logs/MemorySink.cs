using System.Text;

namespace Topology.Cluster.Tests;

/// <summary>A disk that can be full, or slow.</summary>
internal sealed class MemorySink : ILogSink
{
    private readonly StringBuilder _text = new();

    /// <summary>What hinders writing.</summary>
    public string? Problem { get; set; }

    /// <summary>Open while the disk answers.</summary>
    public ManualResetEventSlim Gate { get; } = new(true);

    /// <summary>Set when the disk was asked for something.</summary>
    public ManualResetEventSlim Asked { get; } = new();

    public string[] Lines => _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string? Append(ReadOnlySpan<byte> bytes)
    {
        Asked.Set();
        Gate.Wait();
        if (Problem is null) _text.Append(Encoding.UTF8.GetString(bytes));
        return Problem;
    }

    public void Turn()
    {
    }

    public void Dispose()
    {
    }
}
