using System.Globalization;

namespace Topology.Bench;

/// <summary>What the executable does as one process of a loop by hand: it works until whoever has started it closes its standard input, by dying too.</summary>
internal static class PeerProgram
{
    /// <summary>The word that makes the executable a peer.</summary>
    public const string Role = "__peer";

    /// <summary>The peers by name: each is given the board and how the endpoints of a name are called.</summary>
    private static readonly Dictionary<string, Func<Board, Func<string, string>, IPeer>> Peers = new()
    {
        ["rows-source"] = (board, endpoint) => new RowsSource(board, endpoint),
        ["rows-sink"] = (board, endpoint) => new RowsSink(board, endpoint),
        ["words-source"] = (board, endpoint) => new WordsSource(board, endpoint),
        ["words-split"] = (_, endpoint) => new WordsSplit(endpoint),
        ["words-count"] = (board, endpoint) => new WordsCount(board, endpoint),
        ["echo-source"] = (board, endpoint) => new EchoSource(board, endpoint),
        ["echo"] = (_, endpoint) => new Echo(endpoint),
    };

    /// <summary>Whether the executable was started as a peer.</summary>
    public static bool Is(IReadOnlyList<string> arguments) => arguments is [Role, ..];

    /// <summary>Works; does not return.</summary>
    /// <param name="arguments">The role's word, the peer's name, the board's file, the folder of the sockets.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        ParentWatch.Start(() => Environment.Exit(0));
        try
        {
            var peer = Peers[arguments[1]](Board.Open(arguments[2]), name => string.Create(CultureInfo.InvariantCulture, $"ipc://{arguments[3]}/{name}"));
            peer.Run();
            return 0;
        }
        catch (Exception error)
        {
            // Whoever mends the loop needs the stack.
            Console.Error.WriteLine($"bench: {arguments[1]}: {error}");
            return 1;
        }
    }
}
