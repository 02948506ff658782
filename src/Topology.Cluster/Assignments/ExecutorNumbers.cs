using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Numbers the executors of a plan as the engine does: component by component, a component's tasks in contiguous, nearly equal parts, the larger first.</summary>
internal static class ExecutorNumbers
{
    public static ImmutableArray<AssignedExecutor> Of(PlanOutline plan)
    {
        var executors = ImmutableArray.CreateBuilder<AssignedExecutor>(plan.ExecutorCount);
        foreach (var component in plan.Components)
        {
            var next = component.FirstTask;
            for (var i = 0; i < component.Executors; i++)
            {
                var tasks = (component.Tasks / component.Executors) + (i < component.Tasks % component.Executors ? 1 : 0);
                executors.Add(new AssignedExecutor(executors.Count, component.Id, next, next + tasks - 1));
                next += tasks;
            }
        }

        return executors.MoveToImmutable();
    }
}
