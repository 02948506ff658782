using Topology.Cluster;

namespace Topology.Cli;

/// <summary>From a command's arguments to the plan of the topology that they name.</summary>
internal static class PlanLoader
{
    /// <exception cref="CommandException">Anything on the way that does not work.</exception>
    public static TopologyPlan Load(TopologyArguments arguments, string verb, CommandContext context)
    {
        // First, as it is the quickest to be wrong.
        var settings = GivenSettings.Of(arguments);
        var assembly = context.Own ?? TopologyAssembly.Load(arguments.Path, context);
        var type = TopologyClass.Find(assembly, arguments.Class, Command(verb));
        var topology = TopologyClass.Create(type);
        try
        {
            return TopologyPlanner.Plan(topology, arguments.Name, settings);
        }
        catch (InvalidTopologyException exception)
        {
            throw new CommandException(ExitCode.Invalid, exception.Errors, Check(exception.Errors.Count == 1 ? "it" : "them"), exception);
        }
        catch (SettingException exception)
        {
            throw new CommandException(ExitCode.Invalid, exception.Message, Check("the setting"), exception);
        }
        catch (Exception exception)
        {
            throw new CommandException(ExitCode.Invalid, Describe(exception, type), "--debug, which shows where", exception);
        }

        string Command(string name) => context.Own is null ? $"{context.Program} {name} {arguments.Path}" : $"{context.Program} {name}";
        string Check(string what) => $"correct {what}, then: {Command("validate")}";
    }

    private static string Describe(Exception exception, Type type)
    {
        if (MissingDependency.Explain(exception, type.Assembly.Location) is { } missing) return missing;
        return exception is TopologyException ? exception.Message : $"building {type.FullName} threw {exception.GetType().Name}: {exception.Message}";
    }
}
