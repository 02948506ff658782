using System.ComponentModel;
using System.Diagnostics;

namespace Topology.Messaging.Tests;

/// <summary>Debian's implementation of MessagePack, python3-msgpack, in a child process: nobody here has had a hand in it.</summary>
internal static class Python
{
    // Debian's own comes first: another Python on the path does not see Debian's packages.
    private static readonly string[] Candidates = ["/usr/bin/python3", "python3"];

    private static readonly Lazy<string?> Found = new(() => Array.Find(Candidates, HasMessagePack));

    /// <summary>Runs a script, which has <c>msgpack</c> and <c>struct</c>, and returns the lines that it prints. The test is ignored where there is no such Python.</summary>
    public static string[] Run(string script)
    {
        if (Found.Value is not { } python)
        {
            Assert.Ignore("There is no python3 with msgpack here: sudo apt-get install python3-msgpack, or as root tools/setup.sh --for-tests.");
            return [];
        }

        var (exitCode, output, errors) = Start(python, "import msgpack, struct\n" + script);
        Assert.That(exitCode, Is.Zero, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool HasMessagePack(string python)
    {
        try
        {
            return Start(python, "import msgpack\nassert msgpack.version >= (1, 0)\n").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output, string Errors) Start(string python, string script)
    {
        var start = new ProcessStartInfo(python, ["-I", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var process = Process.Start(start)!;
        // All of the script is read before anything is printed, and errors are few.
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
