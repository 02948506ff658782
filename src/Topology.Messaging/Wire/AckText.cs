namespace Topology.Messaging;

/// <summary>A text that messages to an acker refer to.</summary>
/// <param name="Number">By which they do.</param>
/// <param name="Text">The text.</param>
internal readonly record struct AckText(uint Number, string Text);
