using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Topology.Architecture.Tests.Context;

namespace Topology.Architecture.Tests;

/// <summary>Compiles an example against what these tests stand on: the whole product, and what <see cref="OrderQueue"/> and its like stand in for.</summary>
internal static class ExampleCompiler
{
    // The package's compiler is older than the SDK's: what it lacks of the newest language it has as a preview.
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What is wrong with an example; empty where it compiles.</summary>
    public static IEnumerable<string> ErrorsOf(CodeExample example) =>
        Compile(example).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    /// <summary>Compiles an example of whole types and loads it.</summary>
    public static Assembly Load(CodeExample example)
    {
        using var image = new MemoryStream();
        var result = Compile(example).Emit(image);
        Assert.That(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        return Assembly.Load(image.ToArray());
    }

    private static CSharpCompilation Compile(CodeExample example)
    {
        var usings = string.Concat(example.Usings.Select(name => $"global using {name};\n"));
        return CSharpCompilation.Create(
            "Example",
            [Parse(usings), Parse(IsOfTypes(example.Code) ? example.Code : Wrap(example.Code))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, Language);

    private static bool IsOfTypes(string code) =>
        Parse(code).GetCompilationUnitRoot().Members is { Count: > 0 } members && members.All(m => m is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax);

    /// <summary>Puts statements where they may stand, with the names that examples speak of without declaring them; as fields, so that an example may declare them too.</summary>
    private static string Wrap(string statements) =>
        $$"""
        internal static class Example
        {
            private static readonly TopologyBuilder topology = null!;
            private static readonly OrderQueue queue = null!;
            private static readonly string[] args = [];

            public static async Task<int> RunAsync()
            {
                await Task.Yield();
                {
        #line 1
                    {{statements}}
                }
        #pragma warning disable CS0162
                return 0;
            }
        }
        """;
}
