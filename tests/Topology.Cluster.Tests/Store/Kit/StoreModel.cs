namespace Topology.Cluster.Tests;

/// <summary>What a store should do, in the plainest way.</summary>
internal sealed class StoreModel
{
    private readonly Dictionary<string, (TopologyState State, long Generation, long Issued)> _topologies = [];
    private readonly Dictionary<(string, int), long> _fences = [];
    private readonly Dictionary<(string, int), (long Incarnation, int Task)> _assignments = [];
    private readonly Dictionary<(string, int), (long Incarnation, long Sequence)> _positions = [];
    private readonly Dictionary<(string, int), long> _counters = [];
    private readonly Dictionary<string, long> _retired = [];

    public static bool Agrees(IReadOnlyList<StoreOperation> operations, HashSet<string> answers, IClusterStore store, Func<IClusterStore, IClusterStore> reopen)
    {
        var model = new StoreModel();
        try
        {
            foreach (var operation in operations)
            {
                if (operation.Kind == 0 && operation.Number == 0)
                {
                    store.Dispose();
                    store = reopen(store);
                }
                else
                {
                    var (expected, actual) = (model.Do(operation), Do(operation, store));
                    Assert.That(actual, Is.EqualTo(expected), $"{operation}");
                    answers.Add(actual);
                }

                Assert.That(store.Read(Lines), Is.EqualTo(model.Lines()), $"after {operation}");
            }

            return true;
        }
        finally
        {
            store.Dispose();
        }
    }

    private static string Do(StoreOperation operation, IClusterStore store)
    {
        var (kind, topology, task, incarnation, number) = operation;
        var worker = task;
        try
        {
            return store.Write(object (writer) => kind switch
            {
                0 or 1 => Done(() => writer.AddTopology(Samples.Topology(topology))),
                2 => number == 5
                    ? writer.RemoveTopology(topology)
                    : Done(() => writer.UpdateTopology((writer.Topology(topology) ?? Samples.Topology(topology)) with { State = number == 4 ? TopologyState.Killed : TopologyState.Active })),
                3 => writer.RaiseGeneration(topology),
                4 => writer.IssueIncarnation(topology),
                5 => Done(() => writer.PutAssignment(Samples.Assignment(topology, worker, Math.Max(1, incarnation), (task, task)))),
                6 => Done(() => writer.PutAssignment(Samples.Assignment(topology, worker, writer.IssueIncarnation(topology), ((int)number % 3 + 1, (int)number % 3 + 1)))),
                7 => writer.RemoveAssignment(topology, worker, incarnation),
                8 => writer.ReportCounters(topology, worker, incarnation, Samples.Counters(("n", number))),
                _ => writer.CommitPosition(Samples.Commit(task, number, incarnation, incarnation == 4 ? 1 : writer.Topology(topology)?.Generation ?? 0, topology)),
            }).ToString()!;
        }
        catch (StoreConflictException)
        {
            return "conflict";
        }
    }

    private static string Done(Action action)
    {
        action();
        return "done";
    }

    private static IEnumerable<string> Lines(IStoreReader reader) => (string[])
    [
        .. from topology in reader.Topologies()
           let sum = reader.Counters(topology.Id)
           from line in (string[])
           [
               $"{topology.Id} {topology.State} {topology.Generation} {topology.LastIncarnation} {sum.Sum(counters => counters.Counters["n"])}",
               .. reader.Assignments(topology.Id).Select(assignment => $"{assignment.Worker} {assignment.Incarnation} {assignment.Executors.Single().FirstTask}"),
               .. reader.Positions(topology.Id).Select(position => $"{position.Task} {position.Incarnation} {position.Sequence}"),
           ]
           select line,
    ];

    private IEnumerable<string> Lines() =>
        from topology in _topologies.OrderBy(topology => topology.Key, StringComparer.Ordinal)
        let id = topology.Key
        let sum = _retired.GetValueOrDefault(id) + _counters.Where(counter => counter.Key.Item1 == id).Sum(counter => counter.Value)
        from line in (string[])
        [
            $"{id} {topology.Value.State} {topology.Value.Generation} {topology.Value.Issued} {sum}",
            .. _assignments.Where(a => a.Key.Item1 == id).OrderBy(a => a.Key.Item2).Select(a => $"{a.Key.Item2} {a.Value.Incarnation} {a.Value.Task}"),
            .. _positions.Where(p => p.Key.Item1 == id).OrderBy(p => p.Key.Item2).Select(p => $"{p.Key.Item2} {p.Value.Incarnation} {p.Value.Sequence}"),
        ]
        select line;

