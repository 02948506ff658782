namespace Topology.Cli.Tests;

/// <summary>These start the real <c>dotnet build</c>, on a project without packages.</summary>
public sealed class ProjectBuildTests
{
    private const string Source = """
        public sealed class OrdersTopology : Topology.ITopology
        {
            public void Build(Topology.TopologyBuilder topology) => topology.Name = "from-source";
        }
        """;

    private TempFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TempFolder();
        _folder.Write("Orders.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><Reference Include="{typeof(ITopology).Assembly.Location}" /></ItemGroup>
            </Project>
            """);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task A_folder_is_built_quietly_and_its_topology_found()
    {
        _folder.Write("Orders.cs", Source);
        var program = TestProgram.WithoutOwn;
        var exit = await program.RunAsync("validate", _folder.Path);

        // A topology without components is not valid, which shows that its class was found and built.
        Assert.That(program.Error, Does.StartWith("error: ").And.Not.Contains("does not build"));
        Assert.That(program.Error, Does.Contain($"  try: correct it, then: topology validate {_folder.Path}"));
        Assert.That(exit, Is.EqualTo(ExitCode.Invalid));
        Assert.That(File.Exists(Path.Combine(_folder.Path, "bin", "Release", "net10.0", "Orders.dll")));
    }

    [Test]
    public async Task A_build_that_fails_shows_the_compilers_errors()
    {
        _folder.Write("Orders.cs", Source.Replace("topology.Name =", "topology.Nmae =", StringComparison.Ordinal));
        var console = new TestConsole { IsErrorTerminal = true };
        var program = new TestProgram { Own = null, Console = console };
        var exit = await program.RunAsync("run", Path.Combine(_folder.Path, "Orders.csproj"));

        Assert.That(exit, Is.EqualTo(ExitCode.Invalid));
        Assert.That(program.Error, Does.StartWith("building Orders ...\r\e[K"));
        Assert.That(program.Error, Does.Match(@"Orders\.cs\(3,\d+\): error CS1061: .*Nmae"));
        Assert.That(program.Error, Does.Contain("\nerror: Orders does not build\n  try: dotnet build "));
        Assert.That(program.Out, Is.Empty);
    }
}
