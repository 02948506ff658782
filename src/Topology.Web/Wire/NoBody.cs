namespace Topology.Web;

/// <summary>The body of a command that needs nothing but its route.</summary>
internal sealed record NoBody;
