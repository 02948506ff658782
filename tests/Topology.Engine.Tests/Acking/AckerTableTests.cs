namespace Topology.Engine.Tests;

public sealed class AckerTableTests
{
    private const ulong First = 1_000;

    private readonly List<ulong> _overdue = [];

    [Test]
    public void A_tree_is_complete_with_its_last_ack()
    {
        var table = new AckerTable(8, First);
        Assert.That(table.Init(First, 5 ^ 9, 0, out _, out _), Is.False);
        Assert.That(table.Ack(First, 5), Is.False);
        Assert.That(table.Ack(First, 9), Is.True);
        Assert.That(table.Open, Is.Zero);
    }

    [Test]
    public void A_tree_without_edges_is_complete_with_its_init()
    {
        var table = new AckerTable(8, First);
        Assert.That(table.Init(First, 0, 0, out var failed, out _), Is.True);
        Assert.That(failed, Is.False);
        Assert.That(table.Open, Is.Zero);
    }

    [Test]
    public void Acks_that_come_before_the_init_are_kept_for_it()
    {
        var table = new AckerTable(8, First);
        Assert.That(table.Ack(First + 3, 7), Is.False);
        Assert.That(table.Ack(First + 3, 7 ^ 2), Is.False);
        Assert.That(table.Init(First, 1, 0, out _, out _), Is.False);
        Assert.That(table.Init(First + 3, 2, 0, out _, out _), Is.True);
        Assert.That(table.Late, Is.Zero);
    }

    [Test]
    public void Early_acks_whose_XOR_is_0_do_not_complete_a_tree()
    {
        var table = new AckerTable(8, First);
        table.Ack(First, 4);
        Assert.That(table.Ack(First, 4), Is.False);
        Assert.That(table.Init(First, 6, 0, out _, out _), Is.False);
        Assert.That(table.Ack(First, 6), Is.True);
    }

    [Test]
    public void A_tree_that_failed_before_its_init_fails_with_it_for_the_first_reason()
    {
        var table = new AckerTable(8, First);
        Assert.That(table.Fail(First, 77), Is.False);
        Assert.That(table.Fail(First, 78), Is.False);
        Assert.That(table.Ack(First, 5), Is.False);
        Assert.That(table.Init(First, 5, 0, out var failed, out var code), Is.False);
        Assert.That((failed, code), Is.EqualTo((true, 77UL)));
        Assert.That(table.Open, Is.Zero);
    }

    [Test]
    public void A_fail_after_early_acks_keeps_its_reason()
    {
        var table = new AckerTable(8, First);
        table.Ack(First, 3);
        table.Fail(First, 77);
        table.Ack(First, 3);
        table.Init(First, 5, 0, out var failed, out var code);
        Assert.That((failed, code), Is.EqualTo((true, 77UL)));
    }

    [Test]
    public void An_open_tree_fails_once()
    {
        var table = new AckerTable(8, First);
        table.Init(First, 5, 0, out _, out _);
        Assert.That(table.Fail(First, 77), Is.True);
        Assert.That(table.Fail(First, 77), Is.False);
        Assert.That(table.Ack(First, 5), Is.False);
        Assert.That((table.Late, table.Open), Is.EqualTo((2L, 0)));
    }

    [Test]
    public void Messages_for_closed_trees_are_counted_and_take_no_room()
    {
        var table = new AckerTable(8, First);
        for (var sequence = First; sequence < First + 8; sequence++)
        {
            table.Init(sequence, 5, 0, out _, out _);
            table.Ack(sequence, 5);
        }

        for (var sequence = First - 20; sequence < First + 8; sequence++)
        {
            Assert.That(table.Ack(sequence, 5), Is.False);
            Assert.That(table.Fail(sequence, 5), Is.False);
            table.Reset(sequence, 3);
        }

        Assert.That((table.Late, table.Open), Is.EqualTo((84L, 0)));
    }

    [Test]
    public void A_tree_is_overdue_21_steps_after_its_init_and_not_before([Values(0, 100, 250)] int stamp)
    {
        var table = new AckerTable(8, First);
        table.Init(First, 5, (byte)stamp, out _, out _);
        for (var step = 0; step <= AckerTable.StepsPerTimeout; step++) Assert.That(Sweep(table, stamp + step), Is.Empty);
        Assert.That(Sweep(table, stamp + AckerTable.StepsPerTimeout + 1), Is.EqualTo(new[] { First }));
        Assert.That(table.Open, Is.Zero);
        Assert.That(table.Ack(First, 5), Is.False);
        Assert.That(table.Late, Is.EqualTo(1));
    }

