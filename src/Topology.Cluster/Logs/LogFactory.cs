using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>Makes the loggers of a process that has one log.</summary>
/// <param name="log">The log, which whoever made it disposes of.</param>
internal sealed class LogFactory(ILoggerProvider log) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

    /// <exception cref="NotSupportedException">Always: there is one log.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This process has one log, and takes no other.");

    public void Dispose()
    {
    }
}
