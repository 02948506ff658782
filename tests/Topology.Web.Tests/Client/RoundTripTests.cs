using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Topology.Cluster;

namespace Topology.Web.Tests;

/// <summary>What goes in at one side of the wire comes out at the other, whatever it is.</summary>
public sealed class RoundTripTests : ServerFixture
{
    private const int Runs = 60;

    // By reflection and with its own rules, so that what the API's JSON leaves out is found missing.
    private static readonly JsonSerializerOptions Plain = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Test]
    public void Lists_of_topologies() => Check(Any.Summary.ListOf(), list =>
    {
        Cluster.Topologies = [.. list];
        return Client.ListAsync().Result.SequenceEqual(list);
    });

    [Test]
    public void Descriptions() => Check(Any.Description, description =>
    {
        Cluster.OnDescribe = _ => description;
        return AreAlike(Client.DescribeAsync("wc").Result, description);
    });

    [Test]
    public void Errors() => Check(Any.Error.ListOf(), list =>
    {
        Cluster.OnErrors = _ => [.. list];
        return Client.ErrorsAsync("wc").Result!.Value.SequenceEqual(list);
    });

    [Test]
    public void Supervisors() => Check(Any.Supervisor.ListOf(), list =>
    {
        Cluster.Supervisors = [.. list];
        return Client.SupervisorsAsync().Result.SequenceEqual(list);
    });

    [Test]
    public void Submissions() => Check(Any.Submit, request =>
    {
        SubmitRequest? arrived = null;
        Cluster.OnSubmit = given =>
        {
            arrived = given;
            return new(CommandVerdict.Accepted, "wc-1", "");
        };
        return Client.SubmitAsync(request).Result.Verdict == CommandVerdict.Accepted && AreAlike(arrived, request) && arrived!.Upload == request.Upload;
    });

    [Test]
    public void Log_lines() => Check(Any.Line.ListOf(), list =>
    {
        Cluster.OnLogs = (_, _, _) => list.ToAsyncEnumerable();
        return Client.LogsAsync("wc", new()).Result!.ToBlockingEnumerable().SequenceEqual(list);
    });

    [Test]
    public void Queries_of_logs() => Check(Any.Query, query =>
    {
        LogQuery? arrived = null;
        Cluster.OnLogs = (_, given, _) =>
        {
            arrived = given;
            return AsyncEnumerable.Empty<LogLine>();
        };
        var lines = Client.LogsAsync("wc", query).Result!.ToBlockingEnumerable();
        return !lines.Any() && arrived! with { Logs = null } == query with { Logs = null } && (query.Logs is null) == (arrived.Logs is null) && (query.Logs ?? []).SequenceEqual(arrived.Logs ?? []);
    });

    [Test]
    public void Names() => Check(Any.Text.Where(name => name.Length is > 0 and <= StoreLimits.IdLength && !name.Contains('\0')), name =>
    {
        string? arrived = null;
        Cluster.OnDescribe = given =>
        {
            arrived = given;
            return null;
        };
        return Client.DescribeAsync(name).Result is null && arrived == name;
    });

    private static bool AreAlike<T>(T one, T other) => JsonSerializer.Serialize(one, Plain) == JsonSerializer.Serialize(other, Plain);

    private void Check<T>(Gen<T> values, Func<T, bool> holds) =>
        Prop.ForAll(values.ToArbitrary(), value =>
        {
            // The limits on requests are not what is tested.
            Time.Advance(TimeSpan.FromSeconds(1));
            return holds(value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
}
