namespace Topology.Architecture.Tests;

/// <summary>A piece of code in a text for people.</summary>
/// <param name="Place">Where it stands, for the name of a test.</param>
/// <param name="Code">The code.</param>
/// <param name="Usings">The namespaces that its reader takes for granted.</param>
internal sealed record CodeExample(string Place, string Code, string[] Usings)
{
    public override string ToString() => Place;
}
