using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Maps a cluster's service to routes. Who may call them is for <see cref="ApiGate"/> to say, in front of all of them.</summary>
internal static class ClusterApi
{
    // Handlers are given the context as it is: binding parameters by reflection would cost the daemon's start about a tenth of a second.
    public static void Map(IEndpointRouteBuilder routes, IClusterService service, UploadLimits uploads, LogStreams streams)
    {
        const string Topology = ApiPaths.Topologies + "/{topology}";

        routes.MapGet(ApiPaths.Info, async context => await ApiBodies.WriteAsync(context, await service.InfoAsync(context.RequestAborted)));
        routes.MapGet(ApiPaths.Supervisors, async context => await ApiBodies.WriteAsync(context, await service.SupervisorsAsync(context.RequestAborted)));
        routes.MapPost(ApiPaths.Supervisors + "/{supervisor}/forget", context => ForgetAsync(context, service));
        routes.MapPost(ApiPaths.JoinTokens, context => InviteAsync(context, service));
        routes.MapPost(ApiPaths.Stop, context => StopAsync(context, service));

        routes.MapGet(ApiPaths.Topologies, async context => await ApiBodies.WriteAsync(context, await service.ListAsync(context.RequestAborted)));
        routes.MapGet(Topology, async context => await ApiBodies.WriteAsync(context, await service.DescribeAsync(TopologyOf(context), context.RequestAborted) ?? throw NoTopology(context)));
        routes.MapGet(Topology + "/errors", async context => await ApiBodies.WriteAsync(context, await service.ErrorsAsync(TopologyOf(context), context.RequestAborted) ?? throw NoTopology(context)));
        routes.MapGet(Topology + "/logs", context => LogsAsync(context, service, streams));

        var commands = new CommandRoutes(service);
        routes.MapPost(ApiPaths.Topologies, commands.SubmitAsync);
        routes.MapPost(Topology + "/activate", commands.Plain(topology => new TopologyCommand.Activate(topology)));
        routes.MapPost(Topology + "/deactivate", commands.Plain(topology => new TopologyCommand.Deactivate(topology)));
        routes.MapPost(Topology + "/resume", commands.Plain(topology => new TopologyCommand.Resume(topology)));
        routes.MapPost(Topology + "/rebalance", commands.RebalanceAsync);
        routes.MapPost(Topology + "/drain", commands.Waiting((topology, wait) => new TopologyCommand.Drain(topology, wait)));
        routes.MapPost(Topology + "/kill", commands.Waiting((topology, wait) => new TopologyCommand.Kill(topology, wait)));
        routes.MapPost(ApiPaths.Drain, commands.DrainAllAsync);
        routes.MapPost(ApiPaths.Resume, commands.ResumeAllAsync);

        var upload = new UploadRoutes(service, uploads);
        routes.MapMethods(ApiPaths.Uploads + "/{upload}", [HttpMethods.Head], upload.HasAsync);
        routes.MapPut(ApiPaths.Uploads + "/{upload}", upload.ReceiveAsync);
    }

    /// <summary>The topology that a request is about.</summary>
    public static string TopologyOf(HttpContext context) =>
        ApiPaths.TopologyIn(ApiBodies.TargetOf(context)) ?? throw new ApiException(ProblemKind.NoRoute, "The path is not written as this API writes it.", $"Ask for {ApiPaths.Topologies}/<name or id>.");

    private static ApiException NoTopology(HttpContext context) =>
        new(ProblemKind.NotFound, $"There is no topology '{TopologyOf(context)}'.", $"GET {ApiPaths.Topologies} lists those there are.");

    private static async Task InviteAsync(HttpContext context, IClusterService service)
    {
        await ApiBodies.ReadAsync<NoBody>(context);
        var invitation = await service.InviteAsync(context.RequestAborted);
        await ApiBodies.WriteAsync(context, invitation ?? throw new ApiException(ProblemKind.NotFound, "The daemon listens for no other hosts.", "Start it with 'topology up --listen tcp://ADDRESS:PORT'."));
    }

    private static async Task ForgetAsync(HttpContext context, IClusterService service)
    {
        // What the server does not decode, no supervisor is called.
        var supervisor = (string)context.Request.RouteValues["supervisor"]!;
        await ApiBodies.ReadAsync<NoBody>(context);
        if (!await service.ForgetSupervisorAsync(supervisor, context.RequestAborted))
            throw new ApiException(ProblemKind.NotFound, $"No supervisor '{supervisor}' has joined.", $"GET {ApiPaths.Supervisors} lists those there are.");
        await ApiBodies.WriteAsync(context, new NoBody());
    }

    private static async Task StopAsync(HttpContext context, IClusterService service)
    {
        await ApiBodies.ReadAsync<NoBody>(context);
        await service.StopAsync(context.RequestAborted);
        await ApiBodies.WriteAsync(context, new NoBody());
    }

    private static async Task LogsAsync(HttpContext context, IClusterService service, LogStreams streams)
    {
        var query = LogQueryText.Read(context.Request.Query.SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value ?? ""))));
        using var place = streams.Enter();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, streams.Stopping);
        var lines = await service.LogsAsync(TopologyOf(context), query, end.Token) ?? throw NoTopology(context);
        await LogStreams.WriteAsync(context, lines, end.Token);
    }
}
