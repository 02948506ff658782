using System.Globalization;

namespace Topology.EndToEnd.Tests;

/// <summary>What <c>RelayTopology</c> leaves, and the oracle of it: every number that a spout has given is there at least once, and no other is.</summary>
internal sealed class RelayFiles
{
    private readonly string _folder;

    public RelayFiles(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>Has the spouts end.</summary>
    public void Stop() => File.WriteAllText(Path.Combine(_folder, "stop"), "");

    /// <summary>Has every <c>HoldTopology</c> bolt block in its next row.</summary>
    public void Hold() => File.WriteAllText(Path.Combine(_folder, "hold"), "");

    /// <summary>Has them go on.</summary>
    public void Release() => File.Delete(Path.Combine(_folder, "hold"));

    /// <summary>The processes that bolts have blocked in.</summary>
    public int[] Held => [.. Directory.EnumerateFiles(_folder, "held-*").Select(ProcessOf).Distinct()];

    /// <summary>How many rows other processes have taken from one.</summary>
    public int RowsOf(int process) => Rows().Count(row => row.By == process && row.In != process);

    /// <summary>The numbers that have come to an end, but for those that did in one process.</summary>
    public HashSet<long> Numbers(int notIn = 0) => [.. Rows().Where(row => row.In != notIn).Select(row => row.Number)];

    /// <summary>How many rows there are beyond one for each number.</summary>
    public int Repeated => Rows().GroupBy(row => row.Number).Sum(rows => rows.Count() - 1);

    /// <summary>Fails where a number is not there, or one is that no spout has given.</summary>
    /// <param name="found">Those that are there.</param>
    /// <param name="spouts">How many spouts there were.</param>
    /// <param name="notOf">A process whose spouts do not count.</param>
    /// <param name="wentFurther">Whether earlier lives of the spouts may have gone further than the last, which was told to stop while it was replaying.</param>
    public void RequireAll(HashSet<long> found, int spouts, int notOf = 0, bool wentFurther = false)
    {
        var expected = new HashSet<long>();
        for (var task = 0; task < spouts; task++)
        {
            var end = Directory.EnumerateFiles(_folder, string.Create(CultureInfo.InvariantCulture, $"end-*-{task}")).Where(file => ProcessOf(file) != notOf).Select(file => Parse(File.ReadAllText(file))).Single();
            Assert.That(end, Is.GreaterThan(task), "The spout gave something.");
            for (long number = task; number < end; number += spouts) expected.Add(number);
        }

        Assert.That(expected.Except(found), Is.Empty, "A number is lost.");
        if (!wentFurther) Assert.That(found.Except(expected), Is.Empty, "There is a number that no spout gave.");
    }

    // A row that is just being written is none yet.
    private IEnumerable<(long Number, int By, int In)> Rows() =>
        from file in Directory.EnumerateFiles(_folder, "rows-*")
        let writer = ProcessOf(file)
        let text = File.ReadAllText(file)
        from line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let parts = line.Split(' ')
        select (Parse(parts[0]), (int)Parse(parts[1]), writer);

    private static int ProcessOf(string file) => (int)Parse(Path.GetFileName(file).Split('-')[1]);

    private static long Parse(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
