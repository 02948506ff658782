using Topology.Messaging;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>Who may join with a token, and when. In manual time.</summary>
public sealed class JoinTokensTests : ZmqFixture
{
    private static readonly string Mine = new('a', 64);
    private static readonly string Others = new('b', 64);

    private ManualTime _time = null!;
    private MemoryClusterStore _store = null!;
    private JoinTokens _tokens = null!;
    private string? _led;

    [SetUp]
    public void Open()
    {
        _led = null;
        _time = new ManualTime();
        _store = new MemoryClusterStore("cluster");
        _tokens = new JoinTokens(_store, LeaseTimes.Default, _time, id => id == _led);
    }

    [TearDown]
    public void Close() => _store.Dispose();

    [Test]
    public async Task A_token_is_good_for_one_supervisor()
    {
        var token = await MakeAsync();
        Assert.That(await JoinAsync(token, Mine), Is.EqualTo(new HostOrder.Joined("host", _store.ClusterId, LeaseTimes.Default)));
        Assert.That(await JoinAsync(token, Others), Is.EqualTo(new HostOrder.Refused(JoinRefusal.Used, "Supervisor host has joined with it.")));
        Assert.That(_store.Read(reader => reader.Supervisors()).Select(s => Convert.ToHexStringLower(s.PublicKey.Span)), Is.EqualTo(new[] { Mine }));
    }

    [Test]
    public async Task One_whose_answer_was_lost_gets_the_same_again_also_when_the_time_is_over()
    {
        var token = await MakeAsync();
        var first = await JoinAsync(token, Mine);
        _time.Advance(JoinTokens.Life);
        Assert.That(await JoinAsync(token, Mine), Is.EqualTo(first));
        Assert.That(_store.Read(reader => reader.Supervisors()), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_name_of_one_that_was_forgotten_is_free_when_nobody_counts_on_it()
    {
        _led = "host";
        Assert.That(((HostOrder.Joined)await JoinAsync(await MakeAsync(), Mine)).Supervisor, Is.EqualTo("host-2"));
        _led = null;
        Assert.That(((HostOrder.Joined)await JoinAsync(await MakeAsync(), Others)).Supervisor, Is.EqualTo("host"));
    }

    [Test]
    public async Task A_token_is_good_for_an_hour_and_no_longer()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());
        _time.Advance(JoinTokens.Life - TimeSpan.FromTicks(1));
        Assert.That(await JoinAsync(first, Mine), Is.InstanceOf<HostOrder.Joined>());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That(await JoinAsync(second, Others), Is.InstanceOf<HostOrder.Refused>().With.Property(nameof(HostOrder.Refused.Reason)).EqualTo(JoinRefusal.Expired));
        Assert.That(await JoinAsync(Others, Others), Is.InstanceOf<HostOrder.Refused>(), "And there is no such token.");
        Assert.That(_store.Read(reader => reader.Supervisors()), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_is_kept_of_a_token_does_not_tell_its_secret()
    {
        var (token, record) = await _tokens.MakeAsync("tcp://10.0.0.5:7071", new byte[32]);
        var kept = string.Join('\n', StoreDump.Of(_store));
        Assert.That(kept, Does.Contain(record.PublicKey));
        Assert.That(kept, Does.Not.Contain(Convert.ToHexStringLower(token.Secret)).IgnoreCase);
        Assert.That(kept, Does.Not.Contain(Convert.ToBase64String(token.Secret)));
        Assert.That(Convert.ToHexStringLower(NetMQCertificate.CreateFromSecretKey(token.Secret).PublicKey), Is.EqualTo(record.PublicKey));
    }

    [TestCase("rack-3", ExpectedResult = "rack-3")]
    [TestCase("local", ExpectedResult = "local-2")]
    [TestCase("../../etc", ExpectedResult = "etc")]
    [TestCase("näme of\nhost", ExpectedResult = "nmeofhost")]
    [TestCase("", ExpectedResult = "host")]
    public async Task<string> A_supervisor_gets_the_name_that_it_wishes_as_far_as_that_can_be_one(string wish) => ((HostOrder.Joined)await JoinAsync(await MakeAsync(), Mine, wish)).Supervisor;

    [Test]
    public async Task Two_of_a_name_are_told_apart_and_one_that_joins_again_keeps_its_own()
    {
        await JoinAsync(await MakeAsync(), Mine);
        Assert.That(((HostOrder.Joined)await JoinAsync(await MakeAsync(), Others)).Supervisor, Is.EqualTo("host-2"));
        Assert.That(((HostOrder.Joined)await JoinAsync(await MakeAsync(), Mine)).Supervisor, Is.EqualTo("host"));
    }

    [Test]
    public async Task A_token_is_known_for_a_day_beyond_its_time_and_then_forgotten()
    {
        var token = await MakeAsync();
        _time.Advance(JoinTokens.Life + JoinTokens.Memory);
        Assert.That(await _tokens.ForgetAsync(), Is.Empty);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That(await _tokens.ForgetAsync(), Is.EqualTo(new[] { token }));
        Assert.That(_tokens.Known, Is.Empty);
    }

    private async Task<string> MakeAsync() => (await _tokens.MakeAsync("tcp://10.0.0.5:7071", new byte[32])).Record.PublicKey;

    private Task<HostOrder> JoinAsync(string token, string key, string name = "host") => _tokens.UseAsync(token, new HostMessage.Join(key, name, "machine", 4));
}
