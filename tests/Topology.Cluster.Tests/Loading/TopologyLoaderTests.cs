using System.Runtime.Loader;

namespace Topology.Cluster.Tests;

public sealed class TopologyLoaderTests
{
    private const string ClassName = "Made.OrdersTopology";
    private MadeAssemblies _made = null!;

    [SetUp]
    public void CreateFolder() => _made = new();

    [TearDown]
    public void DeleteFolder() => _made.Dispose();

    [Test]
    public void Two_topologies_have_their_own_versions_of_one_library()
    {
        var older = _made.Write("older", new(1, 2, 0, 0));
        var newer = _made.Write("newer", new(3, 4, 0, 0));

        Assert.That(() => TopologyLoader.Plan(older, ClassName), Throws.InstanceOf<TopologyException>().With.Message.EqualTo("1.2.0.0"));
        Assert.That(() => TopologyLoader.Plan(newer, ClassName), Throws.InstanceOf<TopologyException>().With.Message.EqualTo("3.4.0.0"));
        Assert.That(() => TopologyLoader.Plan(older, ClassName), Throws.InstanceOf<TopologyException>().With.Message.EqualTo("1.2.0.0"), "the first is not disturbed");
    }

    [Test]
    public void A_library_that_is_missing_is_named_with_who_needs_it_and_what_to_do()
    {
        var path = _made.Write("orders", new(1, 2, 0, 0));
        File.Delete(Path.Combine(Path.GetDirectoryName(path)!, MadeAssemblies.Library + ".dll"));

        var error = Assert.Throws<TopologyLoadException>(() => TopologyLoader.Plan(path, ClassName))!;
        Assert.That(error.Message, Does.StartWith("The assembly Made.Library 1.2.0.0 is missing, which Made.Orders.dll needs: ").And.Contain(path).And.Contain("'dotnet publish'"));
        Assert.That(error.Message, Does.Not.Contain('\n'));
    }

    [Test]
    public void A_library_of_an_older_version_is_told()
    {
        var path = _made.Write("orders", new(3, 0, 0, 0));
        var older = Path.GetDirectoryName(_made.Write("older", new(1, 0, 0, 0)))!;
        File.Copy(Path.Combine(older, MadeAssemblies.Library + ".dll"), Path.Combine(Path.GetDirectoryName(path)!, MadeAssemblies.Library + ".dll"), overwrite: true);

        var error = Assert.Throws<TopologyLoadException>(() => TopologyLoader.Plan(path, ClassName))!;
        Assert.That(error.Message, Does.Contain("Made.Library 3.0.0.0").And.Contain("Made.Orders.dll"));
    }

    [Test]
    public void What_this_program_has_for_itself_does_not_stand_in_for_what_a_topology_lacks()
    {
        var context = new TopologyLoadContext(_made.Write("orders", new(1, 0, 0, 0)));

        Assert.That(() => context.LoadFromAssemblyName(new("FsCheck")), Throws.InstanceOf<FileNotFoundException>());
        Assert.That(context.LoadFromAssemblyName(new("Topology, Version=99.0.0.0")), Is.SameAs(typeof(ITopology).Assembly));
        Assert.That(context.LoadFromAssemblyName(new("System.Collections")), Is.SameAs(AssemblyLoadContext.Default.LoadFromAssemblyName(new("System.Collections"))));
    }

    [Test]
    public void What_is_no_assembly_or_not_there_is_told()
    {
        var text = Path.Combine(_made.Root, "text.dll");
        File.WriteAllText(text, "text");

        Assert.That(() => TopologyLoader.LoadAssembly(text), Throws.InstanceOf<TopologyLoadException>().With.Message.Contains("is not a .NET assembly"));
        Assert.That(() => TopologyLoader.LoadAssembly(text + "x"), Throws.InstanceOf<TopologyLoadException>().With.Message.Contains("cannot be loaded"));
    }

    [Test]
    public void A_class_that_is_not_there_or_no_topology_is_told()
    {
        var path = _made.Write("orders", new(1, 0, 0, 0));

        Assert.That(() => TopologyLoader.Plan(path, "Made.Returns"), Throws.InstanceOf<TopologyLoadException>().With.Message.Contains("no class Made.Returns"));
        Assert.That(() => TopologyLoader.Plan(typeof(Text).Assembly.Location, typeof(Text).FullName!), Throws.InstanceOf<TopologyLoadException>().With.Message.Contains("is no ITopology"));
    }

    [Test]
    public void A_native_library_that_is_missing_is_told() =>
        Assert.That(MissingDependency.Explain(new DllNotFoundException("Unable to load 'zmq'."), "/x/Orders.dll"), Does.Contain("native library").And.Contain("Orders.dll").And.Contain("'zmq'"));

    [Test]
    public void Another_error_is_none_of_a_missing_dependency() =>
        Assert.That(MissingDependency.Explain(new InvalidOperationException("x", new FileNotFoundException("no file", "orders.csv")), "/x/Orders.dll"), Is.Null);

    [Test]
    public void A_cause_is_found_within() =>
        Assert.That(
            MissingDependency.Explain(new AggregateException(new TypeInitializationException("T", new FileNotFoundException("", "A.B, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null"))), ""),
            Does.StartWith("The assembly A.B 1.0.0.0 is missing"));

    private sealed class Text;
}
