namespace Topology;

/// <summary>Checks that a factory makes a new instance on each call.</summary>
internal static class FactoryCheck
{
    /// <summary>One instance, for closer inspection; null where the factory makes none.</summary>
    public static object? Make(string label, Func<object?> factory, List<string> errors)
    {
        object? first, second;
        try
        {
            first = factory();
            second = factory();
        }
        catch (Exception exception)
        {
            errors.Add($"{label}: its factory threw {Describe(exception)}");
            return null;
        }

        if (first is null || second is null)
        {
            errors.Add($"{label}: its factory returned null; have it return a new instance on each call.");
            return null;
        }

        if (ReferenceEquals(first, second))
            errors.Add($"{label}: its factory returned the same instance twice; have it make a new one on each call, as in () => new {first.GetType().Name}(…), since each task needs its own.");
        return first;
    }

    /// <summary>An exception in one line.</summary>
    public static string Describe(Exception exception) =>
        $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
}
