using System.ComponentModel;
using System.Diagnostics;

namespace Topology.Cli;

/// <summary>Builds a project and tells where its assembly is. Its output is shown only when it fails.</summary>
internal static class ProjectBuild
{
    /// <returns>The assembly's path.</returns>
    /// <exception cref="CommandException">It does not build.</exception>
    public static string Run(string project, CommandContext context)
    {
        project = Path.GetFullPath(project);
        var name = Path.GetFileNameWithoutExtension(project);
        string output, errors;
        int exitCode;
        using (Progress(context.Console, $"building {name} ..."))
        {
            try
            {
                (exitCode, output, errors) = Start(project);
            }
            catch (Win32Exception exception)
            {
                throw new CommandException(ExitCode.Invalid, $"'dotnet' cannot be started to build {name}: {exception.Message}", "the path of an assembly that is built", exception);
            }
        }

        var path = output.Trim();
        if (exitCode == 0 && File.Exists(path)) return path;
        if (exitCode == 0)
            throw new CommandException(ExitCode.Invalid, $"{name} builds no one assembly (does it have several target frameworks?)", "the path of the assembly to run");
        foreach (var line in (errors + output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Trim() != path || !Path.IsPathRooted(path)) context.Lines.Write(line.TrimEnd());
        }

        throw new CommandException(ExitCode.Invalid, $"{name} does not build", $"dotnet build {project}");
    }

    private static (int ExitCode, string Output, string Errors) Start(string project)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            // Where global.json and NuGet.config are looked for.
            WorkingDirectory = Path.GetDirectoryName(project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "build", project, "-c", "Release", "--nologo", "-v", "q", "--disable-build-servers",
                // A library's packages are then beside it, as a program's are.
                "-p:CopyLocalLockFileAssemblies=true",
                "-t:Build", "-getProperty:TargetPath",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    private static ProgressLine? Progress(IConsole console, string text) => console.IsErrorTerminal ? new ProgressLine(console.Error, text) : null;

    /// <summary>A line that is gone when the work is done.</summary>
    private sealed class ProgressLine : IDisposable
    {
        private const string EraseLine = "\r\e[K";
        private readonly TextWriter _writer;

        public ProgressLine(TextWriter writer, string text)
        {
            _writer = writer;
            writer.Write(text);
            writer.Flush();
        }

        public void Dispose()
        {
            _writer.Write(EraseLine);
            _writer.Flush();
        }
    }
}
