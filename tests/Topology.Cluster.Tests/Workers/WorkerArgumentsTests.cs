namespace Topology.Cluster.Tests;

public sealed class WorkerArgumentsTests
{
    private static readonly WorkerArguments Plain = new(new WorkerKey("wc-1", 2, 7), "local", "ipc:///s/control", "/s", "/l", "worker-2", LinkTransport.Both, TimeSpan.FromSeconds(30));

    [Test]
    public void Arguments_are_read_as_they_were_written()
    {
        foreach (var arguments in new[] { Plain, Plain with { Links = LinkTransport.Ipc, Address = "10.0.0.5", DaemonKey = new string('a', 64), Supervisor = "ipc:///s/other", Code = "/data/code = here" } })
            Assert.That(WorkerArguments.Parse(arguments.ToArguments().Skip(1)), Is.EqualTo(arguments));
    }

    [Test]
    public void A_worker_is_reached_by_ipc_from_its_own_host_and_by_tcp_from_others()
    {
        var endpoint = new WorkerEndpoint("tcp://10.0.0.5:20001", "tcp://10.0.0.5:20002", new string('a', 64)) { Near = ("ipc:///d", "ipc:///c") };
        Assert.That(WorkerEndpoint.TryParse(endpoint.ToString(), out var read), Is.True);
        Assert.That(read, Is.EqualTo(endpoint));
        Assert.That(endpoint.ToPeer(1, 7, isNear: true), Is.EqualTo(new Messaging.LinkPeer(1, 7, "ipc:///d", "ipc:///c")));
        Assert.That(endpoint.ToPeer(1, 7, isNear: false).DataEndpoint, Is.EqualTo("tcp://10.0.0.5:20001"));
        Assert.That(endpoint.ToPeer(1, 7, isNear: false).Key, Is.Not.Null);
        Assert.That(() => new WorkerEndpoint("ipc:///d", "ipc:///c", null).ToPeer(1, 7, isNear: false), Throws.InstanceOf<TopologyException>(), "Nobody else reaches it.");
    }
}
