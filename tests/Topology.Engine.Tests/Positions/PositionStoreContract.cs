namespace Topology.Engine.Tests;

/// <summary>What every store of positions promises.</summary>
public abstract class PositionStoreContract
{
    private static readonly PositionKey Key = new("ingest", "lines", 0);

    private IPositionStore _store = null!;

    protected abstract IPositionStore Create();

    [SetUp]
    public void CreateStore() => _store = Create();

    [Test]
    public void A_key_that_was_never_written_has_no_position() => Assert.That(_store.Read(Key), Is.Null);

    [Test]
    public async Task A_position_is_read_as_it_was_written()
    {
        Assert.That(await Commit(7, 42, 1, 2, 3), Is.EqualTo(PositionOutcome.Written));
        Assert.That(_store.Read(Key)!.Value.Incarnation, Is.EqualTo(7));
        ShouldBe(42, 1, 2, 3);
    }

    [Test]
    public async Task A_position_moves_forwards_and_never_backwards()
    {
        await Commit(1, 5, 5);
        Assert.That(await Commit(1, 6, 6), Is.EqualTo(PositionOutcome.Written));
        Assert.That(await Commit(1, 5, 5), Is.EqualTo(PositionOutcome.Backwards));
        Assert.That(await Commit(2, 5, 5), Is.EqualTo(PositionOutcome.Backwards), "nor by a newer incarnation");
        ShouldBe(6, 6);
    }

    [Test]
    public async Task The_same_number_may_be_written_again()
    {
        await Commit(1, 5, 5);
        Assert.That(await Commit(1, 5, 5), Is.EqualTo(PositionOutcome.Written));
        ShouldBe(5, 5);
    }

    [Test]
    public async Task An_older_incarnation_is_refused_however_far_it_is()
    {
        await Commit(2, 5, 5);
        Assert.That(await Commit(1, 100, 1), Is.EqualTo(PositionOutcome.OldIncarnation));
        ShouldBe(5, 5);
        Assert.That(await Commit(3, 6, 6), Is.EqualTo(PositionOutcome.Written));
        Assert.That(await Commit(2, 7, 7), Is.EqualTo(PositionOutcome.OldIncarnation));
        ShouldBe(6, 6);
    }

    [Test]
    public async Task Keys_that_differ_in_anything_are_apart()
    {
        PositionKey[] keys = [Key, Key with { Topology = "other" }, Key with { Component = "other" }, Key with { TaskIndex = 1 }];
        foreach (var (number, key) in keys.Index()) await _store.CommitAsync(key, 1, new SpoutPosition(number));
        Assert.That(keys.Select(key => _store.Read(key)!.Value.Position.Number), Is.EqualTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public async Task The_longest_payload_and_none_fit()
    {
        foreach (var (number, length) in new[] { 0, SpoutPosition.MaxPayloadBytes }.Index())
        {
            var payload = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
            await Commit(1, number, payload);
            ShouldBe(number, payload);
        }
    }

    private Task<PositionOutcome> Commit(long incarnation, long number, params byte[] payload) => _store.CommitAsync(Key, incarnation, new SpoutPosition(number, payload));

    private void ShouldBe(long number, params byte[] payload)
    {
        var position = _store.Read(Key)!.Value.Position;
        Assert.That(position.Number, Is.EqualTo(number));
        Assert.That(position.Payload.ToArray(), Is.EqualTo(payload));
    }
}
