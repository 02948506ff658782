namespace Topology.Cli.Tests;

public sealed class SettingsFileTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("a.yaml", "topology:\n  max-spout-pending: 100 # trees\n  workers: 2\ninput: 'book.txt'\ntopology.ackers: 3\n")]
    [TestCase("a.yml", "{topology: {max-spout-pending: 100, workers: 2}, input: book.txt, topology.ackers: 3}")]
    [TestCase("a.json", "{\"topology\": {\"max-spout-pending\": 100, \"workers\": 2}, // trees\n \"input\": \"book.txt\", \"topology.ackers\": 3,}")]
    [TestCase("a.JSON", "\uFEFF{\"topology\": {\"max-spout-pending\": 100, \"workers\": 2}, \"input\": \"book.txt\", \"topology.ackers\": 3}")]
    public void Nested_keys_are_joined_with_dots(string name, string text) => Assert.That(Read(name, text), Is.EquivalentTo(new Dictionary<string, string>
    {
        ["topology.max-spout-pending"] = "100",
        ["topology.workers"] = "2",
        ["input"] = "book.txt",
        ["topology.ackers"] = "3",
    }));

    [TestCase("a.yaml", "yes: true\nnumber: 0x10\nempty: \"\"\ntext: |\n  two\n  lines\n")]
    [TestCase("a.json", "{\"yes\": true, \"number\": \"0x10\", \"empty\": \"\", \"text\": \"two\\nlines\\n\"}")]
    public void Values_stay_texts_as_written(string name, string text) => Assert.That(Read(name, text), Is.EquivalentTo(new Dictionary<string, string>
    {
        ["yes"] = "true",
        ["number"] = "0x10",
        ["empty"] = "",
        ["text"] = "two\nlines\n",
    }));

    [TestCase("")]
    [TestCase("# nothing but this\n")]
    [TestCase("---\n")]
    [TestCase("{}")]
    public void A_file_may_be_empty(string text) => Assert.That(Read("a.yaml", text), Is.Empty);

    [TestCase("a.yaml", "x: 1\ninputs:\n  - a\n  - b\n", 3, "'inputs' is a list")]
    [TestCase("a.yaml", "x: 1\ninputs: [a, b]\n", 2, "'inputs' is a list")]
    [TestCase("a.json", "{\n\"outer\": {\n\"inputs\": [1, 2]}}", 3, "'outer.inputs' is a list")]
    [TestCase("a.yaml", "- a\n- b\n", 1, "a list stands where a map should")]
    [TestCase("a.json", "[1]", 1, "a list stands where a map should")]
    [TestCase("a.yaml", "\njust text\n", 2, "the file holds no map")]
    [TestCase("a.json", "\n12", 2, "the file holds no map")]
    [TestCase("a.yaml", "a: 1\nb:\n", 2, "'b' has no value")]
    [TestCase("a.yaml", "a:\n  b: ~\n", 2, "'a.b' has no value")]
    [TestCase("a.json", "{\"a\": 1,\n\"b\": null}", 2, "'b' has no value")]
    [TestCase("a.yaml", "a: {b: 1}\na.b: 2\n", 2, "'a.b' is set twice")]
    [TestCase("a.json", "{\"a\": 1,\n\"a\": 2}", 2, "'a' is set twice")]
    [TestCase("a.yaml", "a: &x 1\nb: *x\n", 2, "an alias")]
    [TestCase("a.yaml", "a: 1\n---\nb: 2\n", 2, "a second document begins")]
    [TestCase("a.yaml", "? {a: b}\n: c\n", 1, "a key is a map")]
    [TestCase("a.yaml", "\"\": c\n", 1, "a key is empty")]
    [TestCase("a.yaml", ": c\n", 1, "a key is empty")]
    [TestCase("a.yaml", "a: 1\nb: 'open\n", 2, "not YAML: ")]
    [TestCase("a.yaml", "a: 1\n  b: 2\n", 2, "not YAML: ")]
    [TestCase("a.json", "{\"a\": 1,\n\"b\" 2}", 2, "not JSON: ")]
    [TestCase("a.json", "", 1, "not JSON: ")]
    public void What_is_no_setting_is_named_with_its_line(string name, string text, int line, string problem)
    {
        var exception = Assert.Throws<CommandException>(() => Read(name, text))!;

        Assert.That(exception.Problems.Single(), Does.Match($@"^.*/{name.Replace(".", "\\.", StringComparison.Ordinal)}:{line}: ").And.Contains(problem));
        Assert.That(exception.ExitCode, Is.EqualTo(ExitCode.Usage));
    }

    [Test]
    public void Nesting_has_a_limit()
    {
        var deep = string.Concat(Enumerable.Repeat("{a: ", 5000)) + "1" + new string('}', 5000);

        Assert.That(() => Read("a.yaml", deep), Throws.InstanceOf<CommandException>().With.Message.Contains("deeper than 64"));
    }

    private IReadOnlyDictionary<string, string> Read(string name, string text) => SettingsFile.Read(_folder.Write(name, text));
}
