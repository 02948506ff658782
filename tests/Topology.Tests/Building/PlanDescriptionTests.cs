namespace Topology.Tests;

public sealed class PlanDescriptionTests
{
    [Test]
    public void A_plan_is_described_whole()
    {
        var plan = Planning.Plan(
            topology =>
            {
                topology.Declare("input", "words.txt", "The file to read");
                topology.Declare("output", null, "Where counts go");
                _ = topology.Settings.Get("depth", 1);
                topology.SetSpout("lines", () => new TrackedSpout("line"));
                topology.SetSpout("idle", () => new UntrackedSpout("x"));
                topology.SetBolt("split", () => new InlineBolt("word") { Streams = s => s.Add("again", ["line"]) }, 2).SetTasks(3)
                    .ShuffleGrouping("lines").FieldsGroupingOn("split", "again", "line")
                    .TickEvery(TimeSpan.FromSeconds(5)).Set("speed", "fast").OnError(ErrorPolicy.DeadLetter);
            },
            ("input", "other.txt"),
            ("depth", "2"),
            ("topology.message-timeout", "1m"));

        var lines = plan.Describe().ReplaceLineEndings("\n").Split('\n');

        Assert.That(lines[0], Is.EqualTo($"Topology test: 3 components, 5 tasks, plan {plan.Hash:x16}"));
        Assert.That(
            lines[1..^1].Where(l => !l.Contains("topology.", StringComparison.Ordinal) || l.Contains("timeout", StringComparison.Ordinal)),
            Is.EqualTo("""

                Components
                  id     kind              executors  tasks  task ids  on error    own settings
                  idle   spout, untracked  1          1      1         FailTuple
                  lines  spout, tracked    1          1      2         FailTuple
                  split  bolt              2          3      3-5       DeadLetter  speed=fast, tick every 5s

                Streams
                  component  stream       fields                                    consumers
                  idle       default      [x]
                  lines      default      [line]                                    split
                  split      default      [word]
                  split      again        [line]                                    split
                  split      dead-letter  [component, task, error, stream, values]

                Inputs
                  component  from   stream   grouping
                  split      lines  default  shuffle
                  split      split  again    fields(line) (feedback)

                Settings
                  name    value      description
                  input   other.txt  The file to read
                  output  (none)     Where counts go
                  depth   2

                Options
                  name                        value          default
                  topology.message-timeout    1m             30s
                  topology.drain-timeout      30s            30s

                Warnings
                  Spout 'idle' has no consumer: what it emits goes nowhere.
                """.ReplaceLineEndings("\n").Split('\n')));
    }

    [Test]
    public void What_there_is_nothing_of_is_left_out()
    {
        var text = Planning.Plan(Planning.AddLines).Describe();

        Assert.That(text, Does.Not.Contain("Warnings").And.Not.Contain("Settings\n").And.Contain("Inputs"));
    }
}
