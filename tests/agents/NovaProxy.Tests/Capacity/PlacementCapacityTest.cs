using Cascade.NovaProxy.Capacity;
using CsCheck;

namespace NovaProxy.Tests.Capacity;

/// <summary>What the parent may give must be what the child can take: never more (overfilled), never less (starved).</summary>
sealed class PlacementCapacityTest
{
    static readonly HashSet<string> Ours = ["ours-1", "ours-2"];

    static IEnumerable<TestCaseData> Hosts()
    {
        yield return Row("one empty host: all of it, one server may take all", new(8, 0, 8), Host(8));
        yield return Row("what the child reserves is not ours to give", new(6, 0, 6), Host(8, reserved: 2));
        yield return Row("the child's ratio is in the total, ours is 1", new(32, 0, 8), Host(8, ratio: 4.0));
        yield return Row("two hosts of different ratio add up, one server still fits one host only", new(40, 0, 8), Host(8, ratio: 4.0), Host(8));
        yield return Row("a server of another tenant is reserved", new(8, 3, 5), Host(8, used: [("other", 3)]));
        yield return Row("a server of ours is in the parent's allocations already, not reserved", new(8, 0, 5), Host(8, used: [("ours-1", 3)]));
        yield return Row("both", new(16, 4, 7), Host(8, used: [("ours-1", 3), ("other", 4)]), Host(8, used: [("ours-2", 1)]));
        yield return Row("max_unit is what the emptiest host still takes, so that a request that fits nowhere is not sent", new(20, 12, 4), Host(10, used: [("a", 6)]), Host(10, used: [("b", 6)]));
        yield return Row("a child's own max_unit holds", new(32, 0, 2), Host(8, ratio: 4.0, maxUnit: 2));
        yield return Row("a full child offers nothing, and stays able to rewrite the largest of ours", new(8, 0, 5), Host(8, used: [("ours-1", 5), ("ours-2", 3)]));
        yield return Row("full of others: nothing left", new(8, 8, 1), Host(8, used: [("a", 8)]));
        yield return Row("overfilled by a ratio that was lowered: nothing left, and no negative room elsewhere", new(20, 12, 8), Host(8, used: [("a", 12)]), Host(8));
        yield return Row("a disabled host gives nothing new but keeps what is on it", new(11, 2, 8), Host(8, takes: false, used: [("ours-1", 1), ("a", 2)]), Host(8));
        yield return Row("no host at all is refused by placement, so one unit that is reserved", new(1, 1, 1));
    }

    [TestCaseSource(nameof(Hosts))]
    public void A_child_of(ChildProvider[] hosts, Amount expected) =>
        Assert.That(PlacementCapacity.Of(hosts, Ours, None).Vcpu, Is.EqualTo(expected));

    [Test]
    public void What_the_parent_still_gives_is_what_the_child_still_takes_whatever_is_where()
    {
        Check.Sample(
            Gen.Select(
                Gen.Int[1, 16],
                Gen.Int[0, 4],
                Gen.Int[2, 8].Select(halves => halves / 2.0),
                Gen.Int[1, 4].Array[0, 6],
                Gen.Bool.Array[6],
                (total, reserved, ratio, uses, own) => Random(total, Math.Min(reserved, total), ratio, uses, own)).Array[1, 5],
            hosts =>
            {
                var ours = hosts.SelectMany(host => host.Consumers.Keys).Where(name => name.StartsWith("ours", StringComparison.Ordinal)).ToHashSet();
                var amount = PlacementCapacity.Of(hosts, ours, None).Vcpu;
                var oursUse = hosts.Sum(host => host.Consumers.Where(consumer => ours.Contains(consumer.Key)).Sum(consumer => consumer.Value["VCPU"]));
                var free = hosts.Sum(host => Math.Max(0, host.Inventories["VCPU"].Capacity - host.Consumers.Sum(consumer => consumer.Value["VCPU"])));
                // placement: used + requested <= total - reserved.
                var given = amount.Total - amount.Reserved - oursUse;
                return free == given || (amount.Total == 1 && free == 0);
            });
    }

    [Test]
    public void Three_resources_are_counted_apart_and_a_shared_disk_is_a_provider_of_its_own()
    {
        ChildProvider[] providers =
        [
            new("node", true, new Dictionary<string, ChildInventory> { ["VCPU"] = new(4, 0, 1, 4), ["MEMORY_MB"] = new(8192, 512, 1, 8192) }, Nobody),
            new("ceph", true, new Dictionary<string, ChildInventory> { ["DISK_GB"] = new(1000, 0, 1, 1000) }, Nobody),
        ];

        var capacity = PlacementCapacity.Of(providers, Ours, None);

        Assert.That((capacity.Vcpu.Total, capacity.MemoryMb.Total, capacity.DiskGb.Total), Is.EqualTo((4, 7680, 1000)));
    }

    [Test]
    public void Custom_classes_add_up_one_request_fits_one_provider_and_what_no_host_has_is_not_offered()
    {
        ChildProvider[] providers =
        [
            Gpus("node-1", takes: true, 4, ("ours-1", 1)),
            Gpus("node-2", takes: true, 2, ("other", 1)),
            Gpus("node-3", takes: false, 8, ("other", 3)),
        ];

        var custom = PlacementCapacity.Of(providers, Ours, new HashSet<string> { "CUSTOM_GPU", "CUSTOM_GONE" }).Custom;

        Assert.That(custom, Is.EqualTo(new Dictionary<string, Amount> { ["CUSTOM_GPU"] = new(9, 4, 3) }));
    }

    static readonly Dictionary<string, IReadOnlyDictionary<string, long>> Nobody = [];

    static readonly HashSet<string> None = [];

    static ChildProvider Gpus(string name, bool takes, long total, params (string Who, long Gpus)[] used) => new(
        name,
        takes,
        new Dictionary<string, ChildInventory> { ["CUSTOM_GPU"] = new(total, 0, 1, total) },
        used.ToDictionary(use => use.Who, use => (IReadOnlyDictionary<string, long>)new Dictionary<string, long> { ["CUSTOM_GPU"] = use.Gpus }));

    static TestCaseData Row(string reason, Amount expected, params ChildProvider[] hosts) => new(hosts, expected) { TestName = reason };

    static ChildProvider Host(long total, long reserved = 0, double ratio = 1, long? maxUnit = null, bool takes = true, (string Who, long Vcpu)[]? used = null) => new(
        "host",
        takes,
        new Dictionary<string, ChildInventory> { ["VCPU"] = new(total, reserved, ratio, maxUnit ?? total) },
        (used ?? []).ToDictionary(use => use.Who, use => (IReadOnlyDictionary<string, long>)new Dictionary<string, long> { ["VCPU"] = use.Vcpu }));

    static ChildProvider Random(int total, int reserved, double ratio, int[] uses, bool[] own)
    {
        var used = uses.Select((vcpu, at) => ($"{(own[at] ? "ours" : "other")}-{Guid.NewGuid():N}", (long)vcpu)).ToArray();
        return Host(total, reserved, ratio, used: used);
    }
}
