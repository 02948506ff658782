using System.Text.Json;

namespace Topology.Cluster;

/// <summary>What the executable does as a planning process: it runs a topology's <c>Build</c>, which is a user's code, apart from the daemon, and ends.</summary>
public static class PlanProgram
{
    internal const string Role = "__plan";
    internal const string RequestFile = "request.json";
    internal const string AnswerFile = "answer.json";

    /// <summary>Whether the executable was started as a planning process.</summary>
    public static bool Is(IReadOnlyList<string> arguments) => arguments is [Role, _];

    /// <summary>Reads the request from a folder and writes the answer there. What <c>Build</c> prints goes to the process's own streams.</summary>
    /// <returns>What the process ends with: 0 where there is an answer.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var folder = arguments[1];
        var request = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, RequestFile)), PlanJson.Default.PlanRequest)!;
        var answer = JsonSerializer.SerializeToUtf8Bytes(Plan(request), PlanJson.Default.PlanAnswer);
        // Whole or not at all, should the process be ended over it.
        var partial = Path.Combine(folder, AnswerFile + ".partial");
        File.WriteAllBytes(partial, answer);
        File.Move(partial, Path.Combine(folder, AnswerFile));
        return 0;
    }

    private static PlanAnswer Plan(PlanRequest request)
    {
        try
        {
            var plan = TopologyLoader.Plan(request.Assembly, request.Class, request.Name, request.Settings);
            return new PlanAnswer { Name = plan.Name, Workers = plan.Options.Workers, Outline = PlanOutline.Of(plan) };
        }
        catch (InvalidTopologyException invalid)
        {
            return new PlanAnswer { Errors = [.. invalid.Errors] };
        }
        catch (TopologyException error)
        {
            return new PlanAnswer { Errors = [error.Message] };
        }
    }
}
