using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>What the executable does as a worker.</summary>
public static class WorkerProgram
{
    /// <summary>Ten times as long as the daemon takes from a pulse to the next: on a machine that is busy its reason would be lost otherwise.</summary>
    private static readonly TimeSpan PulseLimit = TimeSpan.FromSeconds(10);

    /// <summary>Whether the executable was started as a worker.</summary>
    public static bool Is(IReadOnlyList<string> arguments) => arguments is [WorkerArguments.Role, ..];

    /// <summary>Works until the daemon says that it is to end, or its grace is over.</summary>
    /// <param name="arguments">Those of the process.</param>
    /// <param name="redirect">Has the process's console write to these, its output and its errors.</param>
    /// <param name="complain">Told why it is no worker, in a line.</param>
    /// <returns>What the process ends with.</returns>
    public static int Run(IReadOnlyList<string> arguments, Action<TextWriter, TextWriter> redirect, Action<string> complain)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(redirect);
        ArgumentNullException.ThrowIfNull(complain);
        WorkerArguments parsed;
        ControlKeys? keys;
        try
        {
            parsed = WorkerArguments.Parse(arguments.Skip(1));
            keys = parsed.DaemonKey is { } daemon ? new ControlKeys(Inherited(), Convert.FromHexString(daemon)) : null;
        }
        catch (TopologyException error)
        {
            complain(error.Message);
            return 2;
        }

        using var log = new WorkerLog(new LogFolder(parsed.LogFolder), parsed.LogName, new WorkerLogOptions { HasStandardStreams = true });
        redirect(log.CreateWriter("stdout", LogLevel.Information), log.CreateWriter("stderr", LogLevel.Warning));
        return Work(parsed, keys, log);
    }

    private static int Work(WorkerArguments arguments, ControlKeys? keys, WorkerLog log)
    {
        using var loggers = new LogFactory(log);
        try
        {
            using var host = new WorkerHost(arguments, keys, loggers, TimeProvider.System);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                host.End();
            });
            return host.Run();
        }
        catch (Exception error)
        {
            loggers.CreateLogger("worker").LogCritical(error, "This worker ends: {Problem}", error.Message);
            Tell(arguments, keys, error);
            return WorkerExit.Failed;
        }
    }

    /// <summary>The keys that its supervisor has made for it.</summary>
    private static NetMQCertificate Inherited()
    {
        var secret = InheritedSecret.Take() ?? throw new ProcessException("A worker of a daemon on another host is started by a supervisor, which gives it its keys.");
        try
        {
            return NetMQCertificate.CreateFromSecretKey(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Tells the daemon why this worker ends, if it can be reached.</summary>
    private static void Tell(WorkerArguments arguments, ControlKeys? keys, Exception error)
    {
        try
        {
            using var heard = new ManualResetEventSlim();
            using var control = new ControlClient(arguments.Control, _ => heard.Set(), keys);
            control.Send(new WorkerMessage.Failing(arguments.Worker, error.Message));
            // The end of a process takes what is not sent yet with it. Whoever has been heard gets the next pulse.
            heard.Wait(PulseLimit);
        }
        catch (TopologyException)
        {
            // Without sockets there is the log alone.
        }
    }
}
