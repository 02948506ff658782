using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Topology.Web;

/// <summary>Reads and writes the bodies of requests and answers.</summary>
internal static class ApiBodies
{
    private const string JsonType = "application/json; charset=utf-8";

    /// <summary>What a request asks for; all defaults where it has no body.</summary>
    /// <exception cref="ApiException">The body is no such JSON, or has members that are not known.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context)
        where T : new()
    {
        var body = await context.Request.BodyReader.ReadAtLeastAsync(1, context.RequestAborted);
        context.Request.BodyReader.AdvanceTo(body.Buffer.Start);
        return body.Buffer.IsEmpty ? new T() : await ReadRequiredAsync<T>(context);
    }

    /// <summary>What a request asks for.</summary>
    /// <exception cref="ApiException">There is no body, it is no such JSON, or has members that are not known.</exception>
    public static async Task<T> ReadRequiredAsync<T>(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.BodyReader, ApiJson.Strict.Of<T>(), context.RequestAborted) ?? throw Refused("It is null.");
        }
        catch (JsonException error)
        {
            throw Refused(JsonErrorText.Of(error));
        }
    }

    public static async Task WriteAsync<T>(HttpContext context, T value, string contentType = JsonType)
    {
        context.Response.ContentType = contentType;
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, value, ApiJson.Default.Of<T>(), context.RequestAborted);
    }

    /// <summary>The target as the client sent it, not decoded.</summary>
    public static string TargetOf(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static ApiException Refused(string why) => new(ProblemKind.Invalid, $"The body is not the JSON that this route takes: {why}", "See the routes in the documentation; names are in camel case.");
}
