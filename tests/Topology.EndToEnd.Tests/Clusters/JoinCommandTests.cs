using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary><c>topology token</c> and <c>topology join</c> as people use them: what goes well, and what is said where it does not.</summary>
public sealed class JoinCommandTests
{
    private DaemonUnderTest _cluster = null!;

    [SetUp]
    public void Make() => _cluster = new DaemonUnderTest();

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task A_token_is_good_once_and_its_secret_is_nowhere_but_in_the_key_files()
    {
        await UpAsync("--listen", "tcp://127.0.0.1:0");
        var token = await TokenAsync("token");
        var joined = await JoinAsync("token", "other");
        Assert.That((joined.Code, joined.Out), Is.EqualTo((0, "other\n")), joined.Error);
        Assert.That((await _cluster.RunAsync("supervisors", "-o", "name")).Out, Is.EqualTo("local\nother\n"));

        var second = await JoinAsync("token", "second");
        Assert.That(second.Code, Is.EqualTo(7));
        Assert.That(second.Error, Does.StartWith("error: The token was used before, and each is good for one supervisor. Supervisor other has joined with it.\n  try: "));

        Assert.That(JoinToken.TryParse(token, out var parsed), Is.True);
        var secret = Convert.ToHexStringLower(parsed!.Secret);
        var files = new[] { _cluster.Data, _cluster.PathOf("other") }.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        foreach (var file in files.Where(f => Path.GetFileName(f) != "lock"))
            Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain(secret).And.Not.Contain(token), file);
        foreach (var key in new[] { Path.Combine(_cluster.Data, "control.key"), Path.Combine(_cluster.PathOf("other"), "supervisor.key") })
            Assert.That(File.GetUnixFileMode(key), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(_cluster.Processes().Select(p => p.CommandLine), Has.None.Contains(token));
    }

    [Test]
    public async Task A_token_of_another_daemon_or_of_none_is_told_from_a_daemon_that_is_not_there()
    {
        await UpAsync("--listen", "tcp://127.0.0.1:0");
        Assert.That(JoinToken.TryParse(await TokenAsync("token"), out var good), Is.True);

        await WriteAsync("unknown", new JoinToken(good!.Endpoint, good.DaemonKey.Span, new byte[32]));
        var unknown = await JoinAsync("unknown", "other");
        Assert.That((unknown.Code, unknown.Error), Is.EqualTo((7, $"error: The daemon at {good.Endpoint} does not know the token: it was made long ago, or is no token of this daemon.\n  try: a new token, on the daemon's host: topology token\n")));

        using var another = new Messaging.NetMQCertificate();
        await WriteAsync("wrong", new JoinToken(good.Endpoint, another.PublicKey, good.Secret));
        var wrong = await JoinAsync("wrong", "other");
        Assert.That(wrong.Code, Is.EqualTo(7));
        Assert.That(wrong.Error, Does.StartWith($"error: What answers at {good.Endpoint} is not the daemon that the token is of: it has another key.\n"));

        // Port 1 is nobody's.
        await WriteAsync("nobody", new JoinToken("tcp://127.0.0.1:1", good.DaemonKey.Span, good.Secret));
        var nobody = await JoinAsync("nobody", "other");
        Assert.That((nobody.Code, nobody.Error.Split('\n')[0]), Is.EqualTo((6, "error: No daemon answers at tcp://127.0.0.1:1.")));

        Assert.That((await JoinAsync("token", "other")).Code, Is.Zero, "None of them has used the token up, or left anything that is in the way.");
    }

    [Test]
    public async Task Without_listen_there_are_no_tokens_and_without_a_token_nobody_joins()
    {
        await _cluster.UpAsync();
        var token = await _cluster.RunAsync("token");
        Assert.That((token.Code, token.Error), Is.EqualTo((4, "error: the daemon listens for no other hosts\n  try: topology down, then topology up --listen tcp://ADDRESS:PORT\n")));
        var join = await _cluster.RunAsync("join", "--detach", "--data", _cluster.PathOf("other"));
        Assert.That(join.Code, Is.EqualTo(2));
        Assert.That(join.Error, Does.Contain("belongs to no supervisor: a token is needed to join."));
    }

    private async Task UpAsync(params string[] arguments)
    {
        var answer = await _cluster.RunAsync(["up", "--detach", "--address", "http://127.0.0.1:0", .. arguments]);
        Assert.That(answer.Code, Is.Zero, $"{answer.Error}\n{_cluster.ReadLogs()}");
    }

    private async Task<string> TokenAsync(string file)
    {
        var answer = await _cluster.RunAsync("token");
        Assert.That(answer.Code, Is.Zero, answer.Error);
        await File.WriteAllTextAsync(_cluster.PathOf(file), answer.Out);
        return answer.Out.Trim();
    }

    private Task WriteAsync(string file, JoinToken token) => File.WriteAllTextAsync(_cluster.PathOf(file), token.ToText());

    private Task<CommandAnswer> JoinAsync(string file, string name) => _cluster.RunAsync("join", _cluster.PathOf(file), "--detach", "--name", name, "--data", _cluster.PathOf(name));
}
