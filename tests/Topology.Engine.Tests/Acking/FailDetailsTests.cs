namespace Topology.Engine.Tests;

public sealed class FailDetailsTests
{
    [Test]
    public void A_text_is_found_by_its_number_until_a_thousand_newer_ones_have_come()
    {
        var details = new FailDetails();
        var first = details.Add("first");
        for (var i = 1; i < 1024; i++) details.Add($"{i}");
        Assert.That(details.Find(first), Is.EqualTo("first"));
        details.Add("one too many");
        Assert.That(details.Find(first), Is.Null);
        Assert.That(details.Find(first + 1), Is.EqualTo("1"));
    }

    [Test]
    public void No_text_has_the_number_0()
    {
        var details = new FailDetails();
        Assert.That(details.Add(null), Is.Zero);
        Assert.That(details.Find(0), Is.Null);
        Assert.That(details.Find(7), Is.Null);
    }

    [Test]
    public void A_code_holds_kind_task_and_detail([Values] FailKind kind, [Values(0, 65_535)] int task, [Values(0U, uint.MaxValue)] uint detail)
    {
        var code = FailCode.Of(kind, task, detail);
        Assert.That((FailCode.Kind(code), FailCode.Task(code), FailCode.Detail(code)), Is.EqualTo((kind, task, detail)));
    }
}
