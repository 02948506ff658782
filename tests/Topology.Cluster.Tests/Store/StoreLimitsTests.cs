namespace Topology.Cluster.Tests;

/// <summary>What others send is bounded and comes back as it was, or is refused.</summary>
public sealed class StoreLimitsTests
{
    private MemoryClusterStore _store = null!;

    [SetUp]
    public void Open()
    {
        _store = new MemoryClusterStore("test");
        _store.Write(writer => writer.AddTopology(Samples.Topology()));
    }

    [TearDown]
    public void Close() => _store.Dispose();

    [Test]
    public void Of_too_many_errors_the_oldest_go()
    {
        for (var n = 0; n < StoreLimits.ErrorsPerTopology + 5; n++) Add(Samples.Error($"error {n}"));

        var kept = Errors();

        Assert.That(kept, Has.Length.EqualTo(StoreLimits.ErrorsPerTopology));
        Assert.That((kept[0].Message, kept[^1].Message), Is.EqualTo(("error 5", "error 204")));
    }

    [Test]
    public void An_error_that_repeats_itself_within_a_minute_is_counted()
    {
        Add(Samples.Error("a"));
        Add(Samples.Error("b", task: 2, seconds: 1));
        Add(Samples.Error("a", seconds: 59));
        Assert.That(Errors().Select(error => (error.Message, error.Count)), Is.EqualTo(new[] { ("a", 2L), ("b", 1L) }));
        Assert.That(Errors()[0].LastAt - Errors()[0].FirstAt, Is.EqualTo(TimeSpan.FromSeconds(59)));

        Add(Samples.Error("a", seconds: 60));
        Add(Samples.Error("c", seconds: 61));
        Add(Samples.Error("a", seconds: 62));

        Assert.That(Errors().Select(error => error.Message), Is.EqualTo(new[] { "a", "b", "a", "c", "a" }));
    }

    [Test]
    public void Errors_of_no_topology_are_dropped()
    {
        Add(Samples.Error("a", topology: "none"));

        Assert.That(_store.Read(reader => reader.Errors("none")), Is.Empty);
    }

    [Test]
    public void Long_and_broken_texts_of_errors_are_cut()
    {
        Add(Samples.Error(new string('m', 1_023) + "\U0001F600") with { Detail = "\0a\uD800b" });

        Assert.That(Errors()[0].Message, Is.EqualTo(new string('m', 1_023)), "no half of a pair is left");
        Assert.That(Errors()[0].Detail, Is.EqualTo("\uFFFDa\uFFFDb"));
    }

    [Test]
    public void Supervisors_have_a_limit_and_those_that_are_there_can_still_be_seen()
    {
        _store.Write(writer =>
        {
            for (var n = 0; n < StoreLimits.Supervisors; n++) writer.PutSupervisor(Samples.Supervisor($"s{n}"));
        });

        Assert.That(() => _store.Write(writer => writer.PutSupervisor(Samples.Supervisor("one more"))), Throws.InstanceOf<StoreConflictException>());
        _store.Write(writer => writer.PutSupervisor(Samples.Supervisor("s7") with { Slots = 99 }));
        Assert.That(_store.Read(reader => reader.Supervisor("s7"))?.Slots, Is.EqualTo(99));
        Assert.That(_store.Write(writer => (writer.RemoveSupervisor("s7"), writer.RemoveSupervisor("s7"))), Is.EqualTo((true, false)));
    }

    private static readonly TopologyRecord[] Unfit =
    [
        Samples.Topology(""), Samples.Topology("a\nb"), Samples.Topology("a\uD800"), Samples.Topology(new string('a', 201)), Samples.Topology("b", ""),
        Samples.Topology("b") with { Upload = "../../etc/passwd" }, Samples.Topology("b") with { Upload = new string('a', 63) + "\n" }, Samples.Topology("b") with { Upload = new string('A', 64) },
        Samples.Topology("b") with { Class = "" }, Samples.Topology("b") with { Workers = 0 }, Samples.Topology("b") with { Generation = -1 }, Samples.Topology("b") with { State = (TopologyState)99 },
        Samples.Topology("b") with { Plan = Samples.Plan with { Components = [new("", ComponentKind.Bolt, 1, 1, 1, false)] } }, Samples.Topology("b") with { RebalanceTo = 0 }, Samples.Topology("b") with { RestartsWithoutProgress = -1 },
        Samples.Topology("b") with { Settings = Samples.Settings(("a", "\0")) }, Samples.Topology("b") with { Settings = Samples.Settings(("a", new string('x', 1_000_000))) },
    ];

    [Test]
    public void An_unfit_topology_is_refused([Range(0, 16)] int which) =>
        Assert.That(() => _store.Write(writer => writer.AddTopology(Unfit[which])), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void A_secret_is_kept_as_a_hash_alone() =>
        Assert.That(() => _store.Write(writer => writer.PutSupervisor(Samples.Supervisor() with { PublicKey = "secret"u8.ToArray() })), Throws.ArgumentException);

    private void Add(ErrorRecord error) => _store.Write(writer => writer.AddError(error));

    private ErrorRecord[] Errors() => [.. _store.Read(reader => reader.Errors(Samples.Id))];
}
