using System.Diagnostics;
using NUnit.Framework.Constraints;
using Topology.Cluster;

namespace Topology.Web.Tests;

public sealed class TokenFileTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private TemporaryFolder _temporary = null!;
    private DataDirectory _directory = null!;

    private string TokenPath => TokenFile.PathIn(_directory.FullPath);

    [SetUp]
    public void Open()
    {
        _temporary = new();
        _directory = DataDirectory.Open(_temporary.PathOf("data"));
    }

    [TearDown]
    public void Remove()
    {
        _directory.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void It_is_made_once_and_private()
    {
        var token = TokenFile.ReadOrCreate(_directory);

        Assert.That(token, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(File.GetUnixFileMode(TokenPath), Is.EqualTo(Private));
        Assert.That(TokenFile.ReadOrCreate(_directory), Is.EqualTo(token));
        Assert.That(TokenFile.Read(_directory.FullPath), Is.EqualTo(token));
    }

    [Test]
    public void No_two_are_alike()
    {
        var first = TokenFile.ReadOrCreate(_directory);
        File.Delete(TokenPath);

        Assert.That(TokenFile.ReadOrCreate(_directory), Is.Not.EqualTo(first));
    }

    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.GroupWrite)]
    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.OtherWrite)]
    [TestCase(UnixFileMode.OtherExecute)]
    public void One_that_others_may_use_is_refused(UnixFileMode more)
    {
        TokenFile.ReadOrCreate(_directory);
        File.SetUnixFileMode(TokenPath, Private | more);

        Assert.That(() => TokenFile.Read(_directory.FullPath), Refused("Others"));
        Assert.That(() => TokenFile.ReadOrCreate(_directory), Refused("Others"));
    }

    [TestCase("")]
    [TestCase("short")]
    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF\n")]
    public void What_is_no_token_is_refused(string text)
    {
        TokenFile.ReadOrCreate(_directory);
        File.WriteAllText(TokenPath, text);

        Assert.That(() => TokenFile.ReadOrCreate(_directory), Refused("holds no token"));
    }

    [Test]
    public void A_link_is_refused_wherever_it_leads()
    {
        File.CreateSymbolicLink(TokenPath, _temporary.PathOf("elsewhere"));
        Assert.That(() => TokenFile.ReadOrCreate(_directory), Refused("link"));

        _temporary.Write("elsewhere", new string('a', 64));
        File.SetUnixFileMode(_temporary.PathOf("elsewhere"), Private);
        Assert.That(() => TokenFile.Read(_directory.FullPath), Refused("link"));
    }

    [Test]
    public void Another_users_is_refused()
    {
        Assume.That(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        TokenFile.ReadOrCreate(_directory);
        using (var given = Process.Start("/bin/chown", ["65534", TokenPath])) given.WaitForExit();

        Assert.That(() => TokenFile.Read(_directory.FullPath), Refused("another user"));
    }

    [Test]
    public void Without_one_the_message_says_what_to_do() =>
        Assert.That(() => TokenFile.Read(_directory.FullPath), Refused("data directory"));

    private static ContainsConstraint Refused(string why) =>
        Throws.TypeOf<ClusterException>().With.Property("Problem").EqualTo(ClusterProblem.Unauthorized).And.Message.Contains(why);
}
