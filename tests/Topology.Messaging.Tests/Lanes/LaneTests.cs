namespace Topology.Messaging.Tests;

public sealed class LaneTests
{
    [Test]
    public void A_lane_takes_as_many_batches_as_its_capacity()
    {
        var lane = new Lane(3, new BatchPool(), 2);
        for (var i = 0; i < Lane.Capacity; i++) Assert.That(lane.TryPut(lane.Pool.Rent()), Is.True);
        Assert.That(lane.TryPut(lane.Pool.Rent()), Is.False);
        Assert.That(lane.Sender, Is.EqualTo(3));
    }

    [Test]
    public void A_sender_that_waits_is_told_once()
    {
        var lane = new Lane(0, new BatchPool(), 2);
        Assert.That(lane.TakeSenderWaits(), Is.False);
        lane.WaitForRoom();
        Assert.That(lane.TakeSenderWaits(), Is.True);
        Assert.That(lane.TakeSenderWaits(), Is.False);
    }

    /// <summary>Both sides sleep until the other wakes them, as an executor and a loop do: a lost wake-up leaves both asleep.</summary>
    [Test]
    public void Between_two_threads_no_batch_and_no_wake_up_is_lost()
    {
        const int Batches = 50_000;
        var lane = new Lane(0, new BatchPool(), 2);
        using var room = new SemaphoreSlim(0);
        using var ready = new SemaphoreSlim(0);
        TwoThreads.Run(
            () =>
            {
                for (var i = 0; i < Batches; i++)
                {
                    var batch = lane.Pool.Rent();
                    batch.AddRow(0, Row.Address(1, 0, 0), batch.AddValues([i]), default);
                    batch.PublishOpen(1);
                    Send(lane, batch, room);
                    ready.Release();
                }
            },
            () =>
            {
                for (var next = 0; next < Batches;)
                {
                    if (!ready.Wait(TimeSpan.FromSeconds(30))) Assert.Fail($"The receiver was not woken for batch {next}.");
                    while (lane.TryTake() is { } batch)
                    {
                        if (batch.Count != 1 || batch.Values[0].AsInt64() != next) Assert.Fail($"Took {batch.Values[0]} in place of {next}.");
                        next++;
                        batch.Release();
                    }

                    if (lane.TakeSenderWaits()) room.Release();
                }
            });
    }

    private static void Send(Lane lane, TupleBatch batch, SemaphoreSlim room)
    {
        while (!lane.TryPut(batch))
        {
            lane.WaitForRoom();
            if (lane.TryPut(batch)) return;
            if (!room.Wait(TimeSpan.FromSeconds(30))) Assert.Fail("The sender was not woken although there was room.");
        }
    }
}
