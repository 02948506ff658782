using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>Answers what goes wrong, anywhere, with an <see cref="ApiProblem"/>. What nobody foresaw goes to the daemon's log and not to the client.</summary>
internal sealed class ApiProblems(ILogger logger)
{
    private const string RetryNext = "Try again once the daemon is well; its log says more.";

    private const int DiskFull = 28;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null }) await WriteAsync(context, OfStatus(context.Response.StatusCode));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, and what was done for it was cancelled.
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        var problem = Of(error, context);
        if (problem.Kind == ProblemKind.Failed) logger.LogError(error, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.ContentType = null;
        context.Response.ContentLength = null;
        await WriteAsync(context, problem);
    }

    private static ApiException Of(Exception error, HttpContext context) => error switch
    {
        ApiException known => known,
        BadHttpRequestException request => OfRequest(request, context),
        UploadException { InnerException: BadHttpRequestException request } => OfRequest(request, context),
        UploadException { InnerException: IOException { HResult: DiskFull } } full => new(ProblemKind.Upload, full.Message, "Make room on the daemon's disk.") { Status = StatusCodes.Status507InsufficientStorage },
        UploadException { InnerException: IOException or UnauthorizedAccessException } broken => new(ProblemKind.Upload, broken.Message) { Status = StatusCodes.Status503ServiceUnavailable },
        UploadException refused => new(ProblemKind.Upload, refused.Message),
        StoreFullException full => new(ProblemKind.Failed, full.Message) { Status = StatusCodes.Status507InsufficientStorage },
        StoreConflictException conflict => new(ProblemKind.Conflict, conflict.Message),
        StoreException or ClusterException => new(ProblemKind.Failed, error.Message, RetryNext) { Status = StatusCodes.Status503ServiceUnavailable },
        ObjectDisposedException or OperationCanceledException => new(ProblemKind.Failed, "The daemon is ending.", "Start it again with 'topology up'.") { Status = StatusCodes.Status503ServiceUnavailable },
        ArgumentException argument => new(ProblemKind.Invalid, argument.Message),
        TopologyException other => new(ProblemKind.Failed, other.Message, RetryNext),
        _ => new(ProblemKind.Failed, "The daemon has an error of its own.", "Its log says more."),
    };

    private static ApiException OfRequest(BadHttpRequestException error, HttpContext context)
    {
        if (error.StatusCode != StatusCodes.Status413PayloadTooLarge) return new(ProblemKind.Invalid, error.Message) { Status = error.StatusCode };
        var isUpload = context.Request.Path.StartsWithSegments(ApiPaths.Uploads, StringComparison.OrdinalIgnoreCase);
        return new(isUpload ? ProblemKind.Upload : ProblemKind.TooLarge, "The body is larger than this route takes.", isUpload ? "Leave out what the topology does not need." : "") { Status = error.StatusCode };
    }

    private static ApiException OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(ProblemKind.NoRoute, "There is no such route.", "See the routes in the documentation.") { Status = status },
        StatusCodes.Status405MethodNotAllowed => new(ProblemKind.NoRoute, "The route does not take this method.", "See the header 'Allow'.") { Status = status },
        _ => new(status >= StatusCodes.Status500InternalServerError ? ProblemKind.Failed : ProblemKind.Invalid, "The request was not taken.") { Status = status },
    };

    private static async Task WriteAsync(HttpContext context, ApiException problem)
    {
        var status = problem.Status ?? StatusOf(problem.Kind);
        context.Response.StatusCode = status;
        // The path without its query, and as it was understood.
        var where = $"{context.Request.Method} {context.Request.Path}";
        await ApiBodies.WriteAsync(context, new ApiProblem(status, problem.Kind, problem.Message, where, problem.Next, problem.Topology), ApiProblem.ContentType);
    }

    private static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Unauthorized => StatusCodes.Status401Unauthorized,
        ProblemKind.NotFound or ProblemKind.NoRoute => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.TooMany => StatusCodes.Status429TooManyRequests,
        ProblemKind.Failed => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
