using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Topology.Web;

/// <summary>
/// Stands in front of all routes, those that do not exist too: a request goes on if its <c>Host</c> is this machine and its token the right one, and if there were not too many before it. Thread-safe.
/// </summary>
/// <remarks>
/// The check of the host keeps out pages of a browser whose site's name was made to mean 127.0.0.1. What comes without the token has a budget of its own, so that it takes nothing from those who have it.
/// </remarks>
internal sealed class ApiGate(string token, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _token = Hash(token);
    private readonly RequestBudget _known = new(1_000, 500, time);
    private readonly RequestBudget _unknown = new(50, 10, time);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var isKnown = IsThisMachine(context.Request.Host) && IsRight(context.Request.Headers.Authorization);
        if (!(isKnown ? _known : _unknown).TryTake()) throw new ApiException(ProblemKind.TooMany, "There are too many requests.", "Wait a second.");
        if (!IsThisMachine(context.Request.Host)) throw new ApiException(ProblemKind.Invalid, "The request is for another host.", "Ask for 127.0.0.1, ::1 or localhost.");
        if (isKnown) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        throw new ApiException(ProblemKind.Unauthorized, "The request has no token, or a wrong one.", "Send 'Authorization: Bearer <token>' with what the file 'token' in the daemon's data directory holds.");
    }

    private static bool IsThisMachine(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));

    // Hashes are of one length, so that comparing them takes one time, whatever was sent.
    private bool IsRight(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && CryptographicOperations.FixedTimeEquals(Hash(authorization[Scheme.Length..]), _token);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
