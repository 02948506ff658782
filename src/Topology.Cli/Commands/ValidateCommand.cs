namespace Topology.Cli;

/// <summary>Prints the plan of a topology, or every error in it.</summary>
internal static class ValidateCommand
{
    public static int Execute(ValidateArguments arguments, CommandContext context)
    {
        var isJson = arguments.Output == OutputFormat.Json;
        try
        {
            var plan = PlanLoader.Load(arguments, "validate", context);
            context.Console.Out.WriteLine(isJson ? PlanJson.Of(plan) : plan.Describe().TrimEnd());
            return ExitCode.Success;
        }
        catch (CommandException exception) when (isJson && exception.ExitCode == ExitCode.Invalid)
        {
            // The errors are the answer that was asked for.
            context.Console.Out.WriteLine(PlanJson.OfErrors(exception.Problems));
            return exception.ExitCode;
        }
    }
}
