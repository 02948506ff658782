using System.IO.MemoryMappedFiles;

namespace Topology.Bench;

/// <summary>
/// What the processes of one run count, and what they are told, in memory that all of them see: so a rate is read at the very ends of a window, whoever counts, and costs
/// those who count no more than within one process.
/// </summary>
internal sealed unsafe class Board : IDisposable
{
    /// <summary>The setting that names the file to the workers.</summary>
    public const string Setting = "board";

    private const int HeadLength = 64;
    private const int GatePlace = 0;
    private const int LoopPlace = 8;
    private const int CountersPlace = HeadLength + LatencyHistogram.Length;
    private const int WholeLength = CountersPlace + RunCounters.Length;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly LongBlock _all;

    private Board(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, WholeLength * sizeof(long));
        byte* first = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
        _all = new LongBlock((long*)first, WholeLength, _view);
        Loop = new OpenLoop(_all.Slice(LoopPlace, OpenLoop.Length));
        Latencies = new LatencyHistogram(_all.Slice(HeadLength, LatencyHistogram.Length));
        Counters = new RunCounters(_all.Slice(CountersPlace, RunCounters.Length));
    }

    /// <summary>What the components count.</summary>
    public RunCounters Counters { get; }

    /// <summary>The schedule of an open loop.</summary>
    public OpenLoop Loop { get; }

    /// <summary>What the open loop records.</summary>
    public LatencyHistogram Latencies { get; }

    /// <summary>Whether whoever is no spout of a topology may send, or a task that is to block is to do so.</summary>
    public bool IsOpen
    {
        get => Volatile.Read(ref _all[GatePlace]) != 0;
        set => Volatile.Write(ref _all[GatePlace], value ? 1 : 0);
    }

    /// <summary>A new one, all zeros.</summary>
    /// <param name="path">Where no file is yet.</param>
    public static Board Create(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, WholeLength * sizeof(long)));

    /// <summary>One that another process has made.</summary>
    public static Board Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, WholeLength * sizeof(long)));

    /// <summary>Lets go of it; nobody may count here any more.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
