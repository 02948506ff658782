namespace Topology.Messaging;

/// <summary>libzmq's numbers of the kinds of sockets in use (zmq_socket(3) says what each does).</summary>
internal enum ZmqSocketType
{
    Pair = 0,
    Response = 4,
    Dealer = 5,
    Router = 6,
    Pull = 7,
    Push = 8,
}
