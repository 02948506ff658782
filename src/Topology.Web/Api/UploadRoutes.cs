using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Takes uploads in as they come. Nothing of them is looked at here, and no name in them is used.</summary>
internal sealed class UploadRoutes(IClusterService service, UploadLimits limits)
{
    public async Task HasAsync(HttpContext context) =>
        context.Response.StatusCode = await service.HasUploadAsync(UploadOf(context), context.RequestAborted) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;

    public async Task ReceiveAsync(HttpContext context)
    {
        var upload = UploadOf(context);
        if (context.Request.ContentLength > limits.ZipBytes)
            throw new ApiException(ProblemKind.Upload, $"The upload has {context.Request.ContentLength} bytes; the limit is {limits.ZipBytes}.", "Leave out what the topology does not need.") { Status = StatusCodes.Status413PayloadTooLarge };
        // What comes without a length meets the limit as it is read.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limits.ZipBytes;
        await service.UploadAsync(upload, context.Request.Body, progress: null, context.RequestAborted);
        await ApiBodies.WriteAsync(context, new NoBody());
    }

    private static UploadId UploadOf(HttpContext context) =>
        UploadId.TryParse((string?)context.Request.RouteValues["upload"], out var id)
            ? id
            : throw new ApiException(ProblemKind.Invalid, "An upload's id is the SHA-256 of its content: 64 lower-case hexadecimal digits.");
}
