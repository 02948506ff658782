namespace Topology.Cluster.Tests;

public sealed class ProcessStateTests
{
    [TestCase("cat", "R", 1, ProcessLife.Alive)]
    [TestCase("a) Z 7 (b", "S", 1, ProcessLife.Alive)]
    [TestCase("x y", "T", 1, ProcessLife.Alive)]
    [TestCase("disk", "D", 1, ProcessLife.Alive)]
    [TestCase("gone", "Z", 1, ProcessLife.Zombie)]
    [TestCase("its first thread has ended", "Z", 2, ProcessLife.Alive)]
    public void A_line_of_proc_is_read_whatever_the_programs_name(string name, string state, int threads, ProcessLife life)
    {
        var line = $"42 ({name}) {state} 7 42 41 0 -1 4194304 100 0 0 0 11 22 0 0 20 0 {threads} 0 987654 1000000 321 18446744073709551615 1 1 0 0\n";

        Assert.That(ProcessState.Parse(line), Is.EqualTo(new ProcessState(life, Parent: 7, Session: 41, StartTime: 987654, ResidentPages: 321, ProcessorTicks: 33)));
    }

    [TestCase("")]
    [TestCase("42 (cat) R 7")]
    public void A_text_that_is_cut_is_no_process(string line) => Assert.That(ProcessState.Parse(line), Is.Null);
}
