using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cli.Tests;

public sealed class SettingsFlattenerTests
{
    // A leaf's name differs from a map's, so that no key is both.
    private static readonly Gen<Dictionary<string, string>> Flat =
        from pairs in Gen.ListOf(
            from path in Gen.NonEmptyListOf(Gen.Elements("a", "b", "c-d"))
            from value in Gen.Elements("", "1", "text with spaces", "~", "true", "é{}:#", "two\nlines")
            select (Key: string.Join('.', path.Take(4).Append("leaf")), value))
        select pairs.DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.value);

    [Test]
    public void Json_and_yaml_give_back_what_was_nested() => Prop.ForAll(Flat.ToArbitrary(), flat =>
    {
        var text = JsonSerializer.Serialize(Nest(flat));
        var json = new SettingsFlattener("a.json");
        JsonSettings.Read(Encoding.UTF8.GetBytes(text), json);
        var yaml = new SettingsFlattener("a.yaml");
        YamlSettings.Read(new StringReader(text), yaml);
        return Same(flat, json.Settings) && Same(flat, yaml.Settings);
    }).QuickCheckThrowOnFailure();

    private static bool Same(Dictionary<string, string> expected, IReadOnlyDictionary<string, string> actual) =>
        expected.Count == actual.Count && expected.All(e => actual.TryGetValue(e.Key, out var value) && value == e.Value);

    private static Dictionary<string, object> Nest(Dictionary<string, string> flat)
    {
        var root = new Dictionary<string, object>();
        foreach (var (key, value) in flat)
        {
            var parts = key.Split('.');
            var map = root;
            foreach (var part in parts[..^1])
            {
                if (!map.TryGetValue(part, out var inner)) map[part] = inner = new Dictionary<string, object>();
                map = (Dictionary<string, object>)inner;
            }

            map[parts[^1]] = value;
        }

        return root;
    }
}
