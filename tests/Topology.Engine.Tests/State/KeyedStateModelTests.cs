using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

/// <summary>Keyed state against a dictionary: any sequence of steps leaves both the same.</summary>
public sealed class KeyedStateModelTests
{
    private const int Bulk = 700;

    private static readonly Gen<Step> Steps =
        Gen.Frequency((6, Gen.Constant(Kind.Add)), (4, Gen.Constant(Kind.AddBySpan)), (4, Gen.Constant(Kind.Remove)), (3, Gen.Constant(Kind.Look)),
                (3, Gen.Constant(Kind.Merge)), (1, Gen.Constant(Kind.AddMany)), (1, Gen.Constant(Kind.RemoveMany)))
            .SelectMany(kind => Gen.Choose(0, 40).Two().Select(keys => new Step(kind, keys.Item1, keys.Item2)));

    private enum Kind
    {
        Add,
        AddBySpan,
        Remove,
        Look,
        Merge,
        AddMany,
        RemoveMany,
    }

    [Test]
    public void Any_sequence_of_steps_leaves_what_a_dictionary_would_hold() =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps =>
        {
            var state = new MemoryKeyedState<string, long>();
            var model = new Dictionary<string, long>();
            return steps.All(step => Run(step, state, model))
                && state.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).SequenceEqual(model.OrderBy(e => e.Key, StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Run(Step step, MemoryKeyedState<string, long> state, Dictionary<string, long> model)
    {
        var (key, other) = ($"key {step.Key}", $"key {step.Other}");
        switch (step.Kind)
        {
            case Kind.Add:
                state.For(key) += step.Other;
                model[key] = model.GetValueOrDefault(key) + step.Other;
                break;
            case Kind.AddBySpan:
                state.For(key.AsSpan()) += step.Other;
                model[key] = model.GetValueOrDefault(key) + step.Other;
                break;
            case Kind.Remove:
                if (state.Remove(key) != model.Remove(key)) return false;
                break;
            case Kind.Look:
                if (state.TryGet(key, out var found) != model.TryGetValue(key, out var expected) || found != expected) return false;
                break;
            case Kind.Merge:
                state.For(key) += state.For(other);
                model[key] = model.GetValueOrDefault(key) + model.GetValueOrDefault(other);
                model.TryAdd(other, 0);
                break;
            default:
                for (var i = 0; i < Bulk; i++) RunOne(step.Kind, $"many {step.Key + i}", state, model);
                break;
        }

        return state.Count == model.Count;
    }

    private static void RunOne(Kind kind, string key, MemoryKeyedState<string, long> state, Dictionary<string, long> model)
    {
        if (kind == Kind.AddMany)
        {
            state.For(key)++;
            model[key] = model.GetValueOrDefault(key) + 1;
        }
        else
        {
            state.Remove(key);
            model.Remove(key);
        }
    }

    private sealed record Step(Kind Kind, int Key, int Other);
}
