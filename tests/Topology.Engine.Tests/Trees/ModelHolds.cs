namespace Topology.Engine.Tests;

/// <summary>The tuples that one instance of a <see cref="ModelBolt"/> holds, and what it does about them.</summary>
internal sealed class ModelHolds(ModelBolt bolt, TreeTopology topology)
{
    private const int MostResets = 3;

    private readonly TreeModel _model = topology.Model;
    private readonly Random _random = topology.Random;
    private readonly List<ModelHold> _holds = [];

    public void Add(ModelHold hold)
    {
        _holds.Add(hold);
        _model.Holds.Add(hold);
        _model.Totals.Held++;
    }

    /// <summary>Answers for one in so many, emits for it first now and then, and gives some more time.</summary>
    public void AnswerForSome(BoltOutput output, int oneIn)
    {
        _holds.RemoveAll(h => h.IsAnswered);
        foreach (var hold in _holds.ToArray())
        {
            // A stuck one is given time now and then, so that it is late for its tree and not for itself, or the other way round.
            if (hold.IsStuck ? _random.Next(60) == 0 : _random.Next(30) == 0) Try(hold, () => Reset(hold, output));
            if (!hold.IsStuck && !hold.IsAnswered && _random.Next(oneIn) == 0) Try(hold, () => Answer(hold, output));
        }
    }

    /// <summary>The engine fails what the instance holds.</summary>
    public void FailAll(string detail)
    {
        foreach (var hold in _holds.Where(h => !h.IsAnswered))
        {
            hold.IsAnswered = true;
            bolt.Fail(hold.Tuple, FailKind.BoltError, detail);
        }

        _holds.Clear();
    }

    private void Answer(ModelHold hold, BoltOutput output)
    {
        switch (_random.Next(3))
        {
            case 0:
                bolt.Emit(output, hold.Held, hold.Tuple.Trees, hold.Tuple.Depth);
                break;
            case 1:
                EmitForSeveral(hold, output);
                break;
        }

        if (_random.Next(30) == 0)
        {
            output.Fail(hold.Held, "held");
            bolt.Fail(hold.Tuple, FailKind.Explicit, "held");
        }
        else
        {
            output.Ack(hold.Held);
            _model.Acked(hold.Tuple);
        }

        hold.IsAnswered = true;
        if (_model.Now - hold.Since > (_model.Timeout / 10 * 11) + _model.Lag) _model.Violations.Add($"A tuple could be answered for after {(_model.Now - hold.Since) / 1e6} ms.");
        if (_random.Next(5) == 0) AnswerAgain(hold, output);
    }

    private void EmitForSeveral(ModelHold hold, BoltOutput output)
    {
        // The same one twice is legal, and so are several of one tree.
        ModelHold[] several = [hold, .. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _holds[_random.Next(_holds.Count)])];
        several = [.. several.Where(h => !h.IsAnswered)];
        try
        {
            bolt.Emit(output, several.Select(h => h.Held).ToArray(), several.SelectMany(h => h.Tuple.Trees), several.Max(h => h.Tuple.Depth));
        }
        catch (AnswerException) when (several.Any(IsOld))
        {
            _model.Totals.Refused++;
        }
    }

    private void Reset(ModelHold hold, BoltOutput output)
    {
        if (hold.Tuple.Trees.Any(t => t.Resets.Count >= MostResets)) return;
        output.ResetTimeout(hold.Held);
        hold.Since = _model.Now;
        _model.Reset(hold.Tuple);
    }

    private void Try(ModelHold hold, Action action)
    {
        try
        {
            action();
        }
        catch (AnswerException exception)
        {
            if (!IsOld(hold)) _model.Violations.Add($"An answer was refused after {(_model.Now - hold.Since) / 1e6} ms: {exception.Message}");
            // Forgotten, and never answered for.
            _holds.Remove(hold);
            _model.Totals.Refused++;
        }
    }

    private void AnswerAgain(ModelHold hold, BoltOutput output)
    {
        try
        {
            switch (_random.Next(4))
            {
                case 0:
                    output.Ack(hold.Held);
                    break;
                case 1:
                    output.Fail(hold.Held);
                    break;
                case 2:
                    output.ResetTimeout(hold.Held);
                    break;
                default:
                    output.Emit(hold.Held, 0, 0, 0);
                    break;
            }

            _model.Violations.Add("A second answer for a held tuple was taken.");
        }
        catch (AnswerException)
        {
            _model.Totals.Refused++;
        }
    }

    private bool IsOld(ModelHold hold) => _model.Now - hold.Since > _model.Timeout;
}