    [Test]
    public void A_reset_gives_a_tree_another_21_steps_also_before_its_init_of_early_messages()
    {
        var table = new AckerTable(8, First);
        table.Init(First, 5, 10, out _, out _);
        table.Ack(First + 1, 9);
        table.Reset(First, 25);
        table.Reset(First + 1, 25);
        table.Init(First + 1, 5, 30, out _, out _);
        Assert.That(Sweep(table, 45), Is.Empty);
        Assert.That(Sweep(table, 46), Is.EqualTo(new[] { First }));
        Assert.That(Sweep(table, 50), Is.Empty);
        Assert.That(Sweep(table, 51), Is.EqualTo(new[] { First + 1 }));
    }

    [Test]
    public void What_waits_for_its_init_is_never_overdue()
    {
        var table = new AckerTable(8, First);
        table.Ack(First, 5);
        table.Fail(First + 1, 5);
        Assert.That(Sweep(table, 100), Is.Empty);
        Assert.That(table.Open, Is.EqualTo(2));
    }

    [Test]
    public void A_sweep_goes_through_the_table_piece_by_piece()
    {
        _overdue.Clear();
        var table = new AckerTable(64, 0);
        for (var sequence = 0UL; sequence < 64; sequence++) table.Init(sequence, 5, 0, out _, out _);
        Assert.That(table.Sweep(21, 40, _overdue), Is.False);
        Assert.That(_overdue, Has.Count.EqualTo(40));
        Assert.That(table.Sweep(21, 40, _overdue), Is.True);
        Assert.That(_overdue, Is.EquivalentTo(Enumerable.Range(0, 64).Select(i => (ulong)i)));
        table.Init(64, 5, 100, out _, out _);
        Assert.That(table.Sweep(121, 40, _overdue), Is.False);
        Assert.That(_overdue, Has.Count.EqualTo(65));
    }

    [Test]
    public void Clearing_forgets_every_tree_up_to_the_last_and_drops_what_still_comes_for_them()
    {
        var table = new AckerTable(8, First);
        table.Init(First, 5, 0, out _, out _);
        table.Init(First + 1, 5, 0, out _, out _);
        table.Ack(First + 2, 5);
        table.Clear(First + 2);
        Assert.That(table.Open, Is.Zero);
        Assert.That(table.Ack(First, 5), Is.False);
        Assert.That(table.Ack(First + 2, 5), Is.False);
        Assert.That(table.Open, Is.Zero);
    }

    /// <summary>A bolt's lane may be read before the restarted spout's own: what it says about a new tree must not be forgotten with the old ones.</summary>
    [Test]
    public void Clearing_keeps_what_came_early_for_the_trees_of_the_spout_s_next_life()
    {
        var table = new AckerTable(8, First);
        table.Init(First, 5, 0, out _, out _);
        var fresh = First + RootId.Incarnation;
        table.Ack(fresh, 9);
        table.Fail(fresh + 1, 77);
        table.Clear(First);
        Assert.That(table.Init(fresh, 9, 0, out _, out _), Is.True);
        Assert.That(table.Init(fresh + 1, 9, 0, out var failed, out _), Is.False);
        Assert.That(failed, Is.True);
    }

    /// <summary>Around a restart a dropped tree and a new one may meet in one slot, in any order of their messages.</summary>
    [Test]
    public void What_came_early_for_a_later_tree_gives_way_to_nothing_of_a_dropped_one_in_its_slot()
    {
        var fresh = First + RootId.Incarnation;
        Action<AckerTable>[] ofTheDropped =
        [
            table => table.Init(First, 5, 0, out _, out _),
            table => table.Ack(First, 5),
            table => table.Fail(First, 77),
            table => table.Reset(First, 5),
        ];
        foreach (var message in ofTheDropped)
        {
            var table = new AckerTable(8, First);
            table.Ack(fresh, 9);
            message(table);
            table.Clear(First);
            Assert.That(table.Init(fresh, 9, 0, out var failed, out _), Is.True);
            Assert.That(failed, Is.False);
        }
    }

    private List<ulong> Sweep(AckerTable table, int now)
    {
        _overdue.Clear();
        table.Sweep((byte)now, int.MaxValue, _overdue);
        return _overdue;
    }
}
