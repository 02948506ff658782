using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// libzmq's zmq_msg_t: 64 bytes, aligned as a pointer, its inside nobody's business. It must stand where nothing moves it: on a stack or in
/// unmanaged memory, so nothing but <see cref="Msg"/>, and a local variable of a send, is one.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ZmqMessage
{
    // Makes the alignment that of a pointer.
    private nint _first;
}
