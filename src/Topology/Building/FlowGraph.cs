namespace Topology;

/// <summary>
/// Which component feeds which. Edges that close a cycle are the back edges of a depth-first search from the spouts in ascending order of ids, so they are
/// the same in every process.
/// </summary>
internal sealed class FlowGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _feedback = [];
    private readonly List<IReadOnlyList<string>> _cycles = [];

    public FlowGraph(IEnumerable<ComponentDraft> components)
    {
        var all = components.ToArray();
        foreach (var component in all) _targets.Add(component.Id, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var component in all)
        {
            foreach (var input in component.Inputs)
            {
                if (_targets.TryGetValue(input.Component, out var targets)) targets.Add(component.Id);
            }
        }

        FindCycles(all);
    }

    /// <summary>A cycle for each edge that closes one: its components in the order of flow; the last feeds the first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles => _cycles;

    public bool IsFeedback(string from, string to) => _feedback.Contains((from, to));

    /// <summary>Every component that a tuple of one of these can reach, these included.</summary>
    public HashSet<string> ReachableFrom(IEnumerable<string> sources)
    {
        var waiting = new Stack<string>(sources);
        var reached = new HashSet<string>();
        while (waiting.TryPop(out var id))
        {
            if (!reached.Add(id)) continue;
            foreach (var target in _targets[id]) waiting.Push(target);
        }

        return reached;
    }

    private void FindCycles(ComponentDraft[] components)
    {
        var visited = new HashSet<string>();
        var spouts = components.Where(c => c.Kind == ComponentKind.Spout).Select(c => c.Id).Order(StringComparer.Ordinal);
        // What no spout feeds comes last: its cycles are errors, but they have to be found to be reported.
        foreach (var root in spouts.Concat(_targets.Keys)) Walk(root, visited);
    }

    // With a stack of its own: a chain of components may be longer than the thread's stack is deep.
    private void Walk(string root, HashSet<string> visited)
    {
        if (!visited.Add(root)) return;
        var path = new List<string> { root };
        var waiting = new Stack<Queue<string>>([new Queue<string>(_targets[root])]);
        var onPath = new HashSet<string> { root };
        while (waiting.TryPeek(out var targets))
        {
            if (!targets.TryDequeue(out var target))
            {
                waiting.Pop();
                onPath.Remove(path[^1]);
                path.RemoveAt(path.Count - 1);
            }
            else if (onPath.Contains(target))
            {
                _feedback.Add((path[^1], target));
                _cycles.Add(path[path.IndexOf(target)..]);
            }
            else if (visited.Add(target))
            {
                path.Add(target);
                onPath.Add(target);
                waiting.Push(new Queue<string>(_targets[target]));
            }
        }
    }
}
