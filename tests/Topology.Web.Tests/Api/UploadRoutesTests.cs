using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class UploadRoutesTests : ServerFixture
{
    private static readonly byte[] Zip = RandomNumberGenerator.GetBytes(200_000);

    private static UploadId Id => ClusterClientTests.IdOf(Zip);

    private string Incoming => Temporary.PathOf("uploads/incoming");

    [Test]
    public async Task One_that_is_there_is_read_and_dropped()
    {
        await Client.UploadAsync(Id, new MemoryStream(Zip));
        await Client.UploadAsync(Id, new MemoryStream(Zip));

        Assert.That(Cluster.Uploads!.Bytes, Is.EqualTo(Zip.Length));
        AssertNothingIncoming();
    }

    [Test]
    public async Task One_is_read_from_where_its_stream_is()
    {
        using var stream = new MemoryStream([1, 2, 3, .. Zip]) { Position = 3 };

        await Client.UploadAsync(Id, stream);

        Assert.That(await Client.HasUploadAsync(Id), Is.True);
    }

    [Test]
    public async Task One_whose_content_is_another_is_refused()
    {
        var error = (await Assert.ThrowsAsync<UploadException>(() => Client.UploadAsync(Id, new MemoryStream([.. Zip, 0]))))!;

        Assert.That(error.Message, Does.Contain(Id.Text));
        Assert.That(await Client.HasUploadAsync(Id), Is.False);
        AssertNothingIncoming();
    }

    [Test]
    public async Task One_that_is_too_large_is_refused_before_it_crosses()
    {
        var sent = 0L;
        var zip = new MemoryStream(new byte[300_001]);

        var error = (await Assert.ThrowsAsync<UploadException>(() => Client.UploadAsync(Id, zip, new Counted(count => sent = count))))!;

        Assert.That(error.Message, Does.Contain("300001").And.Contain("300000"));
        Assert.That(sent, Is.Zero);
    }

    [Test]
    public async Task One_without_a_length_meets_the_limit_as_it_comes()
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/uploads/{Id}") { Content = new StreamContent(new Unseekable(new byte[300_001])) };
        request.Headers.Authorization = new("Bearer", Token);
        request.Headers.ExpectContinue = true;

        using var answer = await http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"upload\""));
        AssertNothingIncoming();
    }

    [Test]
    public async Task One_beyond_the_room_of_all_is_refused()
    {
        var other = RandomNumberGenerator.GetBytes(290_000);
        await Client.UploadAsync(Id, new MemoryStream(Zip));
        var third = RandomNumberGenerator.GetBytes(290_000);
        await Client.UploadAsync(ClusterClientTests.IdOf(other), new MemoryStream(other));

        Assert.That(() => Client.UploadAsync(ClusterClientTests.IdOf(third), new MemoryStream(third)), Throws.TypeOf<UploadException>().With.Message.Contains("All uploads together"));
        AssertNothingIncoming();
    }

    [Test]
    public async Task More_than_may_come_at_once_are_refused_before_they_cross()
    {
        using var first = Cluster.Uploads!.Begin(Id);
        using var second = Cluster.Uploads.Begin(Id);

        Assert.That(() => Client.UploadAsync(Id, new MemoryStream(Zip)), Throws.TypeOf<UploadException>().With.Message.Contains("limit"));
        await Task.CompletedTask;
    }

    [Test]
    public async Task It_is_taken_in_as_it_comes()
    {
        // More than a connection holds back until it is told to send.
        const int First = 50_000;
        const int Second = 10_000;
        var pipe = new Pipe();
        var seen = new TaskCompletionSource();
        var whole = new TaskCompletionSource<int>();
        Cluster.OnUpload = async (_, zip, end) =>
        {
            var piece = new byte[1000];
            var count = 0;
            while (await zip.ReadAsync(piece, end) is > 0 and var more)
            {
                count += more;
                seen.TrySetResult();
            }

            whole.SetResult(count);
        };

        var upload = Client.UploadAsync(Id, pipe.Reader.AsStream());
        await pipe.Writer.WriteAsync(new byte[First]);
        // The server has the first bytes while the last are not there yet.
        await seen.Task.WaitAsync(Limit);
        await pipe.Writer.WriteAsync(new byte[Second]);
        await pipe.Writer.CompleteAsync();
        await upload.WaitAsync(Limit);

        Assert.That(await whole.Task, Is.EqualTo(First + Second));
    }

    [Test]
    public async Task A_cancelled_one_leaves_nothing()
    {
        var pipe = new Pipe();
        var ended = Ended();
        using var cancellation = new CancellationTokenSource();
        var upload = Client.UploadAsync(Id, pipe.Reader.AsStream(), new Counted(_ => cancellation.Cancel()), cancellation.Token);
        await pipe.Writer.WriteAsync(new byte[10]);

        Assert.That(async () => await upload.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        await ended.WaitAsync(Limit);
        AssertNothingIncoming();
    }

    [Test]
    public async Task A_client_that_goes_leaves_nothing()
    {
        var ended = Ended();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, Url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT /api/v1/uploads/{Id} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token}\r\nContent-Length: 1000\r\n\r\nsome"));
        }

        await ended.WaitAsync(Limit);
        AssertNothingIncoming();
    }

    [Test]
    public async Task A_stream_that_cannot_be_read_is_the_uploads_fault()
    {
        var error = (await Assert.ThrowsAsync<UploadException>(() => Client.UploadAsync(Id, new Broken())))!;

        Assert.That(error.Message, Does.Contain("The disk is gone."));
    }

    /// <summary>Ends when the server has ended an upload that fails.</summary>
    private Task Ended()
    {
        var ended = new TaskCompletionSource();
        var uploads = Cluster.Uploads!;
        Cluster.OnUpload = async (id, zip, end) =>
        {
            try
            {
                using var incoming = uploads.Begin(id);
                var piece = new byte[100];
                while (await zip.ReadAsync(piece, end) is > 0 and var count) incoming.Append(piece.AsSpan(0, count));
                incoming.Complete();
            }
            finally
            {
                ended.SetResult();
            }
        };
        return ended.Task;
    }

    private void AssertNothingIncoming() => Assert.That(Directory.GetFiles(Incoming), Is.Empty);

    private sealed class Counted(Action<long> counted) : IProgress<long>
    {
        public void Report(long value) => counted(value);
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private sealed class Broken : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The disk is gone.");
    }
}
