namespace Topology.Engine.Tests;

public sealed class MailboxTests
{
    [Test]
    public void It_takes_so_many_actions_and_gives_them_back_in_order()
    {
        var mailbox = new Mailbox();
        var ran = new List<int>();
        for (var i = 0; i < Mailbox.Capacity; i++)
        {
            var number = i;
            Assert.That(mailbox.TryPost(() => ran.Add(number)), Is.True);
        }

        Assert.That(mailbox.TryPost(() => { }), Is.False);
        mailbox.PostControl(() => ran.Add(-1));
        while (mailbox.TryTake(out var action)) action();
        Assert.That(ran, Is.EqualTo(Enumerable.Range(0, Mailbox.Capacity).Append(-1)));
        Assert.That(mailbox.IsEmpty, Is.True);
        Assert.That(mailbox.TryPost(() => { }), Is.True);
    }

    [Test]
    public void From_several_threads_every_action_comes_once_and_each_thread_s_in_order()
    {
        const int Each = 20_000;
        var mailbox = new Mailbox();
        var seen = new int[3];
        var posters = Enumerable.Range(0, seen.Length).Select(poster => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                var number = i;
                while (!mailbox.TryPost(() => seen[poster] = seen[poster] == number ? number + 1 : -1)) Thread.Yield();
            }
        })).ToArray();
        foreach (var poster in posters) poster.Start();
        for (var taken = 0; taken < seen.Length * Each;)
        {
            if (!mailbox.TryTake(out var action))
            {
                Thread.Yield();
                continue;
            }

            action();
            taken++;
        }

        foreach (var poster in posters) poster.Join();
        Assert.That(seen, Is.All.EqualTo(Each));
        Assert.That(mailbox.IsEmpty, Is.True);
    }
}
