namespace Topology.Messaging;

/// <summary>
/// Sockets in a folder of the incarnation's own: <c>&lt;8 hex digits of the topology&gt;/&lt;incarnation&gt;/data</c> and <c>control</c>. Its own, because a second
/// bind of a path that lives takes it over in silence.
/// </summary>
/// <param name="root">The folder of all sockets of this user.</param>
/// <param name="me">Who listens.</param>
internal sealed class IpcEndpoints(IpcDirectory root, WorkerIdentity me) : LinkEndpoints
{
    private const string DataName = "data";
    private const string ControlName = "control";

    /// <inheritdoc/>
    public override (string Data, string Control) Bind(RouterSocket data, RouterSocket control)
    {
        var folder = root.Subfolder(TopologyFolder(me.Topology)).Subfolder(IncarnationFolder(me.Incarnation));
        var endpoints = (folder.Endpoint(DataName), folder.Endpoint(ControlName));
        data.Bind(endpoints.Item1);
        control.Bind(endpoints.Item2);
        return endpoints;
    }

    /// <inheritdoc/>
    public override void Remove() => Remove(root, me.Topology, me.Incarnation);

    /// <summary>Takes away what an incarnation left that died before it could. Harmless when nothing is there. Never for one that lives.</summary>
    public static void Remove(IpcDirectory root, ulong topology, ulong incarnation)
    {
        var parent = Path.Combine(root.Path, TopologyFolder(topology));
        var folder = Path.Combine(parent, IncarnationFolder(incarnation));
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Delete(parent);
        }
        catch (IOException)
        {
            // Others of the topology are still there, or somebody else takes it away at this moment.
        }
    }

    private static string TopologyFolder(ulong topology) => ((uint)(topology ^ (topology >> 32))).ToString("x8", null);

    private static string IncarnationFolder(ulong incarnation) => incarnation.ToString("x16", null);
}
