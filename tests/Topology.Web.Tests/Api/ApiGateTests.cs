using System.Net;

namespace Topology.Web.Tests;

public sealed class ApiGateTests : ServerFixture
{
    private static string Wrong { get; } = new('6', 64);

    [Test]
    public async Task No_route_answers_without_the_token()
    {
        Assert.That(Routes.Count(), Is.GreaterThan(15));
        foreach (var route in Routes)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            var (method, path) = route.Split(' ') is [var verb, var pattern] ? (HttpMethod.Parse(verb), pattern.Replace("{topology}", "wc").Replace("{upload}", new string('a', 64))) : default;
            foreach (var token in new[] { "", $"Bearer {Wrong}" })
            {
                using var answer = await AskAsync(method, path, token: token);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), route);
            }
        }
    }

    [TestCase("/")]
    [TestCase("/api/v1/none")]
    [TestCase("/api/v2/info")]
    public async Task Without_the_token_nobody_learns_which_routes_there_are(string path)
    {
        using var unknown = await AskAsync(HttpMethod.Get, path, token: "");
        using var known = await AskAsync(HttpMethod.Get, path);

        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(unknown.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await known.Content.ReadAsStringAsync(), Does.Contain("\"kind\":\"noroute\""));
    }

    [TestCase("Bearer")]
    [TestCase("Bearer ")]
    [TestCase("Bearer 555")]
    [TestCase("Basic 5555555555555555555555555555555555555555555555555555555555555555")]
    [TestCase("5555555555555555555555555555555555555555555555555555555555555555")]
    [TestCase("Bearer  5555555555555555555555555555555555555555555555555555555555555555")]
    [TestCase("Bearer 55555555555555555555555555555555555555555555555555555555555555555")]
    [TestCase("Bearer 5555555555555555555555555555555555555555555555555555555555555555,Bearer x")]
    public async Task Anything_but_the_token_is_refused(string header)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/api/v1/info?token=" + Token, token: header);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("localhost", true)]
    [TestCase("LocalHost:80", true)]
    [TestCase("127.0.0.1:1", true)]
    [TestCase("127.8.9.10", true)]
    [TestCase("[::1]:7411", true)]
    [TestCase("evil.example", false)]
    [TestCase("127.0.0.1.evil.example:7411", false)]
    [TestCase("localhost.evil.example", false)]
    [TestCase("localhost.", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("192.168.1.1:7411", false)]
    [TestCase("[::2]", false)]
    [TestCase("[fe80::1]", false)]
    public async Task Only_this_machine_may_be_asked_for(string host, bool isTaken)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/api/v1/info", host: host);

        Assert.That(answer.StatusCode, Is.EqualTo(isTaken ? HttpStatusCode.OK : HttpStatusCode.BadRequest));
    }

    [TestCase("GET /api/v1/info HTTP/1.0")]
    [TestCase("GET /api/v1/info HTTP/1.1")]
    [TestCase("GET /api/v1/info HTTP/1.1", "Host: ")]
    [TestCase("GET /api/v1/info HTTP/1.1", "Host: localhost", "Host: evil.example")]
    [TestCase("GET http://evil.example/api/v1/info HTTP/1.1", "Host: localhost")]
    [TestCase("GET http://evil.example/api/v1/info HTTP/1.1", "Host: evil.example")]
    public async Task A_host_that_is_not_clear_is_refused(params string[] head)
    {
        var answer = await RawRequest.SendAsync(Url, [.. head, $"Authorization: Bearer {Token}"]);

        Assert.That(RawRequest.StatusOf(answer), Is.EqualTo(400));
        Assert.That(answer, Does.Not.Contain(Cluster.Info.DataDirectory));
    }

    [Test]
    public async Task Guessing_is_slow_and_takes_nothing_from_who_knows_the_token()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => AskAsync(HttpMethod.Get, "/api/v1/info", token: $"Bearer {Wrong}")));

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests), Is.EqualTo(10));
        Assert.That((await Client.InfoAsync()).Id, Is.EqualTo(Cluster.Info.Id));
        Time.Advance(TimeSpan.FromSeconds(1));
        using var later = await AskAsync(HttpMethod.Get, "/api/v1/info", token: $"Bearer {Wrong}");
        Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_token_is_in_no_log_and_no_answer()
    {
        Cluster.OnCommand = _ => throw new InvalidOperationException("broken");
        using var failed = await AskAsync(HttpMethod.Post, "/api/v1/drain");
        using var refused = await AskAsync(HttpMethod.Post, "/api/v1/drain", token: $"Bearer {Wrong}");

        Assert.That(await failed.Content.ReadAsStringAsync() + await refused.Content.ReadAsStringAsync(), Does.Not.Contain(Token).And.Not.Contain(Wrong));
        Assert.That(Log.Lines, Has.Some.Contains("broken"));
        Assert.That(string.Concat(Log.Lines), Does.Not.Contain(Token).And.Not.Contain(Wrong));
        Assert.That($"{new ClusterServerOptions { Token = Token }}{new ClusterClientOptions(Url, Token)}", Does.Not.Contain(Token));
    }
}
