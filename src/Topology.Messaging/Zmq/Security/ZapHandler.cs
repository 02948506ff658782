using System.Diagnostics.CodeAnalysis;

namespace Topology.Messaging;

/// <summary>
/// Answers libzmq's question whether to let a peer of a CURVE server in (rfc.zeromq.org/spec/27): 200 if the allow-list holds its key for the server's
/// domain, 400 otherwise. One per process, started before the first CURVE server is bound.
/// </summary>
/// <remarks>
/// It has a thread of its own that waits for nothing but questions: while one is unanswered no handshake of the process goes on.
/// When it ends, CURVE servers let nobody in.
/// </remarks>
internal sealed class ZapHandler : IDisposable
{
    private const string Endpoint = "inproc://zeromq.zap.01";

    private static readonly Lock Gate = new();
    private static ZapHandler? _current;

    private readonly ResponseSocket _socket = new();
    private readonly PollSignal _stop = PollSignal.Create();
    private readonly Thread _thread;
    private long _accepted;
    private long _refused;
    private bool _isRunning;
    private bool _stops;

    private ZapHandler()
    {
        _socket.Options.SendHighWatermark = 0;
        _socket.Options.ReceiveHighWatermark = 0;
        _socket.Bind(Endpoint);
        _socket.HandOver();
        _thread = new(Run) { Name = "zap", IsBackground = true };
        Volatile.Write(ref _isRunning, true);
    }

    /// <summary>Who is let in. Changes count from the next handshake on; they may come from any thread.</summary>
    public ZapAllowList AllowList { get; } = new();

    /// <summary>How many peers were let in.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>How many peers were refused for their key. Those without any, or with the wrong server's, fail before: a monitor counts them.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Whether questions are answered.</summary>
    public bool IsRunning => Volatile.Read(ref _isRunning);

    /// <summary>What ended the handler's thread, if an error did.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Starts the handler of this process.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes of it.")]
    public static ZapHandler Start()
    {
        lock (Gate)
        {
            if (_current is not null) throw new InvalidOperationException("This process has a ZAP handler: share it.");
            _current = new();
            _current._thread.Start();
            return _current;
        }
    }

    /// <summary>Ends the handler's thread and waits for it. CURVE servers let nobody in from then on.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_current != this) return;
            Volatile.Write(ref _stops, true);
            _stop.Signal();
            _thread.Join();
            _stop.Dispose();
            _current = null;
        }
    }

    private void Run()
    {
        try
        {
            _socket.TakeOver();
            using var poller = new NetMQPoller();
            poller.Add(_socket, PollEvents.In);
            poller.Add(_stop);
            while (!Volatile.Read(ref _stops))
            {
                poller.Poll(Timeout.InfiniteTimeSpan);
                AnswerAll();
            }
        }
        catch (Exception error)
        {
            Error = error;
        }
        finally
        {
            Volatile.Write(ref _isRunning, false);

            // Frees the name at once, where closing frees it some time later. After an error a message may be half read, which forbids it.
            if (Error is null) _socket.Unbind(Endpoint);
            _socket.Dispose();
        }
    }

    private void AnswerAll()
    {
        Span<byte> buffer = stackalloc byte[ZapRequest.BufferSize];
        while (true)
        {
            var request = new ZapRequest(buffer);
            if (!request.TryRead(_socket, out var isCurve)) return;
            var userId = isCurve ? AllowList.Find(request.Domain, request.PublicKey) : null;
            Interlocked.Increment(ref userId is null ? ref _refused : ref _accepted);
            Answer(request.Id, userId);
        }
    }

    // version, request id, status code, status text, user id, metadata
    private void Answer(ReadOnlySpan<byte> id, byte[]? userId)
    {
        _socket.TrySendFrame("1.0"u8, more: true);
        _socket.TrySendFrame(id, more: true);
        _socket.TrySendFrame(userId is null ? "400"u8 : "200"u8, more: true);
        _socket.TrySendFrame(userId is null ? "not allowed"u8 : "OK"u8, more: true);
        _socket.TrySendFrame(userId, more: true);
        _socket.TrySendFrame([]);
    }
}
