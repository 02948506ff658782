using System.Text.Json;

namespace Topology.Cli.Tests;

public sealed class ContextCommandTests
{
    [Test]
    public async Task Contexts_are_added_chosen_listed_and_removed()
    {
        using var folder = new TempFolder();
        var program = Program(folder);

        Assert.That(await program.RunAsync("context", "add", "near", "--address", "http://127.0.0.1:7070", "--token-file", "/t/near"), Is.EqualTo(ExitCode.Success));
        Assert.That(await program.RunAsync("context", "add", "far", "--address", "https://far.example.org", "--token-file", "/t/far"), Is.EqualTo(ExitCode.Success));
        Assert.That(await program.RunAsync("context", "use", "far"), Is.EqualTo(ExitCode.Success));
        Assert.That(await program.RunAsync("context", "list"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Match(@"^context +address +token file\nfar +in use +https://far\.example\.org/ +/t/far\nnear +http://127\.0\.0\.1:7070/ +/t/near\n$"));
        Assert.That(await program.RunAsync("context", "remove", "far"), Is.EqualTo(ExitCode.Success));
        Assert.That(ContextFile.Of(program.Context).Entries.Select(e => e.Name), Is.EqualTo(["near"]));
        Assert.That(ContextFile.Of(program.Context).Current, Is.Null);
    }

    [Test]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "Rights are those of Unix.")]
    public async Task The_file_is_its_owners_alone_and_nothing_else_is_left()
    {
        using var folder = new TempFolder();
        var program = Program(folder);
        await program.RunAsync("context", "add", "near", "--address", "http://127.0.0.1:7070", "--token-file", "token");

        var path = Path.Combine(folder.Path, "topology", "contexts.json");
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(path)!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo([path]));
        var entry = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("contexts").GetProperty("near");
        Assert.That(entry.GetProperty("tokenFile").GetString(), Is.EqualTo(Path.GetFullPath("token")), "whatever folder a command is run in");
        Assert.That(program.Error, Does.Contain("warning: there is no file ").And.Contain("near is added, and in use\n"));
    }

    [TestCase("context add near", "add needs --address and --token-file", ExitCode.Usage)]
    [TestCase("context add a/b --address http://a --token-file t", "'a/b' is no name of a context", ExitCode.Usage)]
    [TestCase("context add far --address http://a --token-file t", "there is a context 'far' already", ExitCode.Conflict)]
    [TestCase("context use fra", "no context 'fra'; did you mean 'far'?", ExitCode.NotFound)]
    [TestCase("context remove near", "no context 'near'", ExitCode.NotFound)]
    [TestCase("context use", "CONTEXT is missing", ExitCode.Usage)]
    [TestCase("context lsit", "no action 'lsit'; did you mean 'list'?", ExitCode.Usage)]
    [TestCase("list --context fra", "no context 'fra'; did you mean 'far'?", ExitCode.NotFound)]
    public async Task What_does_not_go_is_one_line(string args, string problem, int exitCode)
    {
        using var folder = new TempFolder();
        var program = Program(folder);
        ContextFile.Of(program.Context).Add(new ContextEntry("far", new Uri("http://far"), "/t/far", false)).Save();

        Assert.That(await program.RunAsync(args.Split(' ')), Is.EqualTo(exitCode));
        Assert.That(program.Error, Does.StartWith("error: " + problem));
    }

    [Test]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        using var folder = new TempFolder();
        var program = Program(folder);
        var path = folder.Write("topology/contexts.json", "{ not json");

        Assert.That(await program.RunAsync("list"), Is.EqualTo(ExitCode.Lost));
        Assert.That(program.Error, Does.StartWith($"error: {path} cannot be read: ").And.Contain($"\n  try: mend or remove {path}\n"));
    }

    private static TestProgram Program(TempFolder folder)
    {
        var program = TestProgram.WithoutOwn;
        program.Variables["XDG_CONFIG_HOME"] = folder.Path;
        return program;
    }
}
