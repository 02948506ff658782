using System.Runtime.InteropServices;

namespace Topology.Bench;

/// <summary>The signals by which people end a program, taken for as long as this lives.</summary>
internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    private Signals(Action take) => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            take();
        })),
    ];

    /// <summary>Has something done instead of ending the process.</summary>
    public static Signals Take(Action take) => new(take);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }
}
