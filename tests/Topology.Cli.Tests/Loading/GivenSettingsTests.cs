namespace Topology.Cli.Tests;

public sealed class GivenSettingsTests
{
    [Test]
    public void Set_goes_before_files_and_later_files_before_earlier_ones()
    {
        using var folder = new TempFolder();
        var arguments = new RunArguments
        {
            Config = [folder.Write("first.yaml", "a: first\nb: first\nc: first\n"), folder.Write("second.json", "{\"b\": \"second\", \"c\": \"second\"}")],
            Set = ["c=set", "d=early", "d=late", " e = spaces around"],
        };

        Assert.That(GivenSettings.Of(arguments), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["a"] = "first",
            ["b"] = "second",
            ["c"] = "set",
            ["d"] = "late",
            ["e"] = " spaces around",
        }));
    }

    [Test]
    public void The_number_of_workers_is_a_setting_like_others()
    {
        var arguments = new RunArguments { Workers = 4, Set = ["topology.workers=2"] };

        Assert.That(GivenSettings.Of(arguments), Is.EquivalentTo(new Dictionary<string, string> { ["topology.workers"] = "4" }));
    }
}
