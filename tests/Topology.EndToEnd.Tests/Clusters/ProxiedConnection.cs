using System.Net.Sockets;

namespace Topology.EndToEnd.Tests;

/// <summary>A connection that leads through a <see cref="LinkProxy"/>. Members may be called from any thread.</summary>
/// <param name="from">From whoever connected.</param>
/// <param name="to">To whom it was to go.</param>
internal sealed class ProxiedConnection(Socket from, Socket to)
{
    private TaskCompletionSource _open = Opened();
    private bool _isDeaf;
    private long _passed;
    private long _swallowed;
    private bool _isOver;

    /// <summary>Bytes that were passed on to where it was to go.</summary>
    public long Passed => Volatile.Read(ref _passed);

    /// <summary>Bytes that were read since the other side is gone, and that nobody gets.</summary>
    public long Swallowed => Volatile.Read(ref _swallowed);

    /// <summary>Whether either side has ended it, or this one has.</summary>
    public bool IsOver => Volatile.Read(ref _isOver);

    /// <summary>Whether its end has begun.</summary>
    public bool IsDeaf => Volatile.Read(ref _isDeaf);

    /// <summary>Passes bytes on until it is over. Never faults.</summary>
    public async Task RunAsync()
    {
        await Task.WhenAll(PumpAsync(from, to, isForward: true), PumpAsync(to, from, isForward: false));
        Close();
    }

    /// <summary>Passes nothing on until the release.</summary>
    public void Hold() => Volatile.Write(ref _open, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Release() => Volatile.Read(ref _open).TrySetResult();

    /// <summary>Ends it towards where it was to go; whoever connected does not hear of that, and goes on sending into nowhere.</summary>
    public void CloseFarSide()
    {
        Volatile.Write(ref _isDeaf, true);
        Release();
        to.Dispose();
    }

    /// <summary>Ends it on both sides, with what is on its way.</summary>
    public void Reset()
    {
        foreach (var socket in new[] { from, to })
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
            }
        }

        Close();
    }

    /// <summary>Ends it on both sides as though each had gone by itself.</summary>
    public void Close()
    {
        Volatile.Write(ref _isOver, true);
        Release();
        from.Dispose();
        to.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task PumpAsync(Socket source, Socket target, bool isForward)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await source.ReceiveAsync(buffer, SocketFlags.None)) > 0)
            {
                await Volatile.Read(ref _open).Task;
                await PassAsync(buffer.AsMemory(0, count), target, isForward);
            }

            if (!IsDeaf) target.Shutdown(SocketShutdown.Send);
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // The end towards one side is not told to the other.
            if (!IsDeaf) Close();
        }
    }

    private async Task PassAsync(Memory<byte> bytes, Socket target, bool isForward)
    {
        try
        {
            if (!IsDeaf)
            {
                while (bytes.Length > 0)
                {
                    var sent = await target.SendAsync(bytes, SocketFlags.None);
                    bytes = bytes[sent..];
                    if (isForward) Interlocked.Add(ref _passed, sent);
                }
            }
        }
        catch (Exception cut) when (IsDeaf && cut is SocketException or ObjectDisposedException)
        {
        }

        if (isForward) Interlocked.Add(ref _swallowed, bytes.Length);
    }
}
