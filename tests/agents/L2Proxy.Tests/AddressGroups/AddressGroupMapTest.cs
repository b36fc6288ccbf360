using Cascade.L2Proxy.AddressGroups;

namespace L2Proxy.Tests.AddressGroups;

sealed class AddressGroupMapTest
{
    [TestCase("10.0.0.5", "10.0.0.5/32", TestName = "an address is a prefix of all its bits")]
    [TestCase("10.0.0.5/24", "10.0.0.0/24", TestName = "host bits are cut, as in an address group")]
    [TestCase("10.0.0.0/9", "10.0.0.0/9", TestName = "a length within an octet")]
    [TestCase("2001:DB8:0:0::1", "2001:db8::1/128", TestName = "IPv6 in its shortest form")]
    [TestCase("2001:db8::ffff/64", "2001:db8::/64", TestName = "IPv6 without host bits")]
    [TestCase("0.0.0.0/0", "0.0.0.0/0", TestName = "everything")]
    [TestCase("10.0.0.0/33", null, TestName = "longer than it can be")]
    [TestCase("10.0.0.0/x", null, TestName = "no length")]
    [TestCase("somewhere", null, TestName = "no address")]
    [TestCase(null, null, TestName = "nothing")]
    public void Prefixes_have_one_spelling(string? text, string? prefix) => Assert.That(Prefix.Of(text), Is.EqualTo(prefix));

    [TestCase("10.0.0.0/8", "IPv4", true)]
    [TestCase("10.0.0.0/8", "IPv6", false)]
    [TestCase("2001:db8::/64", "IPv6", true)]
    public void A_prefix_is_of_one_family(string prefix, string ethertype, bool fits) => Assert.That(Prefix.IsOf(prefix, ethertype), Is.EqualTo(fits));

    [Test]
    public void Members_elsewhere_have_to_be_in_it_and_those_here_may_be()
    {
        var wanted = AddressGroupMap.Elsewhere("g", "web", ["10.0.0.1", "10.0.0.2", "fd00::1"], ["10.0.0.2"]);

        Assert.That(wanted.Must, Is.EquivalentTo(new[] { "10.0.0.1/32", "fd00::1/128" }));
        Assert.That(
            Both(["10.0.0.2/32", "10.0.0.9/32"], wanted),
            Is.EqualTo("+10.0.0.1/32 +fd00::1/128 -10.0.0.9/32"),
            "who came to live here stays listed, who is no member goes");
    }

    [Test]
    public void The_parent_s_own_groups_are_one_to_one()
    {
        var wanted = AddressGroupMap.Wanted(new("a", []) { Name = "office", Addresses = ["198.51.100.0/24", "203.0.113.7/32"] });

        Assert.That((wanted.Name, wanted.Description), Is.EqualTo(("office", "cascade:a")));
        Assert.That(Both(["198.51.100.0/24", "192.0.2.1/32"], wanted), Is.EqualTo("+203.0.113.7/32 -192.0.2.1/32"));
        Assert.That(AddressGroupMap.Difference(["203.0.113.7/32", "198.51.100.0/24"], wanted).IsNone, Is.True, "order says nothing");
    }

    [Test]
    public void A_long_name_is_cut() => Assert.That(AddressGroupMap.Elsewhere("g", new string('n', 255), [], []).Name, Has.Length.EqualTo(255));

    static string Both(string[] seen, WantedAddresses wanted)
    {
        var difference = AddressGroupMap.Difference(seen, wanted);
        return string.Join(' ', difference.Missing.Select(address => "+" + address).Concat(difference.Surplus.Select(address => "-" + address)));
    }
}
