namespace Topology.Bench;

/// <summary>Sees whether whoever has started this process still lives: he holds the other end of its standard input.</summary>
internal static class ParentWatch
{
    /// <summary>Does something once standard input ends, on a thread of its own.</summary>
    public static void Start(Action atEnd) => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        atEnd();
    })
    { IsBackground = true }.Start();
}
