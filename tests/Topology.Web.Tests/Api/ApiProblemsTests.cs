using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class ApiProblemsTests : ServerFixture
{
    private static readonly string Id = new('a', 64);

    private static IEnumerable<TestCaseData> Errors =>
    [
        new(new StoreFullException("The disk is full."), 507, "failed", "The disk is full."),
        new(new StoreException("The store is broken."), 503, "failed", "The store is broken."),
        new(new StoreConflictException("The name is taken."), 409, "conflict", "The name is taken."),
        new(new ClusterException(ClusterProblem.Failed, "It is ending."), 503, "failed", "It is ending."),
        new(new ObjectDisposedException("master"), 503, "failed", "The daemon is ending."),
        new(new OperationCanceledException(), 503, "failed", "The daemon is ending."),
        new(new UploadException("The upload is no zip."), 400, "upload", "The upload is no zip."),
        new(new UploadException("No room.", new IOException("full", 28)), 507, "upload", "No room."),
        new(new UploadException("No disk.", new IOException("broken", 5)), 503, "upload", "No disk."),
        new(new InvalidOperationException("internal detail"), 500, "failed", "The daemon has an error of its own."),
    ];

    private static IEnumerable<TestCaseData> Bodies =>
    [
        new("topologies", "{\"upload\":\"" + Id + "\",\"jar\":1}", "'jar' is not known here."),
        new("topologies", "{\"upload\":\"" + Id + "\",\"Name\":\"x\"}", "'Name' is not known here."),
        new("topologies", "{\"upload\":\"" + Id + "\",\"name\":\"x\",\"name\":\"y\"}", "'name' is said twice."),
        new("topologies", "{\"upload\":\"../../etc/passwd\"}", "64 lower-case hexadecimal digits"),
        new("topologies", "{\"upload\":7}", "64 lower-case hexadecimal digits"),
        new("topologies", "{\"upload\":null}", "$.upload: The value is not of the right kind."),
        new("topologies", "{\"upload\":\"" + Id + "\",\"workers\":\"2\"}", "$.workers: The value is not of the right kind."),
        new("topologies", "{\"upload\":\"" + Id + "\",\"settings\":{\"a\":1}}", "The value is not of the right kind."),
        new("topologies", "{\"upload\":\"" + Id + "\",\"settings\":null}", "$.settings: The value is not of the right kind."),
        new("topologies", "{}", "It lacks 'upload'."),
        new("topologies", "null", "It is null."),
        new("topologies", "", ""),
        new("topologies", "[]", "The value is not of the right kind."),
        new("topologies", "{\"upload\"", ""),
        new("topologies/wc/rebalance", "{\"worker\":1}", "'worker' is not known here."),
        new("topologies/wc/rebalance", "{\"workers\":1.5}", "$.workers: The value is not of the right kind."),
        new("topologies/wc/rebalance", "{\"waitSeconds\":-1}", "'waitSeconds'"),
        new("topologies/wc/drain", "{\"waitSeconds\":1e300}", "'waitSeconds'"),
        new("topologies/wc/drain", "{\"waitSeconds\":\"NaN\"}", "'waitSeconds'"),
        new("topologies/wc/kill", "{\"workers\":1}", "'workers' is not known here."),
        new("topologies/wc/activate", "{\"waitSeconds\":1}", "'waitSeconds' is not known here."),
        new("drain", "{\"topology\":\"wc\"}", "'topology' is not known here."),
        new("resume", "{} {}", ""),
        new("stop", "{\"now\":true}", "'now' is not known here."),
    ];

    [TestCaseSource(nameof(Errors))]
    public async Task What_the_cluster_throws_becomes_a_status_and_a_text(Exception error, int status, string kind, string what)
    {
        Cluster.OnCommand = _ => throw error;

        using var answer = await AskAsync(HttpMethod.Post, "/api/v1/topologies/wc/activate?secret=x");
        var text = await answer.Content.ReadAsStringAsync();
        var problem = JsonDocument.Parse(text).RootElement;

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(problem.GetProperty("kind").GetString(), Is.EqualTo(kind));
        Assert.That(problem.GetProperty("what").GetString(), Is.EqualTo(what));
        Assert.That(problem.GetProperty("where").GetString(), Is.EqualTo("POST /api/v1/topologies/wc/activate"));
        Assert.That(text, Does.Not.Contain("internal detail").And.Not.Contain(" at "));
        Assert.That(Log.Lines.Any(line => line.StartsWith("Error", StringComparison.Ordinal)), Is.EqualTo(kind == "failed"));
    }

    [TestCaseSource(nameof(Errors))]
    public void The_client_throws_what_the_contract_says(Exception error, int status, string kind, string what)
    {
        Cluster.OnCommand = _ => throw error;

        if (status == 409) Assert.That(async () => (await Client.CommandAsync(new TopologyCommand.Activate("wc"))).Verdict, Is.EqualTo(CommandVerdict.Conflict));
        else if (kind == "upload") Assert.That(() => Client.CommandAsync(new TopologyCommand.Activate("wc")), Throws.TypeOf<UploadException>().With.Message.StartsWith(what));
        else Assert.That(() => Client.CommandAsync(new TopologyCommand.Activate("wc")), Throws.TypeOf<ClusterException>().With.Message.StartsWith(what).And.Property("Problem").EqualTo(ClusterProblem.Failed));
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task A_body_that_is_not_as_it_should_be_is_refused_clearly(string route, string body, string what)
    {
        using var answer = await AskAsync(HttpMethod.Post, $"/api/v1/{route}", new StringContent(body, Encoding.UTF8, "application/json"));
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("kind").GetString(), Is.EqualTo("invalid"));
        Assert.That(problem.GetProperty("what").GetString(), Does.Contain(what).And.Not.Contain("Topology.").And.Not.Contain("System."));
        Assert.That(Cluster.Stopped.IsCompleted, Is.False);
    }

    [TestCase("GET", "/api/v1/topologies/wc/logs?jar=1", "'jar'")]
    [TestCase("GET", "/api/v1/topologies/wc/logs?task=x", "'task'")]
    [TestCase("GET", "/api/v1/topologies/wc/logs?task=1&task=2", "said twice")]
    [TestCase("GET", "/api/v1/topologies/wc/logs?level=2", "'level'")]
    [TestCase("GET", "/api/v1/topologies/wc/logs?level=", "'level'")]
    [TestCase("GET", "/api/v1/topologies/wc/logs?since=yesterday", "'since'")]
    [TestCase("GET", "/api/v1/topologies/wc/logs?follow=1", "'follow'")]
    [TestCase("HEAD", "/api/v1/uploads/..%2f..%2fetc%2fpasswd", "")]
    [TestCase("PUT", "/api/v1/uploads/..%2f..%2fetc%2fpasswd", "64 lower-case")]
    [TestCase("PUT", "/api/v1/uploads/AAAA", "64 lower-case")]
    public async Task A_target_that_is_not_as_it_should_be_is_refused_clearly(string method, string target, string what)
    {
        using var answer = await AskAsync(HttpMethod.Parse(method), target);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(JsonEncoded(await answer.Content.ReadAsStringAsync()), Does.Contain(what));
    }

    [TestCase("GET", "/api/v1/stop", 405)]
    [TestCase("DELETE", "/api/v1/topologies/wc", 405)]
    [TestCase("GET", "/api/v1/topologies/wc/none", 404)]
    public async Task What_is_no_route_says_so(string method, string target, int status)
    {
        using var answer = await AskAsync(HttpMethod.Parse(method), target);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"noroute\""));
    }

    [Test]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        var request = new SubmitRequest(UploadId.Parse(Id)) { Name = new string('x', 9 << 20) };

        var outcome = await Client.SubmitAsync(request);

        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Invalid));
        Assert.That(outcome.Message, Does.Contain("larger"));
    }

    [Test]
    public async Task As_many_settings_as_are_kept_arrive()
    {
        SubmitRequest? arrived = null;
        Cluster.OnSubmit = request =>
        {
            arrived = request;
            return new(CommandVerdict.Accepted, "wc-1", "");
        };
        var request = new SubmitRequest(UploadId.Parse(Id)) { Settings = ImmutableSortedDictionary<string, string>.Empty.Add("x", new string('☃', StoreLimits.SettingsLength)) };

        await Client.SubmitAsync(request);

        Assert.That(arrived!.Settings["x"], Is.EqualTo(request.Settings["x"]));
    }

    [Test]
    public async Task A_head_that_is_too_large_is_refused()
    {
        var large = await RawRequest.SendAsync(Url, "GET /api/v1/info HTTP/1.1", "Host: localhost", $"Authorization: Bearer {Token}", $"X: {new string('x', 17 << 10)}");
        var many = await RawRequest.SendAsync(Url, ["GET /api/v1/info HTTP/1.1", "Host: localhost", $"Authorization: Bearer {Token}", .. Enumerable.Range(0, 70).Select(i => $"X{i}: 1")]);

        Assert.That((RawRequest.StatusOf(large), RawRequest.StatusOf(many)), Is.EqualTo((431, 431)));
    }

    [Test]
    public async Task Answers_are_neither_kept_nor_guessed_at_and_say_nothing_of_the_server()
    {
        using var answer = await AskAsync(HttpMethod.Get, "/api/v1/info");

        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(answer.Headers.Server, Is.Empty);
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    private static string JsonEncoded(string text) => text.Length == 0 ? "" : JsonDocument.Parse(text).RootElement.GetProperty("what").GetString()!;
}
