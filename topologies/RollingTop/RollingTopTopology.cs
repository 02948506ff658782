using System.Globalization;
using Topology;
using WordCount;

namespace RollingTop;

/// <summary>Shows the most frequent words of the last seconds, again and again, while a text is read.</summary>
public sealed class RollingTopTopology : ITopology
{
    // As in the counting of words: 4 MiB of text on its way.
    private const int MaxBlocksPending = 1_024;

    // A count is kept per word and slot.
    private const int MaxSlots = 3_600;

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        var input = TextInput.Declare(topology);
        topology.Declare("top", "10", "how many words are shown");
        topology.Declare("window", "10s", "how far back words count; a multiple of the next, else rounded up to one");
        topology.Declare("every", "1s", "how often the words are shown, and how finely the window slides");
        topology.Declare("output", null, "a file that always holds the words shown last; they are printed where none is given");

        var top = CheckedTop(topology.Settings);
        var every = CheckedInterval(topology.Settings, "every");
        var slots = CheckedSlots(CheckedInterval(topology.Settings, "window"), every);
        var output = topology.Settings.TryGet("output", out var path) ? WordTable.CheckedPath("output", path) : null;

        topology.SetSpout("lines", () => new TextSpout(input)).MaxSpoutPending(MaxBlocksPending);
        topology.SetBolt("split", () => new SplitBolt(), parallelism: 2).ShuffleGrouping("lines");
        topology.SetBolt("count", () => new RollingCountBolt(slots), parallelism: 2).FieldsGrouping("split", "word").TickEvery(every);
        topology.SetBolt("rank", () => new IntermediateRankBolt(top), parallelism: 2).FieldsGrouping("count", "word").TickEvery(every);
        topology.SetBolt("top", () => new TotalRankBolt(top, output)).GlobalGrouping("rank").TickEvery(every);
    }

    private static int CheckedTop(Settings settings)
    {
        var top = settings.GetInt32("top");
        return top is >= 1 and <= 10_000 ? top : throw new SettingException($"Setting 'top' is {top}, but should be from 1 to 10000 words.");
    }

    private static TimeSpan CheckedInterval(Settings settings, string name)
    {
        var interval = settings.GetDuration(name);
        return interval >= TimeSpan.FromMilliseconds(1)
            ? interval
            : throw new SettingException($"Setting '{name}' is '{settings[name]}', but should be 1ms or longer.");
    }

    private static int CheckedSlots(TimeSpan window, TimeSpan every)
    {
        var slots = Math.Ceiling(window / every);
        return slots <= MaxSlots
            ? (int)slots
            : throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"Setting 'window' is {slots} times 'every', but should be at most {MaxSlots} times: slide in larger steps."));
    }
}
