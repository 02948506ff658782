using System.Reflection;
using Topology.Cluster;

namespace Topology.Cli.Tests;

public sealed class TopologyClassTests
{
    private static readonly Assembly Tests = typeof(TopologyClassTests).Assembly;
    private TempFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void The_only_topology_needs_no_name() => Assert.That(Find(null, "Shop.OrdersTopology").FullName, Is.EqualTo("Shop.OrdersTopology"));

    [TestCase("LinesTopology")]
    [TestCase("linestopology")]
    [TestCase("Topology.Cli.Tests.LinesTopology")]
    [TestCase("topology.cli.tests.LINESTOPOLOGY")]
    public void A_topology_is_found_by_simple_and_full_name_in_any_case(string name) =>
        Assert.That(TopologyClass.Find(Tests, name, ""), Is.EqualTo(typeof(LinesTopology)));

    [Test]
    public void The_case_decides_between_names_that_differ_in_nothing_else()
    {
        Assert.That(Find("Abc", "ABC", "Abc", "abc").Name, Is.EqualTo("Abc"));
        Assert.That(Problem("aBC", "ABC", "Abc", "abc").Problems.Single(), Is.EqualTo("3 topologies named 'aBC' in Made: ABC, Abc, abc"));
    }

    [Test]
    public void Of_several_one_must_be_named()
    {
        var exception = Problem(null, "Shop.Orders", "Shop.Returns");

        Assert.That(exception.Problems.Single(), Is.EqualTo("2 topologies in Made: Orders, Returns"));
        Assert.That(exception.Next, Is.EqualTo("topology run made Orders"));
    }

    [Test]
    public void Equal_simple_names_are_told_apart_by_full_names()
    {
        var exception = Problem("Orders", "Shop.Orders", "Depot.Orders");

        Assert.That(exception.Problems.Single(), Is.EqualTo("2 topologies named 'Orders' in Made: Depot.Orders, Shop.Orders"));
        Assert.That(exception.Next, Is.EqualTo("topology run made Depot.Orders"));
        Assert.That(Find("shop.orders", "Shop.Orders", "Depot.Orders").FullName, Is.EqualTo("Shop.Orders"));
    }

    [TestCase("Ordres", "no topology 'Ordres' in Made; did you mean 'Orders'?")]
    [TestCase("Shop.Order", "no topology 'Shop.Order' in Made; did you mean 'Shop.Orders'?")]
    [TestCase("Weather", "no topology 'Weather' in Made")]
    public void A_name_that_is_not_there_may_be_misspelt(string name, string problem)
    {
        var exception = Problem(name, "Shop.Orders");

        Assert.That(exception.Problems.Single(), Is.EqualTo(problem));
        Assert.That(exception.Next, Is.EqualTo("topology run made Orders"));
    }

    [Test]
    public void An_assembly_without_topologies_is_told()
    {
        var exception = Problem(null);

        Assert.That(exception.Problems.Single(), Is.EqualTo("no topology in Made"));
        Assert.That(exception.Next, Does.Contain("ITopology"));
        Assert.That(exception.ExitCode, Is.EqualTo(ExitCode.Usage));
    }

    [TestCase(nameof(HiddenTopology), "is a topology, but not public")]
    [TestCase(nameof(ParameterTopology), "is a topology, but has no public constructor without parameters")]
    public void A_class_that_cannot_be_used_says_why(string name, string reason)
    {
        var exception = Assert.Throws<CommandException>(() => TopologyClass.Find(Tests, name, ""))!;

        Assert.That(exception.Problems.Single(), Is.EqualTo($"Topology.Cli.Tests.{name} {reason}"));
    }

    [Test]
    public void An_abstract_class_is_no_topology() =>
        Assert.That(() => TopologyClass.Find(Tests, nameof(AbstractTopology), ""), Throws.InstanceOf<CommandException>().With.Message.StartsWith("no topology 'AbstractTopology'"));

    private Type Find(string? name, params string[] topologies)
    {
        var path = MadeAssembly.Write(_folder, "Made", topologies);
        return TopologyClass.Find(new TopologyLoadContext(path).LoadFromAssemblyPath(path), name, "topology run made");
    }

    private CommandException Problem(string? name, params string[] topologies) => Assert.Throws<CommandException>(() => Find(name, topologies))!;
}
