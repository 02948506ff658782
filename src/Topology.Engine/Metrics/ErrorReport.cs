namespace Topology.Engine;

/// <summary>An error of user code, as recorded.</summary>
/// <param name="Time">When.</param>
/// <param name="Component">The component whose code threw or reported it.</param>
/// <param name="Task">Its task.</param>
/// <param name="Call">What was being called: <c>Execute</c>, <c>NextTuple</c>, <c>Prepare</c>…</param>
/// <param name="Tuple">The tuple in hand, shortened, or null.</param>
/// <param name="Error">The exception.</param>
public sealed record ErrorReport(DateTimeOffset Time, string Component, int Task, string Call, string? Tuple, Exception Error)
{
    /// <summary>One line for people: component, task, call, type and message.</summary>
    public override string ToString()
    {
        var tuple = Tuple is null ? "" : $" on ({Tuple})";
        return $"{Component}[{Task}] {Call}{tuple}: {ErrorText.Of(Error)}";
    }
}
