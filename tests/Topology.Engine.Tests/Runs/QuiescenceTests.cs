namespace Topology.Engine.Tests;

public sealed class QuiescenceTests
{
    private readonly Queue<int> _toEmit = new();
    private readonly List<HeldTuple> _held = [];
    private BoltOutput _output = null!;
    private BoltContext _context = null!;
    private bool _holds;
    private Simulation _simulation = null!;
    private Quiescence _quiescence = null!;

    [SetUp]
    public void SetUp()
    {
        _toEmit.Clear();
        _held.Clear();
        _holds = false;
        _simulation = new Simulation(topology =>
        {
            // Untracked, so that nothing but this tells that rows are on their way.
            topology.Options = topology.Options with { EventLoops = 2, Delivery = Delivery.AtMostOnce };
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (_toEmit.TryDequeue(out var number)) output.Emit(number, number);
            }));
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) =>
            {
                _output = output;
                if (_holds) _held.Add(output.Hold(tuple));
                else output.Ack(tuple);
            })
            { Prepared = context => _context = context }).ShuffleGrouping("spout");
        }).Start();
        _simulation.Settle();
        _quiescence = new Quiescence(_simulation.Worker);
    }

    [Test]
    public void It_takes_two_looks_that_agree()
    {
        Assert.That(_quiescence.Look(), Is.False);
        Assert.That(_quiescence.Look(), Is.True);
        _quiescence.Reset();
        Assert.That(_quiescence.Look(), Is.False);
    }

    [Test]
    public void What_happened_between_two_looks_is_seen_although_it_has_settled()
    {
        _quiescence.Look();
        Emit(3);
        _simulation.Settle();
        Assert.That(_quiescence.Look(), Is.False);
        Assert.That(_quiescence.Look(), Is.True);
    }

    [Test]
    public void A_row_on_its_way_is_seen()
    {
        Emit(1);
        // The spout has its turn and the bolt has not.
        var spoutLoop = _simulation.Worker.Spouts[0].Home;
        while (_toEmit.Count > 0) spoutLoop.RunOnce();
        Assert.That(_simulation.Worker.Bolts[0].Home, Is.Not.SameAs(spoutLoop));
        for (var i = 0; i < 3; i++) Assert.That(_quiescence.Look(), Is.False);
        _simulation.Settle();
        _quiescence.Look();
        Assert.That(_quiescence.Look(), Is.True);
    }

    [Test]
    public void A_held_tuple_is_seen_until_it_is_answered_for()
    {
        _holds = true;
        Emit(1);
        _simulation.Settle();
        for (var i = 0; i < 3; i++) Assert.That(_quiescence.Look(), Is.False);
        _output.Ack(_held[0]);
        Assert.That(_quiescence.Look(), Is.True);
    }

    [Test]
    public void Posted_work_is_seen()
    {
        _quiescence.Look();
        _context.Post(() => { });
        Assert.That(_quiescence.Look(), Is.False);
        _simulation.Settle();
        Assert.That(_quiescence.Look(), Is.True);
    }

    private void Emit(int tuples)
    {
        for (var i = 0; i < tuples; i++) _toEmit.Enqueue(i);
        _simulation.Time.Advance(TimeSpan.FromMilliseconds(20));
    }
}
