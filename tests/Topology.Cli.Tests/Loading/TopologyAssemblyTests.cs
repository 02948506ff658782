using System.Runtime.Loader;
using Topology.Cluster;

namespace Topology.Cli.Tests;

public sealed class TopologyAssemblyTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void An_assembly_lives_in_a_context_of_its_own_and_shares_the_contract()
    {
        var path = MadeAssembly.Write(_folder, "Orders", "Orders");
        var assembly = Load(path);

        Assert.That(AssemblyLoadContext.GetLoadContext(assembly), Is.InstanceOf<TopologyLoadContext>());
        Assert.That(TopologyClass.Create(assembly.GetType("Orders")!), Is.InstanceOf<ITopology>());
        Assert.That(Load(path), Is.Not.SameAs(assembly), "a second run of the same file shares nothing");
    }

    [Test]
    public void What_an_assembly_refers_to_is_its_own_except_for_the_contract()
    {
        var path = typeof(TopologyAssemblyTests).Assembly.Location;
        var context = new TopologyLoadContext(path);

        Assert.That(context.LoadFromAssemblyName(new("Topology")), Is.SameAs(typeof(ITopology).Assembly));
        Assert.That(context.LoadFromAssemblyName(new("Topology, Version=99.0.0.0")), Is.SameAs(typeof(ITopology).Assembly), "whatever version it was built against");
        Assert.That(context.LoadFromAssemblyName(new("Microsoft.Extensions.Logging.Abstractions")), Is.SameAs(typeof(Microsoft.Extensions.Logging.ILogger).Assembly));
        Assert.That(context.LoadFromAssemblyName(new("YamlDotNet")), Is.Not.SameAs(typeof(YamlDotNet.Core.Parser).Assembly));
    }

    [Test]
    public void A_path_that_is_almost_there_is_suggested()
    {
        _folder.Write("WordCount/readme.txt", "");
        var exception = Problem(Path.Combine(_folder.Path, "WordCuont"));

        Assert.That(exception.Problems.Single(), Does.StartWith("no such file or folder: ").And.EndWith("; did you mean 'WordCount'?"));
    }

    [Test]
    public void A_text_is_no_assembly() => Assert.That(Problem(_folder.Write("a.txt", "text")).Problems.Single(), Does.EndWith("a.txt' is not a .NET assembly"));

    [Test]
    public void The_executable_beside_an_assembly_leads_to_it()
    {
        var path = MadeAssembly.Write(_folder, "Orders", "Orders");

        Assert.That(Problem(_folder.Write("Orders", "\x7fELF")).Next, Is.EqualTo(path));
    }

    [Test]
    public void A_folder_without_a_project_is_told() => Assert.That(Problem(_folder.Path).Problems.Single(), Does.StartWith("no project in the folder "));

    [Test]
    public void Of_several_projects_in_a_folder_one_must_be_named()
    {
        _folder.Write("B.csproj", "");
        var first = _folder.Write("A.csproj", "");
        var exception = Problem(_folder.Path);

        Assert.That(exception.Problems.Single(), Does.EndWith(": A.csproj, B.csproj"));
        Assert.That(exception.Next, Does.StartWith(first));
    }

    private static System.Reflection.Assembly Load(string path) =>
        TopologyAssembly.Load(path, new CommandContext(new TestConsole(), TimeProvider.System, null, (_, _) => throw new NotSupportedException()));

    private static CommandException Problem(string path)
    {
        var exception = Assert.Throws<CommandException>(() => Load(path))!;
        Assert.That(exception.ExitCode, Is.EqualTo(ExitCode.Usage));
        return exception;
    }
}
