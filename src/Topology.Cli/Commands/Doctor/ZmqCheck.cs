using Topology.Messaging;

namespace Topology.Cli;

/// <summary>Whether libzmq is there, new enough and can encrypt.</summary>
internal static class ZmqCheck
{
    private const string Name = "libzmq";

    public static Finding Look()
    {
        try
        {
            return new Finding(Name, FindingKind.Ok, $"{ZmqLibrary.Version}, with CURVE");
        }
        catch (NetMQException exception)
        {
            return new Finding(Name, FindingKind.Problem, exception.Message);
        }
    }
}
