namespace Topology.Cluster.Tests;

public sealed class ProcessExitTests
{
    // As wait(2) encodes them.
    [TestCase(0x0000, 0, null)]
    [TestCase(0x0700, 7, null)]
    [TestCase(0xFF00, 255, null)]
    [TestCase(0x0009, null, 9)]
    [TestCase(0x0086, null, 6)]
    public void A_status_says_code_or_signal(int status, int? code, int? signal) =>
        Assert.That(ProcessExit.OfStatus(status), Is.EqualTo(new ProcessExit { Code = code, Signal = signal }));

    [TestCase(0x0000, "ended with exit code 0")]
    [TestCase(0x0700, "ended with exit code 7")]
    [TestCase(0x9600, "ended with exit code 150: the .NET runtime that it needs is not installed; its log names the version")]
    [TestCase(0x8F00, "ended with exit code 143: as programs say that ended by SIGTERM")]
    [TestCase(0x0009, "was ended by SIGKILL: by a kill -9, or by the system for want of memory (the kernel's log, dmesg, says so then)")]
    [TestCase(0x008B, "was ended by SIGSEGV: native code went wrong")]
    public void An_end_is_told_with_its_likely_cause(int status, string text) => Assert.That(ProcessExit.OfStatus(status).ToString(), Is.EqualTo(text));

    [Test]
    public void What_is_not_known_is_not_made_up()
    {
        Assert.That(ProcessExit.Unknown.IsKnown, Is.False);
        Assert.That(ProcessExit.Unknown.ToString(), Does.StartWith("ended"));
    }
}
