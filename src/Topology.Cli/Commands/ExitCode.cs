namespace Topology.Cli;

/// <summary>What the process ends with. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Lost = 1;
    public const int Usage = 2;
    public const int Invalid = 5;
    public const int Failed = 9;
    public const int Interrupted = 130;

    /// <summary>Each code with what it says, for the help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "the run ended and nothing was lost; the topology is valid"),
        (Lost, "something was lost or dropped, or this program itself went wrong"),
        (Usage, "what was asked for cannot be read or found"),
        (Invalid, "the topology does not build or is not valid"),
        (Failed, "the topology failed while it ran"),
        (Interrupted, "interrupted twice: stopped at once, without draining"),
    ];
}
