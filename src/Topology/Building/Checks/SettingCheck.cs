namespace Topology;

/// <summary>Checks the declarations of settings, and that somebody knows every setting that was given: one that nobody knows is misspelt.</summary>
internal static class SettingCheck
{
    public static void Check(PlanDraft plan, Settings given)
    {
        CheckDeclared(plan);
        var options = EngineSettings.All.Select(s => s.Name).ToArray();
        var known = plan.Builder.KnownSettings
            .Concat(plan.Components.SelectMany(c => c.Settings.Keys))
            .Concat(options)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in given.PeekNames())
        {
            if (IsOption(name))
            {
                if (!options.Contains(name)) plan.Errors.Add($"Setting '{name}' is no option of the engine: {Spelling.Hint(name, options, "the options are")}");
            }
            else if (!known.Contains(name))
            {
                plan.Errors.Add($"Setting '{name}' is unknown: {Hint(name, known)}");
            }
        }
    }

    private static void CheckDeclared(PlanDraft plan)
    {
        foreach (var repeated in plan.Builder.Declared.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            plan.Errors.Add($"Setting '{repeated.Key}' is declared {repeated.Count()} times; declare it once.");
        foreach (var setting in plan.Builder.Declared)
        {
            if (string.IsNullOrWhiteSpace(setting.Name)) plan.Errors.Add($"A declared setting has no name ({setting.Description}); give it one.");
            if (IsOption(setting.Name)) plan.Errors.Add($"Setting '{setting.Name}' is declared, but names that begin with 'topology.' are the engine's; choose another, or set topology.Options.");
        }
    }

    private static string Hint(string name, HashSet<string> known)
    {
        const string HowTo = "If a component asks for it when it runs, have Build declare it with topology.Declare.";
        var own = known.Where(k => !IsOption(k)).ToArray();
        return Spelling.Closest(name, known) is { } closest
            ? $"did you mean '{closest}'? {HowTo}"
            : $"{(own.Length == 0 ? "this topology asks for none." : Spelling.Hint(name, own, "this topology's settings are"))} {HowTo}";
    }

    private static bool IsOption(string name) => name.StartsWith(EngineSettings.Prefix, StringComparison.Ordinal);
}
