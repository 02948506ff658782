using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// A received frame, read where libzmq put it. Make one with <c>default</c>, receive into it as often as wanted (each receive frees the frame before),
/// and close it at the end.
/// </summary>
/// <remarks>
/// A ref struct, because libzmq's message must not move and a ref struct lives on the stack only. Pass it by ref, never by value: a copy would be closed twice.
/// </remarks>
internal unsafe ref struct Msg
{
#pragma warning disable CS0649 // libzmq assigns it, through a pointer.
    private ZmqMessage _message;
#pragma warning restore CS0649
    private bool _isInitialised;

    /// <summary>Whether further frames of the same message follow.</summary>
    public bool HasMore => LibZmq.MessageMore(Pointer) != 0;

    /// <summary>The length in bytes.</summary>
    public int Size => checked((int)LibZmq.MessageSize(Pointer));

    /// <summary>The frame's bytes: until the next receive into this message, or its close.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Data
    {
        get
        {
            var message = Pointer;
            return new(LibZmq.MessageData(message), checked((int)LibZmq.MessageSize(message)));
        }
    }

    /// <summary>
    /// Who sent it, as the <see cref="ZapHandler"/> named the peer's key: UTF-8, empty where the connection was not authenticated. Valid as long as
    /// <see cref="Data"/>. Ask the last frame of a message: libzmq 4.3.4 can lose what it knows of a router's first.
    /// </summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> UserId
    {
        get
        {
            fixed (byte* property = "User-Id\0"u8)
                return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(LibZmq.MessageGets(Pointer, property));
        }
    }

    // libzmq ends the process when it is asked for the data of a message that is not there, so that must be an exception before.
    private ZmqMessage* Pointer
    {
        get
        {
            if (!_isInitialised) ThrowEmpty();
            return (ZmqMessage*)Unsafe.AsPointer(ref _message);
        }
    }

    /// <summary>Frees the frame. Harmless a second time.</summary>
    public void Close()
    {
        if (!_isInitialised) return;
        _ = LibZmq.MessageClose(Pointer);
        _isInitialised = false;
    }

    /// <summary>Close, under the name that <c>using</c> looks for.</summary>
    public void Dispose() => Close();

    /// <summary>What a receive writes to.</summary>
    internal ZmqMessage* ForReceive()
    {
        if (_isInitialised) return Pointer;
        _isInitialised = true;
        _ = LibZmq.MessageInit(Pointer);
        return Pointer;
    }

    [DoesNotReturn]
    private static void ThrowEmpty() => throw new InvalidOperationException("Nothing was received into this message, or it is closed.");
}
