using System.Runtime.CompilerServices;

namespace Topology.Cluster.Tests;

/// <summary>Closing a store closes its file, whatever the garbage collector does at what time.</summary>
[NonParallelizable]
public sealed class SqliteClosingTests : SqliteFixture
{
    [Test]
    public void A_closed_store_leaves_no_log_behind_while_finalizers_wait()
    {
        using var begun = new ManualResetEventSlim();
        using var hold = new ManualResetEventSlim();
        HoldFinalizers(begun, hold);
        GC.Collect();
        begun.Wait();
        try
        {
            Use(store =>
            {
                // What nobody holds any more is known to be dead after this, and not finalized.
                GC.Collect();
                store.Write(writer => writer.AddTopology(Samples.Topology()));
                store.Read(reader => reader.Topologies());
            });

            Assert.That(Temporary.Entries(), Is.EqualTo(new[] { "cluster.db", "lock", "lock.pid" }));
        }
        finally
        {
            hold.Set();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldFinalizers(ManualResetEventSlim begun, ManualResetEventSlim hold) => _ = new Holder(begun, hold);

    private sealed class Holder(ManualResetEventSlim begun, ManualResetEventSlim hold)
    {
        ~Holder()
        {
            begun.Set();
            hold.Wait();
        }
    }
}
