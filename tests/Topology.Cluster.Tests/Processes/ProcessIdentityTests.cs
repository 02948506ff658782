namespace Topology.Cluster.Tests;

public sealed class ProcessIdentityTests
{
    [Test]
    public void An_identity_survives_as_text()
    {
        var identity = ProcessIdentity.Current;

        Assert.That(ProcessIdentity.TryParse(identity.ToString(), out var read), Is.True);
        Assert.That(read, Is.EqualTo(identity));
        Assert.That(read.Life, Is.EqualTo(ProcessLife.Alive));
        Assert.That(read.Id, Is.EqualTo(Environment.ProcessId));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("12")]
    [TestCase("12@34")]
    [TestCase("0@34@boot")]
    [TestCase("-1@34@boot")]
    [TestCase("12@x@boot")]
    [TestCase("12@34@boot@more")]
    public void Another_text_is_no_identity(string? text) => Assert.That(ProcessIdentity.TryParse(text, out _), Is.False);

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public void An_id_that_no_process_has_has_no_identity(int id) => Assert.That(ProcessIdentity.Of(id), Is.Null);
}
