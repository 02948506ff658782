using System.Collections;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Topology.Cluster;

/// <summary>
/// Starts programs by posix_spawn(3), on Linux and macOS. <see cref="System.Diagnostics.Process"/> of .NET 10 can neither give a child a session of its own nor a file as its output: it knows pipes, which
/// would have to be read for ever by a parent that must be able to end, and inheriting, which would hand the parent's terminal on. A fork() is out of the question in a process with
/// threads; a helper like setsid(1) or a shell would be one more program to find, and its id not the worker's. posix_spawn has all of it in one call that says whether the program could be
/// started, and in glibc, musl and macOS it is one system call's time in which nothing of the runtime is touched.
/// </summary>
internal static unsafe class PosixSpawn
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <returns>The id of the child.</returns>
    /// <exception cref="ProcessException">It cannot be started.</exception>
    public static int Start(ProcessStart start)
    {
        using var actions = new SpawnActions();
        using var attributes = new SpawnAttributes();
        using var secret = Announce(start);
        // Before the others, which could else take its number.
        if (secret is not null) actions.Duplicate(SpawnActions.DescriptorOf(secret.ClientSafePipeHandle), InheritedSecret.Descriptor);
        actions.Open(StandardInput, "/dev/null", OpenFlags.ReadOnly);
        actions.Open(StandardOutput, Path.GetFullPath(start.LogFile), OpenFlags.WriteOnly | OpenFlags.Append | OpenFlags.NoFollow);
        actions.Duplicate(StandardOutput, StandardError);
        actions.CloseFrom(secret is null ? InheritedSecret.Descriptor : InheritedSecret.Descriptor + 1);
        if (start.WorkingDirectory is { } directory) actions.ChangeDirectory(directory);
        return Start(start, actions, attributes);
    }

    /// <exception cref="ProcessException">The error number is one.</exception>
    public static void Require(int error, string done)
    {
        if (error != 0) throw new ProcessException($"The new process could not be {done}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static int Start(ProcessStart start, SpawnActions actions, SpawnAttributes attributes)
    {
        using var path = new NativeTexts([start.FileName]);
        using var arguments = new NativeTexts([start.FileName, .. start.Arguments]);
        using var environment = new NativeTexts(EnvironmentOf(start));
        int id;
        var error = SpawnCalls.Spawn(&id, path.List[0], actions.Actions, attributes.Attributes, arguments.List, environment.List);
        return error == 0 ? id : throw new ProcessException($"{start.FileName} cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    // Written before anybody reads: a pipe holds that much.
    private static AnonymousPipeServerStream? Announce(ProcessStart start)
    {
        if (start.Secret.IsEmpty) return null;
        var pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        pipe.Write(start.Secret.Span);
        return pipe;
    }

    private static List<string> EnvironmentOf(ProcessStart start)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) variables[(string)variable.Key] = (string)variable.Value!;
        foreach (var (name, value) in start.Environment)
        {
            if (value is null) variables.Remove(name);
            else variables[name] = value;
        }

        variables.Remove(InheritedSecret.VariableName);
        if (!start.Secret.IsEmpty) variables[InheritedSecret.VariableName] = FormattableString.Invariant($"{InheritedSecret.Descriptor}");
        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
