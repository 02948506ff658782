namespace Topology.Engine;

/// <summary>Users' exceptions as text.</summary>
internal static class ErrorText
{
    /// <summary>Type and message in one line. Even asking an exception for its message may throw; then the type has to do.</summary>
    public static string Of(Exception error)
    {
        try
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
        catch (Exception)
        {
            return error.GetType().Name;
        }
    }
}
