namespace Topology;

/// <summary>One stream that a bolt receives.</summary>
/// <param name="Component">The component that emits it.</param>
/// <param name="Stream">The stream's name.</param>
/// <param name="Grouping">Which of the bolt's tasks gets a tuple.</param>
/// <param name="IsFeedback">Whether this edge closes a cycle; such a channel grows to a set limit instead of holding its sender back.</param>
public sealed record Subscription(string Component, string Stream, Grouping Grouping, bool IsFeedback = false);
