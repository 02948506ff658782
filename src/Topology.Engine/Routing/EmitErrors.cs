using System.Diagnostics.CodeAnalysis;

namespace Topology.Engine;

/// <summary>Why an emit is refused, out of the way of those that are not.</summary>
internal static class EmitErrors
{
    [DoesNotReturn]
    public static void Throw(OutStream to, int task, ReadOnlySpan<Value> values)
    {
        var name = to.Stream.Name == StreamId.Default ? "the default stream" : $"stream '{to.Stream.Name}'";
        if (values.Length != to.Arity)
        {
            throw new EmitException(
                $"{to.Stream.Component} emitted {values.Length} values on {name}, which has {to.Arity} fields {to.Stream.Fields}. Emit one value per field; write Value.Null for none.");
        }

        throw new EmitException(task >= 0
            ? $"{to.Stream.Component} cannot EmitDirect on {name}, which is not direct. Declare it with AddDirect, or use Emit."
            : $"{to.Stream.Component} cannot Emit on {name}, which is direct. Use EmitDirect and name the task.");
    }

    [DoesNotReturn]
    public static void ThrowTooLong(OutStream to, Value value, int limit) =>
        throw new EmitException(
            $"{to.Stream.Component} emitted a value of {value.Size:N0} bytes ({value.Kind}) on {to.Stream.Name}; the limit is {limit:N0} bytes. Raise topology.max-value, or emit it in parts.");

    [DoesNotReturn]
    public static void ThrowOutboxLimit(OutStream to, int limit) =>
        throw new EmitException(
            $"{to.Stream.Component} emitted more than {limit:N0} tuples for one input while downstream was full. Raise topology.outbox-limit, or split the input.");

    [DoesNotReturn]
    public static void ThrowNoSuchTarget(StreamId stream, int task) =>
        throw new EmitException($"{stream.Component} cannot EmitDirect to task {task}: it does not subscribe to '{stream.Name}' by direct grouping.");
}
