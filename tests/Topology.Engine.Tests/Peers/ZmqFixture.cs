using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>For tests with real sockets. Where there is no libzmq they are skipped, and the reason is the line that installs it.</summary>
public abstract class ZmqFixture
{
    [OneTimeSetUp]
    public void RequireLibrary()
    {
        try
        {
            ZmqLibrary.Require();
        }
        catch (TopologyException missing)
        {
            Assert.Ignore(missing.Message);
        }
    }
}
