namespace Topology.Messaging;

/// <summary>The head of an extension.</summary>
/// <param name="TypeCode">Its type.</param>
/// <param name="Length">How many bytes follow.</param>
internal readonly record struct ExtensionHeader(sbyte TypeCode, uint Length);
