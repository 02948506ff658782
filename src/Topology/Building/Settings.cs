namespace Topology;

/// <summary>Settings by name, as texts with typed access.</summary>
public sealed class Settings
{
}
