namespace Topology.Engine;

/// <summary>One task of a component.</summary>
/// <param name="Component">Its component.</param>
/// <param name="Task">Its id.</param>
/// <param name="Index">Its place among the component's tasks, from 0.</param>
internal sealed record TaskPlan(ComponentPlan Component, int Task, int Index);
