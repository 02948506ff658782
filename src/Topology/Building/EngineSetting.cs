namespace Topology;

/// <summary>One of the engine's options as a setting.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Option">The property of <see cref="TopologyOptions"/> that it sets.</param>
/// <param name="Expected">What its text should be, range and all, as the end of a message.</param>
/// <param name="Format">The option's value as a text that reads back.</param>
/// <param name="Parse">The options with the text applied; null where the text cannot be read.</param>
/// <param name="IsInRange">Whether the option's value is one that it may have.</param>
internal sealed record EngineSetting(
    string Name,
    string Option,
    string Expected,
    Func<TopologyOptions, string> Format,
    Func<TopologyOptions, string, TopologyOptions?> Parse,
    Func<TopologyOptions, bool> IsInRange);
