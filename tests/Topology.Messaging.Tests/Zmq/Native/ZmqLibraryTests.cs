using System.Runtime.InteropServices;

namespace Topology.Messaging.Tests;

public sealed class ZmqLibraryTests
{
    private static readonly ZmqPlatform Linux = new(IsWindows: false, IsMacOS: false, Architecture.X64);
    private static readonly ZmqPlatform MacOS = new(IsWindows: false, IsMacOS: true, Architecture.Arm64);
    private static readonly ZmqPlatform Windows = new(IsWindows: true, IsMacOS: false, Architecture.X64);

    [Test]
    public void Without_a_setting_the_system_is_asked_by_name_first() => Assert.Multiple(() =>
    {
        Assert.That(Candidates(Linux, null), Is.EqualTo(new[] { "libzmq.so.5", "libzmq.so" }));
        Assert.That(Candidates(MacOS, ""), Is.SupersetOf(new[] { "libzmq.5.dylib", "/opt/homebrew/lib/libzmq.5.dylib", "/usr/local/lib/libzmq.5.dylib" }));
        Assert.That(Candidates(Windows, " ")[0], Is.EqualTo("libzmq.dll"));
    });

    [Test]
    public void A_setting_is_the_only_place() => Assert.Multiple(() =>
    {
        Assert.That(Candidates(Linux, "/x/my.so"), Is.EqualTo(new[] { "/x/my.so" }));
        Assert.That(Candidates(Linux, "/x", isFolder: true), Has.All.StartsWith("/x/"));
        Assert.That(Candidates(Linux, "/x", isFolder: true), Has.Member("/x/libzmq.so.5"));
    });

    [Test]
    public void A_folder_may_hold_an_unpacked_package() => Assert.Multiple(() =>
    {
        Assert.That(Candidates(Linux, "/x", isFolder: true), Has.Member("/x/usr/lib/x86_64-linux-gnu/libzmq.so.5"));
        Assert.That(Candidates(Linux with { Architecture = Architecture.Arm64 }, "/x", isFolder: true), Has.Member("/x/usr/lib/aarch64-linux-gnu/libzmq.so.5"));
    });

    [Test]
    public void What_the_library_needs_is_loaded_from_beside_it_in_order_of_need()
    {
        var companions = ZmqLibraryPaths.CompanionsOf("/x/libzmq.so.5", path => !path.Contains("pgm")).Select(Path.GetFileName).ToList();
        Assert.That(companions, Has.Member("libsodium.so.23").And.No.Member("libpgm-5.3.so.0"));
        Assert.That(companions.IndexOf("libmd.so.0"), Is.LessThan(companions.IndexOf("libbsd.so.0")));
        Assert.That(ZmqLibraryPaths.CompanionsOf("libzmq.so.5", _ => true), Is.Empty);
    }

    [Test]
    public void A_missing_library_is_one_line_that_says_what_to_type()
    {
        using var empty = new TempFolder();
        foreach (var (platform, line) in new[] { (Linux, "apt-get install libzmq5"), (MacOS, "brew install zeromq"), (Windows, "vcpkg install libzmq") })
        {
            var error = Assert.Throws<NetMQException>(() => ZmqLibrary.Find(platform, empty.Path))!;
            Assert.That(error.Message, Does.Contain(line).And.Contain(empty.Path).And.Not.Contain("\n"));
        }

        Assert.That(Linux.InstallLine, Does.Contain("without root").And.Contain("TOPOLOGY_LIBZMQ="));
    }

    [Test]
    public void A_file_that_is_no_library_is_no_library()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "libzmq.so.5"), "text");
        Assert.That(() => ZmqLibrary.Find(Linux, folder.Path), Throws.TypeOf<NetMQException>());
    }

    [TestCase("4.3.4", true, null)]
    [TestCase("4.3.5", true, null)]
    [TestCase("5.0.0", true, null)]
    [TestCase("4.3.3", true, "too old")]
    [TestCase("4.3.4", false, "without CURVE")]
    public void A_library_that_is_too_old_or_encrypts_nothing_is_refused(string version, bool hasCurve, string? reason)
    {
        void Check() => ZmqLibrary.Check(Version.Parse(version), hasCurve, Linux);
        if (reason is null) Assert.That(Check, Throws.Nothing);
        else Assert.That(Check, Throws.TypeOf<NetMQException>().With.Message.Contain(reason).And.Message.Contain("apt-get install libzmq5"));
    }

    private static IReadOnlyList<string> Candidates(ZmqPlatform platform, string? setting, bool isFolder = false) =>
        ZmqLibraryPaths.Candidates(platform, setting, _ => isFolder);
}
