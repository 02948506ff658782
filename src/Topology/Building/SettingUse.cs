using System.Collections.Concurrent;

namespace Topology;

/// <summary>
/// Which settings a topology knows: those that its code asked for or declared. Factories may ask at any time and on any thread, hence the concurrent map.
/// </summary>
internal sealed class SettingUse
{
    private readonly ConcurrentDictionary<string, string> _descriptions = new(StringComparer.Ordinal);

    public ICollection<string> Names => _descriptions.Keys;

    public void Ask(string name) => _descriptions.TryAdd(name, "");

    public void Declare(string name, string description) => _descriptions[name] = description;

    public string? DescriptionOf(string name) => _descriptions.GetValueOrDefault(name);
}
