using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// libzmq's functions as they are (http://api.zeromq.org/4-3:_start). Callers go through <see cref="ZmqContext"/> or <see cref="ZmqLibrary.Require"/>
/// first, which load the library.
/// </summary>
/// <remarks>
/// SuppressGCTransition stands only where a call reads a field: such a call holds up every garbage collection while it runs, so it must neither
/// wait nor call back.
/// </remarks>
internal static unsafe partial class LibZmq
{
    /// <summary>What the resolver of <see cref="ZmqLibrary"/> answers to.</summary>
    public const string Name = "libzmq";

    [LibraryImport(Name, EntryPoint = "zmq_errno")]
    public static partial int Errno();

    [LibraryImport(Name, EntryPoint = "zmq_strerror")]
    public static partial byte* StrError(int error);

    [LibraryImport(Name, EntryPoint = "zmq_ctx_new")]
    public static partial nint ContextNew();

    [LibraryImport(Name, EntryPoint = "zmq_ctx_set")]
    public static partial int ContextSet(nint context, int option, int value);

    [LibraryImport(Name, EntryPoint = "zmq_ctx_term")]
    public static partial int ContextTerminate(nint context);

    [LibraryImport(Name, EntryPoint = "zmq_socket")]
    public static partial nint Socket(nint context, int type);

    [LibraryImport(Name, EntryPoint = "zmq_close")]
    public static partial int Close(nint socket);

    [LibraryImport(Name, EntryPoint = "zmq_setsockopt")]
    public static partial int SetOption(nint socket, int option, void* value, nuint length);

    [LibraryImport(Name, EntryPoint = "zmq_getsockopt")]
    public static partial int GetOption(nint socket, int option, void* value, nuint* length);

    [LibraryImport(Name, EntryPoint = "zmq_bind")]
    public static partial int Bind(nint socket, byte* endpoint);

    [LibraryImport(Name, EntryPoint = "zmq_unbind")]
    public static partial int Unbind(nint socket, byte* endpoint);

    [LibraryImport(Name, EntryPoint = "zmq_connect")]
    public static partial int Connect(nint socket, byte* endpoint);

    [LibraryImport(Name, EntryPoint = "zmq_socket_monitor")]
    public static partial int Monitor(nint socket, byte* endpoint, int events);

    [LibraryImport(Name, EntryPoint = "zmq_send")]
    public static partial int Send(nint socket, byte* data, nuint length, int flags);

    [LibraryImport(Name, EntryPoint = "zmq_poll")]
    public static partial int Poll(byte* items, int count, CLong milliseconds);

    [LibraryImport(Name, EntryPoint = "zmq_msg_init")]
    public static partial int MessageInit(ZmqMessage* message);

    [LibraryImport(Name, EntryPoint = "zmq_msg_init_data")]
    public static partial int MessageInitData(
        ZmqMessage* message, byte* data, nuint length, delegate* unmanaged[Cdecl]<void*, void*, void> free, void* hint);

    [LibraryImport(Name, EntryPoint = "zmq_msg_send")]
    public static partial int MessageSend(ZmqMessage* message, nint socket, int flags);

    [LibraryImport(Name, EntryPoint = "zmq_msg_recv")]
    public static partial int MessageReceive(ZmqMessage* message, nint socket, int flags);

    [LibraryImport(Name, EntryPoint = "zmq_msg_close")]
    public static partial int MessageClose(ZmqMessage* message);

    [SuppressGCTransition]
    [LibraryImport(Name, EntryPoint = "zmq_msg_data")]
    public static partial byte* MessageData(ZmqMessage* message);

    [SuppressGCTransition]
    [LibraryImport(Name, EntryPoint = "zmq_msg_size")]
    public static partial nuint MessageSize(ZmqMessage* message);

    [SuppressGCTransition]
    [LibraryImport(Name, EntryPoint = "zmq_msg_more")]
    public static partial int MessageMore(ZmqMessage* message);

    [LibraryImport(Name, EntryPoint = "zmq_msg_gets")]
    public static partial byte* MessageGets(ZmqMessage* message, byte* property);

    [LibraryImport(Name, EntryPoint = "zmq_curve_keypair")]
    public static partial int CurveKeyPair(byte* publicKey, byte* secretKey);

    [LibraryImport(Name, EntryPoint = "zmq_curve_public")]
    public static partial int CurvePublic(byte* publicKey, byte* secretKey);

    [LibraryImport(Name, EntryPoint = "zmq_z85_encode")]
    public static partial byte* Z85Encode(byte* text, byte* data, nuint length);

    [LibraryImport(Name, EntryPoint = "zmq_z85_decode")]
    public static partial byte* Z85Decode(byte* data, byte* text);
}
