using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class DataPlacesTests
{
    [TestCase("/a/b", "/s", "/h", "/a/b")]
    [TestCase("", "/s", "/h", "/s/topology")]
    [TestCase(null, "/s", "", "/s/topology")]
    [TestCase(null, "relative", "/h", "/h/.local/state/topology")]
    [TestCase(null, "", "/h", "/h/.local/state/topology")]
    [TestCase(null, null, "/h", "/h/.local/state/topology")]
    public void The_first_place_that_is_named_counts(string? own, string? state, string home, string place) =>
        Assert.That(DataPlaces.In(name => name == DataPlaces.Variable ? own : name == "XDG_STATE_HOME" ? state : null, home), Is.EqualTo(place));

    [Test]
    public void A_relative_path_is_made_full() =>
        Assert.That(DataPlaces.In(_ => "some/where", "/h"), Is.EqualTo(Path.GetFullPath("some/where")));

    [Test]
    public void Without_a_home_a_directory_has_to_be_named() =>
        Assert.That(() => DataPlaces.In(_ => null, ""), Throws.TypeOf<ClusterException>().With.Message.Contains(DataPlaces.Variable));
}
