namespace Topology.Cli;

/// <summary>What the process ends with. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Lost = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Conflict = 4;
    public const int Invalid = 5;
    public const int Unreachable = 6;
    public const int Unauthorized = 7;
    public const int WaitedTooLong = 8;
    public const int Failed = 9;
    public const int Interrupted = 130;

    /// <summary>Each code with what it says, for the help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "done; of a run: it ended and nothing was lost"),
        (Lost, "something was lost or dropped, or this program or the daemon went wrong"),
        (Usage, "what was asked for cannot be read, or a file is not there"),
        (NotFound, "there is no such topology or context"),
        (Conflict, "it does not go with the state, or a name is taken"),
        (Invalid, "the topology does not build or is not valid, or its upload is refused"),
        (Unreachable, "no daemon answers"),
        (Unauthorized, "the daemon does not take the token"),
        (WaitedTooLong, "what was waited for has not come in time; it may yet"),
        (Failed, "the topology failed"),
        (Interrupted, "interrupted: a wait ended, or a run stopped without draining"),
    ];
}
