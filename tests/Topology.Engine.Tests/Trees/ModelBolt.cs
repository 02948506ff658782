namespace Topology.Engine.Tests;

/// <summary>
/// A bolt of a <see cref="TreeTopology"/>: emits, acks, fails, holds, resets, throws and forgets at random, answers twice now and then, and tells the model of all.
/// </summary>
internal sealed class ModelBolt(TreeTopology topology) : IBolt
{
    private const int MostDepth = 6;
    private const int MostCopies = 40;
    private const int MostRestarts = 4;

    private readonly TreeModel _model = topology.Model;
    private readonly Random _random = topology.Random;
    private BoltContext _context = null!;
    private ModelHolds _holds = null!;
    private string[] _streams = [];
    private int[] _directTasks = [];

    public Fields Output => TreeTopology.Output;

    public string Component => _context.Component;

    public int Task => _context.Task;

    public void Declare(StreamDeclarer streams) => TreeTopology.Declare(streams);

    public void Prepare(BoltContext context)
    {
        _context = context;
        _holds = new ModelHolds(this, topology);
        _streams = [.. topology.StreamsOf(context.Component), StreamId.Default];
        _directTasks = topology.DirectTasksOf(context.Component);
        if (_random.Next(2) == 0) context.AddHook(new ModelHook(_model));
    }

    public void Execute(TupleView tuple, BoltOutput output)
    {
        if (tuple.IsTick)
        {
            // In a cycle what ticks emit could go on for ever.
            if (_model.Trees < topology.MostTrees && _random.Next(10) == 0) Emit(output, tuple, [], 3);
            _holds.AnswerForSome(output, 3);
            return;
        }

        var arrived = _model.Arrived(tuple, Task);
        if (_random.Next(40) == 0) topology.SlowDown();
        if (_random.Next(20) == 0) _context.Post(() => _holds.AnswerForSome(output, 2));
        if (_random.Next(8) == 0) _holds.AnswerForSome(output, 4);
        for (var i = _random.Next(4); i > 0; i--) EmitFor(arrived, tuple, output);
        if (_random.Next(25) == 0)
        {
            output.ResetTimeout(tuple);
            _model.Reset(arrived);
        }

        Answer(arrived, tuple, output);
    }

    // At the end of the run nothing is held; before it, this is a restart.
    public void Cleanup() => _holds.FailAll("the task that held the tuple was restarted");

    /// <summary>Emits a tuple in the trees of its anchors.</summary>
    public void Emit(BoltOutput output, Anchor anchor, IEnumerable<ModelTree> trees, int depth)
    {
        var tuple = _model.Make(trees, depth + 1);
        if (tuple.Depth > MostDepth || tuple.Trees.Any(t => t.Copies > MostCopies)) return;
        var key = _random.Next(100);
        var stream = _streams[_random.Next(_streams.Length)];
        var task = stream == TreeTopology.To ? _directTasks[_random.Next(_directTasks.Length)] : -1;
        if (task >= 0) output.EmitDirect(task, _context.Stream(stream), anchor, tuple.Id, key, tuple.Depth);
        else if (stream == StreamId.Default) output.Emit(anchor, tuple.Id, key, tuple.Depth);
        else output.Emit(_context.Stream(stream), anchor, tuple.Id, key, tuple.Depth);
        _model.Emitted(tuple, topology.CopiesOf(Component, stream, key, task));
    }

    public void Fail(ModelTuple tuple, FailKind kind, string? detail) => _model.Failed(tuple, new FailReason(kind, Component, Task, detail));

    private void EmitFor(ModelTuple arrived, TupleView tuple, BoltOutput output)
    {
        if (_random.Next(10) == 0) Emit(output, Anchor.None, [], arrived.Depth);
        else Emit(output, tuple, arrived.Trees, arrived.Depth);
    }

    private void Answer(ModelTuple arrived, TupleView tuple, BoltOutput output)
    {
        switch (_random.Next(100))
        {
            case < 20:
                var hold = new ModelHold(arrived, output.Hold(tuple), Component, Task, _model.Now) { IsStuck = _random.Next(12) == 0 };
                _holds.Add(hold);
                // The tuple in hand now stands for the held one.
                if (_random.Next(3) == 0) Emit(output, tuple, arrived.Trees, arrived.Depth);
                MayThrow(hold);
                break;
            case < 22:
                output.Fail(tuple, arrived.Id % 2 == 0 ? "as told" : null);
                Fail(arrived, FailKind.Explicit, arrived.Id % 2 == 0 ? "as told" : null);
                AnswerAgain(tuple, output);
                break;
            case < 23:
                Fail(arrived, FailKind.Explicit, "thrown");
                throw new FailTupleException("thrown");
            case < 25 when MayRestart():
                Fail(arrived, FailKind.BoltError, "FormatException: in hand");
                throw new FormatException("in hand");
            case < 26:
                Fail(arrived, FailKind.Forgotten, "Execute returned without Ack, Fail or Hold");
                break;
            default:
                output.Ack(tuple);
                _model.Acked(arrived);
                AnswerAgain(tuple, output);
                MayThrow(null);
                break;
        }
    }

    private void AnswerAgain(TupleView tuple, BoltOutput output)
    {
        if (_random.Next(8) != 0) return;
        try
        {
            switch (_random.Next(4))
            {
                case 0:
                    output.Ack(tuple);
                    break;
                case 1:
                    output.Fail(tuple);
                    break;
                case 2:
                    output.Hold(tuple);
                    break;
                default:
                    output.Emit(tuple, 0, 0, 0);
                    break;
            }

            _model.Violations.Add("A second answer was taken.");
        }
        catch (AnswerException)
        {
            _model.Totals.Refused++;
        }
    }

    /// <summary>Throws now and then, after the tuple was answered for or held.</summary>
    private void MayThrow(ModelHold? hold)
    {
        if (_random.Next(60) != 0 || !MayRestart()) return;
        if (hold is not null)
        {
            hold.IsAnswered = true;
            Fail(hold.Tuple, FailKind.BoltError, "FormatException: after it");
        }

        throw new FormatException("after it");
    }

    /// <summary>Whether an exception is allowed for: the fifth restart within a minute would stop the topology.</summary>
    private bool MayRestart()
    {
        if (topology.Plan[Component].Options.OnError != ErrorPolicy.RestartTask) return true;
        if (topology.RestartsOf(Task) >= MostRestarts) return false;
        topology.Restarted(Task);
        return true;
    }
}