    private string Do(StoreOperation operation)
    {
        var (kind, id, task, incarnation, number) = operation;
        var worker = task;
        var known = _topologies.TryGetValue(id, out var topology);
        var lives = known && topology.State != TopologyState.Killed;
        switch (kind)
        {
            case 0 or 1:
                return known ? "conflict" : Set(id, (TopologyState.Submitted, 0, 0), "done");
            case 2 when number == 5:
                Forget(id);
                return known.ToString();
            case 2:
                var state = number == 4 ? TopologyState.Killed : TopologyState.Active;
                return !known || (!lives && state != topology.State) ? "conflict" : Set(id, (state, topology.Generation, topology.Issued), "done");
            case 3:
                return lives ? Set(id, (topology.State, topology.Generation + 1, topology.Issued), $"{topology.Generation + 1}") : "conflict";
            case 4:
                return lives ? Set(id, (topology.State, topology.Generation, topology.Issued + 1), $"{topology.Issued + 1}") : "conflict";
            case 5:
                return known && (lives || IsPresent(id, worker, Math.Max(1, incarnation))) && Math.Max(1, incarnation) <= topology.Issued ? Assign(id, worker, Math.Max(1, incarnation), task) : "conflict";
            case 6:
                return lives ? Set(id, (topology.State, topology.Generation, topology.Issued + 1), Assign(id, worker, topology.Issued + 1, (int)number % 3 + 1)) : "conflict";
            case 7:
                if (!IsPresent(id, worker, incarnation)) return "False";
                Retire(id, worker);
                return _assignments.Remove((id, worker)).ToString();
            case 8:
                if (!IsPresent(id, worker, incarnation)) return "False";
                _counters[(id, worker)] = Math.Max(_counters.GetValueOrDefault((id, worker)), number);
                return "True";
            default:
                return Commit(id, task, number, incarnation, incarnation == 4 ? 1 : topology.Generation).ToString();
        }
    }

    private CommitOutcome Commit(string id, int task, long sequence, long incarnation, long generation)
    {
        if (!_topologies.TryGetValue(id, out var topology)) return CommitOutcome.UnknownTopology;
        if (topology.State == TopologyState.Killed) return CommitOutcome.Ended;
        if (generation != topology.Generation) return CommitOutcome.WrongGeneration;
        var fence = _fences.GetValueOrDefault((id, task));
        if (incarnation < fence) return CommitOutcome.OldIncarnation;
        if (incarnation > fence || fence == 0) return CommitOutcome.NotAssigned;
        if (_positions.TryGetValue((id, task), out var position) && sequence < position.Sequence) return CommitOutcome.Backwards;
        _positions[(id, task)] = (incarnation, sequence);
        return CommitOutcome.Committed;
    }

    private string Assign(string id, int worker, long incarnation, int task)
    {
        if (_assignments.TryGetValue((id, worker), out var present) && present.Incarnation > incarnation) return "conflict";
        if (_fences.GetValueOrDefault((id, task)) > incarnation) return "conflict";
        if (present.Incarnation < incarnation) Retire(id, worker);
        _fences[(id, task)] = incarnation;
        _assignments[(id, worker)] = (incarnation, task);
        return "done";
    }

    private void Retire(string id, int worker)
    {
        _retired[id] = _retired.GetValueOrDefault(id) + _counters.GetValueOrDefault((id, worker));
        _counters.Remove((id, worker));
    }

    private bool IsPresent(string id, int worker, long incarnation) => _assignments.TryGetValue((id, worker), out var present) && present.Incarnation == incarnation;

    private string Set(string id, (TopologyState, long, long) topology, string answer)
    {
        if (answer != "conflict") _topologies[id] = topology;
        return answer;
    }

    private void Forget(string id)
    {
        _topologies.Remove(id);
        _retired.Remove(id);
        foreach (var key in _fences.Keys.Where(key => key.Item1 == id).ToArray()) _fences.Remove(key);
        foreach (var key in _assignments.Keys.Where(key => key.Item1 == id).ToArray()) _assignments.Remove(key);
        foreach (var key in _positions.Keys.Where(key => key.Item1 == id).ToArray()) _positions.Remove(key);
        foreach (var key in _counters.Keys.Where(key => key.Item1 == id).ToArray()) _counters.Remove(key);
    }
}
