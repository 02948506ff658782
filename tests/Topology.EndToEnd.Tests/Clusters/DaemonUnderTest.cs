using System.Diagnostics;
using Topology.Cluster;
using Topology.Web;

namespace Topology.EndToEnd.Tests;

/// <summary>A daemon in a process of its own, used by the command line as people use it; its data, sockets and contexts are a test's own.</summary>
internal sealed class DaemonUnderTest : TestCluster
{
    private static readonly UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ClusterClient? _client;

    public DaemonUnderTest() => Directory.CreateDirectory(Runtime, Private);

    public override IClusterService Service
    {
        get
        {
            if (_client is null || _client.Url != DaemonFile.Read(Data)?.Url)
            {
                _client?.Dispose();
                _client = ClusterClient.OfDataDirectory(Data);
            }

            return _client;
        }
    }

    /// <summary>The daemon's process, as it said of itself.</summary>
    public WatchedProcess Daemon => WatchedProcess.Adopt(DaemonFile.Read(Data)!.Process);

    /// <summary>Where the daemon listens.</summary>
    public string Address => DaemonFile.Read(Data)!.Url.ToString();

    /// <summary>The folder of its sockets.</summary>
    public string Sockets => Path.Combine(Runtime, "topology");

    private string Runtime => PathOf("r");

    /// <summary>Starts the daemon in the background, at a free port.</summary>
    public async Task UpAsync()
    {
        var answer = await RunAsync("up", "--detach", "--address", "http://127.0.0.1:0");
        Assert.That(answer.Code, Is.Zero, $"{answer.Error}\n{ReadLogs()}");
    }

    /// <summary>Runs a command of the command line in a process, and waits for its end.</summary>
    public async Task<CommandAnswer> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(DotNetHost.Find(), ["exec", Path.Combine(AppContext.BaseDirectory, "Topology.Cli.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = PathOf(""),
            Environment =
            {
                ["TOPOLOGY_HOME"] = Data,
                ["TOPOLOGY_CONTEXT"] = null,
                ["XDG_RUNTIME_DIR"] = Runtime,
                ["XDG_CONFIG_HOME"] = PathOf("config"),
            },
        })!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        finally
        {
            // One that waits for ever, and may not say in its command line whose it is.
            process.Kill();
        }

        return new CommandAnswer(process.ExitCode, await output.WaitAsync(Limit), await error.WaitAsync(Limit));
    }

    protected override Task EndAsync()
    {
        _client?.Dispose();
        return Task.CompletedTask;
    }
}
