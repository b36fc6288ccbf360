using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace NovaProxy.Tests.Parent;

sealed class ProviderTest
{
    static readonly HostCapacity Capacity = new(new(16, 2, 8), new(32768, 1024, 16384), new(500, 0, 500), "a test");

    static readonly HashSet<string> None = [];

    readonly HostIdentity identity = new("child-1");

    FakeCloud parent = null!;
    Cloud cloud = null!;
    ParentProvider provider = null!;

    [SetUp]
    public async Task SetUp()
    {
        parent = await FakeCloud.StartAsync();
        cloud = new(new()
        {
            AuthUrl = parent.AuthUrl,
            Username = parent.Keystone.Username,
            Password = parent.Keystone.Password,
            ProjectName = parent.Keystone.ProjectName,
            UserDomainName = "Default",
            ProjectDomainName = "Default",
        });
        provider = new(new(cloud, cloud, cloud, cloud), identity, NullLogger<ParentProvider>.Instance);
    }

    [TearDown]
    public async Task TearDown()
    {
        cloud.Dispose();
        await parent.DisposeAsync();
    }

    [Test]
    public async Task The_provider_has_the_host_s_name_and_our_uuid_and_is_made_once()
    {
        await provider.EnsureAsync(default);
        await provider.EnsureAsync(default);

        var made = parent.Placement.Providers.Single();
        Assert.That((made.Name, made.Uuid), Is.EqualTo(("child-1", identity.NodeUuid.ToString("D"))));
    }

    [Test]
    public async Task Inventory_is_put_once_and_survives_that_somebody_else_was_faster()
    {
        await provider.EnsureAsync(default);
        var races = parent.On("PUT", "/resource_providers/*/inventories").FailOnce(
            409, """{"errors": [{"status": 409, "title": "Conflict", "detail": "generation", "code": "placement.concurrent_update"}]}""");

        await provider.PutInventoriesAsync(Capacity, None, default);
        await provider.PutInventoriesAsync(Capacity, None, default);

        var vcpu = parent.Placement.Providers.Single().Inventories["VCPU"];
        Assert.Multiple(() =>
        {
            Assert.That(((int)vcpu["total"]!, (int)vcpu["reserved"]!, (int)vcpu["max_unit"]!, (double)vcpu["allocation_ratio"]!), Is.EqualTo((16, 2, 8, 1.0)));
            Assert.That(races.Hits, Is.EqualTo(1));
            Assert.That(parent.Count("PUT", "/resource_providers/*/inventories"), Is.EqualTo(2), "one that lost the race, one that won, none without a change");
        });
    }

    [Test]
    public async Task Traits_and_classes_of_others_stay_and_unknown_ones_are_left_out()
    {
        await provider.EnsureAsync(default);
        var uuid = identity.NodeUuid.ToString("D");
        await cloud.Placement.Traits.CreateAsync(Scope.Own, "CUSTOM_GOLD", default);
        var before = await cloud.Placement.Providers.TraitsAsync(Scope.Own, uuid, default);
        await cloud.Placement.Providers.PutTraitsAsync(Scope.Own, uuid, before with { Traits = ["CUSTOM_GOLD"] }, default);

        await provider.PutTraitsAsync(disabled: true, ["HW_CPU_X86_AVX", "HW_CPU_OF_TOMORROW", "COMPUTE_TRUSTED_CERTS"], None, default);
        Assert.That(
            parent.Placement.Providers.Single().Traits,
            Is.EquivalentTo(new[] { "COMPUTE_NODE", "COMPUTE_SAME_HOST_COLD_MIGRATE", "COMPUTE_STATUS_DISABLED", "CUSTOM_GOLD", "HW_CPU_X86_AVX", "OWNER_NOVA" }));

        await provider.PutTraitsAsync(disabled: false, [], None, default);
        Assert.That(parent.Placement.Providers.Single().Traits, Is.EquivalentTo(new[] { "COMPUTE_NODE", "COMPUTE_SAME_HOST_COLD_MIGRATE", "CUSTOM_GOLD", "OWNER_NOVA" }));
    }

