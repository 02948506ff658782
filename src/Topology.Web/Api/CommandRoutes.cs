using Microsoft.AspNetCore.Http;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Has the master do something. An answer that is no yes becomes a problem.</summary>
internal sealed class CommandRoutes(IClusterService service)
{
    public async Task SubmitAsync(HttpContext context)
    {
        var request = await ApiBodies.ReadRequiredAsync<SubmitRequest>(context);
        await AnswerAsync(context, await service.SubmitAsync(request, context.RequestAborted));
    }

    public async Task RebalanceAsync(HttpContext context)
    {
        var body = await ApiBodies.ReadAsync<RebalanceBody>(context);
        await RunAsync(context, new TopologyCommand.Rebalance(ClusterApi.TopologyOf(context), body.Workers, WaitBody.TimeOf(body.WaitSeconds), body.Executors));
    }

    public async Task DrainAllAsync(HttpContext context)
    {
        var body = await ApiBodies.ReadAsync<WaitBody>(context);
        await RunAsync(context, new TopologyCommand.DrainAll(WaitBody.TimeOf(body.WaitSeconds)));
    }

    public async Task ResumeAllAsync(HttpContext context)
    {
        await ApiBodies.ReadAsync<NoBody>(context);
        await RunAsync(context, new TopologyCommand.ResumeAll());
    }

    /// <summary>A command that needs nothing but a topology.</summary>
    public RequestDelegate Plain(Func<string, TopologyCommand> command) => async context =>
    {
        await ApiBodies.ReadAsync<NoBody>(context);
        await RunAsync(context, command(ClusterApi.TopologyOf(context)));
    };

    /// <summary>A command that may wait for what is in flight.</summary>
    public RequestDelegate Waiting(Func<string, TimeSpan?, TopologyCommand> command) => async context =>
    {
        var body = await ApiBodies.ReadAsync<WaitBody>(context);
        await RunAsync(context, command(ClusterApi.TopologyOf(context), WaitBody.TimeOf(body.WaitSeconds)));
    };

    private async Task RunAsync(HttpContext context, TopologyCommand command) => await AnswerAsync(context, await service.CommandAsync(command, context.RequestAborted));

    private static Task AnswerAsync(HttpContext context, CommandOutcome outcome) =>
        outcome.Verdict == CommandVerdict.Accepted ? ApiBodies.WriteAsync(context, outcome) : throw ApiException.Of(outcome);
}
