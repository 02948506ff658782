namespace Topology.Messaging;

/// <summary>
/// Connections between workers in one process, without sockets or threads, which break as ZeroMQ's do: what was on its way is lost from some frame on, the rest may
/// come late, beside what the next connection carries. Everything happens in <see cref="Step"/>, by seeded chance, so that a run can be repeated.
/// </summary>
/// <param name="chance">What decides.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class MemoryNetwork(Random chance, MemoryFaults faults)
{
    private readonly Dictionary<string, MemoryWire> _listeners = [];
    private readonly List<MemoryLine> _lines = [];

    /// <summary>What goes wrong, from now on.</summary>
    public MemoryFaults Faults { get; set; } = faults;

    /// <summary>Connections that broke.</summary>
    public int Cuts { get; private set; }

    /// <summary>Frames that were lost with them.</summary>
    public int Lost { get; private set; }

    /// <summary>A worker that listens.</summary>
    public MemoryWire Listen(WorkerIdentity me)
    {
        var wire = new MemoryWire(this, me);
        _listeners[wire.EndpointOf(LinkConnection.Data)] = wire;
        _listeners[wire.EndpointOf(LinkConnection.Control)] = wire;
        return wire;
    }

    /// <summary>Lets each line have its chance: to be connected, to break, to bring its next frame.</summary>
    public void Step()
    {
        foreach (var line in _lines)
        {
            if (line.Pipe is null) TryConnect(line);
            else if (Happens(Faults.Cut)) Cut(line);
        }

        foreach (var wire in _listeners.Values.Distinct())
            foreach (var pipe in wire.Pipes)
                while (pipe.Arrived < pipe.Count && Happens(Faults.Delivery)) pipe.Arrived++;
    }

    /// <summary>Cuts every connection between two workers, or of one kind, now.</summary>
    public void Cut(Func<MemoryLine, bool> which)
    {
        foreach (var line in _lines.Where(line => line.Pipe is not null && which(line)).ToList()) Cut(line);
    }

    internal MemoryLine Add(MemoryLine line)
    {
        _lines.Add(line);
        return line;
    }

    internal void Remove(MemoryLine line)
    {
        _lines.Remove(line);
        if (line.Pipe is not null) Cut(line);
    }

    internal void Remove(MemoryWire wire)
    {
        _listeners.Remove(wire.EndpointOf(LinkConnection.Data));
        _listeners.Remove(wire.EndpointOf(LinkConnection.Control));
        foreach (var line in _lines.Where(line => line.Pipe is not null && (line.From == wire || wire.Has(line.Endpoint))).ToList()) Cut(line);
        _lines.RemoveAll(line => line.From == wire);
    }

    internal int Pick(int count) => chance.Next(count);

    private bool Happens(double probability) => chance.NextDouble() < probability;

    private void TryConnect(MemoryLine line)
    {
        if (!Happens(Faults.Connect) || !_listeners.TryGetValue(line.Endpoint, out var listener)) return;
        line.Pipe = listener.Accept(line);
        line.Connects++;
    }

    private void Cut(MemoryLine line)
    {
        Cuts++;
        var pipe = line.Pipe!;
        Lost += pipe.Break(Happens(Faults.Straggle) ? chance.Next(pipe.Count + 1) : 0);
        line.Pipe = null;
    }
}
