using System.Security.Cryptography;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>How a supervisor gets the code of topologies from its daemon, part by part. In manual time.</summary>
public sealed class CodeFetchTests
{
    private const int Part = 1_000;

    private static readonly byte[] Code = RandomNumberGenerator.GetBytes(2_500);
    private static readonly UploadId Id = UploadId.Of(SHA256.HashData(Code));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DirectoryInfo _folder = null!;
    private ManualTime _time = null!;
    private UploadStore _uploads = null!;
    private CodeFetch _fetch = null!;
    private Action<HostMessage.Fetch> _daemon = _ => { };

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("fetch-");
        _time = new ManualTime();
        _uploads = UploadStore.Open(Path.Combine(_folder.FullName, "uploads"), new UploadLimits { ZipBytes = 4_000 }, _time);
        _daemon = _ => { };
        _fetch = new CodeFetch(_uploads, asked => _daemon(asked), _time);
    }

    [TearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [Test]
    public async Task An_upload_comes_part_by_part_and_is_whole()
    {
        var asked = new List<long>();
        _daemon = question =>
        {
            asked.Add(question.Offset);
            Answer(question, Code);
        };
        await Task.WhenAll(_fetch.FetchAsync(Id), _fetch.FetchAsync(Id)).WaitAsync(Patience);
        Assert.That(_uploads.ReadZip(Id, 0, 10_000).Part, Is.EqualTo(Code));
        Assert.That(asked, Is.EqualTo(new[] { 0, 1_000, 2_000 }), "Once for both that ask.");
        await _fetch.FetchAsync(Id);
        Assert.That(asked, Has.Count.EqualTo(3), "What is here is not asked for.");
    }

    [Test]
    public async Task A_question_that_is_lost_is_asked_again_and_an_answer_that_comes_twice_counts_once()
    {
        var questions = 0;
        _daemon = question =>
        {
            if (Interlocked.Increment(ref questions) % 2 == 1) return;
            Answer(question, Code);
            Answer(question, Code);
        };
        var fetch = _fetch.FetchAsync(Id);
        await AdvanceUntilAsync(fetch);
        await fetch;
        Assert.That(_uploads.ReadZip(Id, 0, 10_000).Part, Is.EqualTo(Code));
    }

    [Test]
    public void What_is_not_what_it_should_be_is_not_kept()
    {
        _daemon = question => Answer(question, [.. Code[..^1], (byte)(Code[^1] ^ 1)]);
        Assert.That(() => _fetch.FetchAsync(Id).WaitAsync(Patience), Throws.InstanceOf<UploadException>());
        Assert.That(_uploads.Contains(Id), Is.False);
        Assert.That(_uploads.Bytes, Is.Zero);
    }

    [Test]
    public void What_is_larger_than_uploads_may_be_is_not_taken()
    {
        _daemon = question => _fetch.Take(question.Upload, new HostOrder.Chunk(question.Upload, question.Offset, long.MaxValue, new byte[Part]));
        Assert.That(() => _fetch.FetchAsync(Id).WaitAsync(Patience), Throws.InstanceOf<UploadException>().With.Message.Contains("limit"));
    }

    [Test]
    public void A_daemon_that_has_none_or_stops_in_the_middle_says_so()
    {
        _daemon = question => _fetch.Take(question.Upload, new HostOrder.NoChunk(question.Upload, "it was removed"));
        Assert.That(() => _fetch.FetchAsync(Id).WaitAsync(Patience), Throws.InstanceOf<UploadException>().With.Message.Contains("it was removed"));
        _daemon = question => _fetch.Take(question.Upload, new HostOrder.Chunk(question.Upload, question.Offset, Code.Length, question.Offset == 0 ? Code.AsMemory(0, Part) : default));
        Assert.That(() => _fetch.FetchAsync(Id).WaitAsync(Patience), Throws.InstanceOf<UploadException>());
        Assert.That(_uploads.Contains(Id), Is.False);
    }

    [Test]
    public async Task A_daemon_that_says_nothing_is_given_up()
    {
        var fetch = _fetch.FetchAsync(Id);
        await AdvanceUntilAsync(fetch);
        Assert.That(() => fetch, Throws.InstanceOf<UploadException>().With.Message.Contains("within 60 s"));
    }

    private void Answer(HostMessage.Fetch question, byte[] code)
    {
        var offset = (int)question.Offset;
        _fetch.Take(question.Upload, new HostOrder.Chunk(question.Upload, offset, code.Length, code.AsMemory(offset, Math.Min(Part, code.Length - offset))));
    }

    // Time passes only while somebody waits for it: else it would run away from who is about to.
    private async Task AdvanceUntilAsync(Task end)
    {
        while (!end.IsCompleted)
        {
            if (_time.NextTimer != long.MaxValue) _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
