namespace Topology.Messaging.Tests;

/// <summary>Keeps what frames held: rows as copies, the rest as text.</summary>
internal sealed class FrameRecorder : IFrameReceiver
{
    public List<string> Log { get; } = [];

    public List<AnyWireRow> Rows { get; } = [];

    /// <summary>Whether the log has a line for each row too.</summary>
    public bool LogsRows { get; init; }

    public void OnBatch(Channel channel, ulong sequence, TupleBatch batch)
    {
        Log.Add($"batch {channel.From}>{channel.To} #{sequence}: {batch.Count} rows");
        var targets = TargetsOf(batch);
        for (var index = 0; index < batch.Count; index++)
        {
            var row = batch.Rows[index];
            var values = batch.Values.AsSpan(row.FirstValue, row.Arity).ToArray();
            var isShared = index > 0 && row.Arity > 0 && batch.Rows[index - 1].FirstValue == row.FirstValue;
            Rows.Add(new AnyWireRow(row.Source, targets[index], row.Task, values, batch.IdsOf(index), row.FirstExtra < 0 ? [] : batch.ExtraOf(row.FirstExtra).ToArray(), isShared));
            if (LogsRows) Log.Add(string.Join(", ", values));
        }

        batch.Release(batch.RunCount);
    }

    public void OnAcks(in AckSection acks) => Log.Add($"acks to {acks.Acker}, kind {acks.Kind}: {Convert.ToHexString(acks.Messages)} {acks.Texts.ReadArrayHeader()}");

    public void OnCredits(ReadOnlySpan<Credit> credits)
    {
        foreach (var credit in credits) Log.Add(credit.ToString());
    }

    public void OnHello(Hello hello) => Log.Add(hello.ToString());

    public void OnGoodbye(Goodbye goodbye) => Log.Add(goodbye.ToString());

    public void OnHeartbeat(Heartbeat heartbeat) => Log.Add(heartbeat.ToString());

    public void OnResendRequest(ResendRequest request) => Log.Add(request.ToString());

    public void OnAcknowledgement(Acknowledgement acknowledgement) => Log.Add(acknowledgement.ToString());

    public void OnEndOfStream(EndOfStream end) => Log.Add(end.ToString());

    /// <summary>Who gets each row, by the chains that receivers follow.</summary>
    private static int[] TargetsOf(TupleBatch batch) =>
        [.. Enumerable.Range(0, batch.RunCount).SelectMany(run => Enumerable.Repeat(batch.PlaceOf(run), batch.EndOf(run) - batch.FirstOf(run)))];
}
