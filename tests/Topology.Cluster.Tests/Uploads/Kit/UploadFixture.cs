using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>Tests with a store of uploads in a directory of their own.</summary>
public abstract class UploadFixture
{
    internal static readonly UploadLimits Small = new()
    {
        ZipBytes = 200_000,
        Entries = 20,
        FileBytes = 300_000,
        UnpackedBytes = 2_500_000,
        Ratio = 50,
        PathDepth = 4,
        NameBytes = 22,
        PathBytes = 50,
        StoreBytes = 3_000_000,
        Receiving = 2,
    };

    internal TemporaryDirectory Temporary { get; private set; } = null!;

    protected ManualTime Time { get; private set; } = null!;

    protected UploadStore Store { get; private set; } = null!;

    [SetUp]
    public void OpenStore()
    {
        Temporary = new TemporaryDirectory();
        Time = new ManualTime();
        Store = Open();
    }

    [TearDown]
    public void Remove() => Temporary.Dispose();

    protected UploadStore Open() => UploadStore.Open(Temporary.PathOf("uploads"), Small, Time);

    protected UploadId Upload(byte[] zip)
    {
        using var upload = Store.Begin(ZipBytes.IdOf(zip));
        upload.Append(zip);
        upload.Complete();
        return upload.Announced;
    }

    /// <summary>Uploads and unpacks a zip that is to be refused, and sees that nothing is left of it but the zip.</summary>
    protected UploadException Refused(byte[] zip)
    {
        var id = Upload(zip);
        var error = Assert.Throws<UploadException>(() => Store.Unpack(id))!;
        Assert.That(Temporary.Entries(), Is.EqualTo(new[] { "uploads", "uploads/incoming", "uploads/unpacked", "uploads/zips", $"uploads/zips/{id}.zip" }));
        Assert.That(Store.Bytes, Is.EqualTo(zip.Length));
        return error;
    }
}
