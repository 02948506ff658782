namespace Topology.EndToEnd.Tests;

/// <summary>Each documented exit code of the command line, by a command that earns it.</summary>
public sealed class ExitCodeTests
{
    [Test]
    public async Task Each_exit_code_is_earned()
    {
        await using var cluster = new DaemonUnderTest();
        var relay = BuiltTopology.Of("RelayTopology").Path;
        Directory.CreateDirectory(cluster.PathOf("relay"));
        await cluster.UpAsync();
        var address = cluster.Address;

        await ExpectAsync(0, "", "list");
        await ExpectAsync(2, "no such file or folder", "submit", "nowhere");
        await ExpectAsync(2, "--nonsense", "list", "--nonsense");
        await ExpectAsync(3, "no topology 'none'", "describe", "none");
        await ExpectAsync(3, "no topology 'none'", "kill", "none");
        await ExpectAsync(5, "thrown in Build on purpose", "submit", relay, "ThrowingTopology", "--set", "where=build");
        await ExpectAsync(6, "topology up", "list", "--address", "http://127.0.0.1:1");
        var other = cluster.PathOf("other");
        Directory.CreateDirectory(other, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using (var second = new FileStream(Path.Combine(other, "token"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            await second.WriteAsync(new string('0', 64).Select(c => (byte)c).ToArray());
        await ExpectAsync(7, "token", "list", "--address", address, "--data", other);

        string[] submit = ["submit", relay, "RelayTopology", "--name", "relay", "--set", $"folder={cluster.PathOf("relay")}", "--wait", "completed"];
        await ExpectAsync(8, "it goes on", [.. submit, "--timeout", "100ms"]);
        await ExpectAsync(4, "relay", submit);
        var waiting = cluster.RunAsync([.. submit, "--name", "second"]);
        await cluster.UntilAsync(() => cluster.Service.ListAsync().Result.Any(t => t.Name == "second" && t.State == "active"), "the second to run");
        await ExpectAsync(0, "", "kill", "--now", "relay", "second");
        var killed = await waiting;
        Assert.That((killed.Code, killed.Error), Is.EqualTo((1, killed.Error)), "Killed while it was waited for.");

        await ExpectAsync(9, "thrown in Open on purpose", "submit", relay, "ThrowingTopology", "--set", "where=open", "--set", "restart.limit=0", "--wait", "running");
        await ExpectAsync(0, "", "down");
        await ExpectAsync(6, "topology up", "list");
        Assert.That(cluster.Processes(), Is.Empty);

        async Task ExpectAsync(int code, string error, params string[] arguments)
        {
            var answer = await cluster.RunAsync(arguments);
            Assert.That(answer.Code, Is.EqualTo(code), $"{string.Join(' ', arguments)}\n{answer.Error}");
            Assert.That(answer.Error, Does.Contain(error));
            Assert.That(answer.Error, Does.Not.Contain("   at "), "No stack trace.");
        }
    }
}
