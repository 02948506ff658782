namespace Topology.Engine.Tests;

/// <summary>A spout of a <see cref="TreeTopology"/>: emits trees at random until there are enough, and tells the model of each and of its end.</summary>
internal sealed class ModelSpout(TreeTopology topology) : ReliableSpout<long>
{
    private const int MostRestarts = 4;

    private readonly TreeModel _model = topology.Model;
    private readonly Random _random = topology.Random;
    private SpoutContext _context = null!;
    private string[] _streams = [];
    private int[] _directTasks = [];

    public override Fields Output => TreeTopology.Output;

    public override bool IsExhausted => _model.Trees >= topology.MostTrees;

    private bool Restarts => topology.Plan[_context.Component].Options.OnError == ErrorPolicy.RestartTask;

    public override void Declare(StreamDeclarer streams) => TreeTopology.Declare(streams);

    public override void Open(SpoutContext context)
    {
        _context = context;
        _streams = topology.StreamsOf(context.Component);
        _directTasks = topology.DirectTasksOf(context.Component);
        if (_random.Next(2) == 0) context.AddHook(new ModelHook(_model));
    }

    public override void NextTuple(SpoutOutput<long> output)
    {
        if (_random.Next(4) == 0) return;
        for (var i = _random.Next(4); i > 0 && !IsExhausted; i--)
        {
            var room = topology.MaxSpoutPending - _model.LiveOf(_context.Task);
            if (output.Remaining != room && output.Remaining != 0) _model.Violations.Add($"Room for {output.Remaining} more trees where {room} may be pending.");
            if (output.Remaining == 0)
            {
                // The limit is exact, also for one who does not ask.
                if (room == 0) EmitBeyond(output);
                return;
            }

            if (_random.Next(10) == 0) EmitUntracked(output);
            else EmitTree(output);
        }

        MayThrow(200, "NextTuple");
    }

    public override void Ack(long messageId)
    {
        _model.TreeAcked(_context.Task, messageId);
        MayThrow(100, "Ack");
    }

    public override void Fail(long messageId, FailReason reason)
    {
        _model.TreeFailed(_context.Task, messageId, reason);
        MayThrow(50, "Fail");
    }

    // Called when the task is restarted; at the end of the run nothing is live any more.
    public override void Close() => _model.Dropped(_context.Task);

    private void EmitTree(SpoutOutput<long> output)
    {
        var tree = _model.MakeTree(_context.Task);
        var tuple = _model.Make([tree], 0);
        var key = _random.Next(100);
        var stream = _streams.Length == 0 || _random.Next(20) == 0 ? StreamId.Default : _streams[_random.Next(_streams.Length)];
        var task = stream == TreeTopology.To ? _directTasks[_random.Next(_directTasks.Length)] : -1;
        if (task >= 0) output.EmitDirect(task, _context.Stream(stream), tree.Id, tuple.Id, key, 0);
        else if (stream == StreamId.Default) output.Emit(tree.Id, tuple.Id, key, 0);
        else output.Emit(_context.Stream(stream), tree.Id, tuple.Id, key, 0);
        _model.TreeEmitted(tree, tuple, topology.CopiesOf(_context.Component, stream, key, task));
    }

    private void EmitUntracked(SpoutOutput<long> output)
    {
        var tuple = _model.Make([], 0);
        var key = _random.Next(100);
        output.EmitUntracked(_context.Stream(TreeTopology.Side), tuple.Id, key, 0);
        _model.Emitted(tuple, topology.CopiesOf(_context.Component, TreeTopology.Side, key, -1));
    }

    private void EmitBeyond(SpoutOutput<long> output)
    {
        try
        {
            output.Emit(-1, 0, 0, 0);
            _model.Violations.Add("An emit beyond max-spout-pending was taken.");
        }
        catch (EmitException)
        {
            _model.Totals.Refused++;
        }
    }

    private void MayThrow(int oneIn, string where)
    {
        if (_random.Next(oneIn) != 0) return;
        if (Restarts)
        {
            // The fifth within a minute would stop the topology.
            if (topology.RestartsOf(_context.Task) >= MostRestarts) return;
            topology.Restarted(_context.Task);
        }

        throw new FormatException(where);
    }
}