    [Test]
    public async Task Custom_traits_of_the_child_are_made_here_and_go_when_no_host_of_it_has_them()
    {
        await provider.EnsureAsync(default);
        var uuid = identity.NodeUuid.ToString("D");
        await provider.PutTraitsAsync(disabled: false, ["CUSTOM_FAST", "CUSTOM_ODD"], new HashSet<string> { "CUSTOM_FAST", "CUSTOM_SLOW" }, default);
        parent.Placement.Learn("CUSTOM_MINE");
        parent.Placement.Change(uuid, one => one.Traits.Add("CUSTOM_MINE"));
        Assert.That(Customs(), Is.EquivalentTo(new[] { "CUSTOM_FAST", "CUSTOM_MINE" }), "a name that the child does not know is not its own to give");

        await provider.PutTraitsAsync(disabled: false, ["CUSTOM_SLOW"], new HashSet<string> { "CUSTOM_FAST", "CUSTOM_SLOW" }, default);
        Assert.That(Customs(), Is.EquivalentTo(new[] { "CUSTOM_SLOW", "CUSTOM_MINE" }));

        IEnumerable<string> Customs() => parent.Placement.Find(uuid)!.Traits.Where(CustomNames.IsCustom);
    }

    [Test]
    public async Task Custom_classes_of_the_child_are_made_here_and_go_when_no_host_of_it_has_them()
    {
        await provider.EnsureAsync(default);
        var uuid = identity.NodeUuid.ToString("D");
        var childs = new HashSet<string> { "CUSTOM_GPU", "CUSTOM_METAL" };
        var both = Capacity with { Custom = new Dictionary<string, Amount> { ["CUSTOM_GPU"] = new(9, 4, 3), ["CUSTOM_METAL"] = new(5, 0, 1) } };
        await provider.PutInventoriesAsync(both, childs, default);
        parent.Placement.Learn("CUSTOM_LICENSE");
        parent.Placement.Change(uuid, one => one.Inventories["CUSTOM_LICENSE"] = new() { ["total"] = 7, ["reserved"] = 0, ["min_unit"] = 1, ["max_unit"] = 7, ["step_size"] = 1, ["allocation_ratio"] = 1.0 });
        Assert.That((Of("CUSTOM_GPU"), Of("CUSTOM_METAL")), Is.EqualTo(((9, 4, 3), (5, 0, 1))));

        await provider.PutInventoriesAsync(Capacity with { Custom = new Dictionary<string, Amount> { ["CUSTOM_GPU"] = new(9, 4, 3) } }, childs, default);
        Assert.That(parent.Placement.Find(uuid)!.Inventories.Keys, Is.EquivalentTo(new[] { "VCPU", "MEMORY_MB", "DISK_GB", "CUSTOM_GPU", "CUSTOM_LICENSE" }));

        parent.Placement.Allocate("instance", uuid, "p1", "u1", ("CUSTOM_GPU", 1));
        await provider.PutInventoriesAsync(Capacity, childs, default);
        Assert.That(Of("CUSTOM_GPU"), Is.EqualTo((9, 9, 3)), "somebody still has one: it stays, and nothing is left of it");
        await provider.PutInventoriesAsync(Capacity with { Vcpu = new(15, 2, 8) }, childs, default);
        Assert.That(parent.Placement.Find(uuid)!.Inventories["VCPU"]["total"]!.GetValue<int>(), Is.EqualTo(15), "and it does not keep the rest from being put");

        (int Total, int Reserved, int MaxUnit) Of(string name) =>
            parent.Placement.Find(uuid)!.Inventories[name] is var one ? ((int)one["total"]!, (int)one["reserved"]!, (int)one["max_unit"]!) : default;
    }

    [Test]
    public void A_name_that_an_orphan_has_is_an_error_for_the_operator()
    {
        parent.Placement.Add("child-1");

        Assert.That(Assert.ThrowsAsync<CloudFault>(() => provider.EnsureAsync(default)).Kind, Is.EqualTo(FaultKind.Conflict));
    }

    [Test]
    public async Task Allocations_are_taken_away_found_changed_or_moved_back()
    {
        var allocations = new Allocations(new(cloud, cloud, cloud, cloud));
        await provider.EnsureAsync(default);
        await provider.PutInventoriesAsync(Capacity, None, default);
        var ours = identity.NodeUuid.ToString("D");
        parent.Placement.Allocate("instance", ours, "p1", "u1", ("VCPU", 2));

        var seen = await allocations.GetAsync("instance", default);
        Assert.That(seen!.Allocations[ours].Resources["VCPU"], Is.EqualTo(2));
        await allocations.MoveAsync("instance", "other", default);
        Assert.That(await allocations.DeleteIfUnchangedAsync("instance", seen, default), Is.False, "it has changed since");
        var moved = await allocations.GetAsync("other", default);
        Assert.That(await allocations.DeleteIfUnchangedAsync("other", moved!, default), Is.True);
        Assert.That((await allocations.GetAsync("instance", default), await allocations.GetAsync("other", default)), Is.EqualTo(((object?)null, (object?)null)));
        await allocations.DeleteAsync("instance", default);
    }
}
