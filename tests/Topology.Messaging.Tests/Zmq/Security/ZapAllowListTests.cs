using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class ZapAllowListTests
{
    [Test]
    public void It_holds_what_was_allowed_last_and_nothing_else() =>
        Prop.ForAll(Gen.Choose(0, 2).SelectMany(_ => Gen.Choose(0, 2), (change, domain) => (change, domain)).SelectMany(_ => Gen.Choose(0, 3), (pair, key) => (pair.change, pair.domain, key)).ListOf().ToArbitrary(), changes =>
        {
            var list = new ZapAllowList();
            var model = new Dictionary<(int, int), string>();
            foreach (var (change, domain, key) in changes) Apply(list, model, change, domain, key);
            return list.Count == model.Count && Enumerable.Range(0, 12).All(i =>
                model.TryGetValue((i / 4, i % 4), out var name)
                    ? System.Text.Encoding.UTF8.GetString(list.Find($"d{i / 4}", Key(i % 4))!) == name
                    : list.Find($"d{i / 4}", Key(i % 4)) is null);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_key_of_another_length_is_nobodys()
    {
        var list = new ZapAllowList();
        list.Allow("d", Key(1), "one");
        Assert.That(list.Find("d", Key(1).AsSpan(1)), Is.Null);
        Assert.That(list.Find("d", []), Is.Null);
        Assert.That(() => list.Allow("d", new byte[33], "one"), Throws.TypeOf<ArgumentException>());
        Assert.That(() => list.Allow("d", Key(1), ""), Throws.TypeOf<ArgumentException>());
        Assert.That(() => list.Allow("d", Key(1), "a\0b"), Throws.TypeOf<ArgumentException>());
    }

    private static void Apply(ZapAllowList list, Dictionary<(int Domain, int Key), string> model, int change, int domain, int key)
    {
        switch (change)
        {
            case 0:
                list.Allow($"d{domain}", Key(key), $"{domain}.{key}.{model.Count}");
                model[(domain, key)] = $"{domain}.{key}.{model.Count}";
                break;
            case 1:
                list.Revoke($"d{domain}", Key(key));
                model.Remove((domain, key));
                break;
            default:
                list.RevokeAll($"d{domain}");
                foreach (var pair in model.Keys.Where(pair => pair.Domain == domain).ToList()) model.Remove(pair);
                break;
        }
    }

    private static byte[] Key(int number)
    {
        var key = new byte[32];
        key[31] = (byte)number;
        return key;
    }
}
