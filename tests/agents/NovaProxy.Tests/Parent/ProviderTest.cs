using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace NovaProxy.Tests.Parent;

sealed class ProviderTest
{
    static readonly HostCapacity Capacity = new(new(16, 2, 8), new(32768, 1024, 16384), new(500, 0, 500), "a test");

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

        await provider.PutInventoriesAsync(Capacity, default);
        await provider.PutInventoriesAsync(Capacity, default);

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

        await provider.PutTraitsAsync(disabled: true, ["HW_CPU_X86_AVX", "HW_CPU_OF_TOMORROW", "COMPUTE_TRUSTED_CERTS"], default);
        Assert.That(
            parent.Placement.Providers.Single().Traits,
            Is.EquivalentTo(new[] { "COMPUTE_NODE", "COMPUTE_SAME_HOST_COLD_MIGRATE", "COMPUTE_STATUS_DISABLED", "CUSTOM_GOLD", "HW_CPU_X86_AVX", "OWNER_NOVA" }));

        await provider.PutTraitsAsync(disabled: false, [], default);
        Assert.That(parent.Placement.Providers.Single().Traits, Is.EquivalentTo(new[] { "COMPUTE_NODE", "COMPUTE_SAME_HOST_COLD_MIGRATE", "CUSTOM_GOLD", "OWNER_NOVA" }));
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
        await provider.PutInventoriesAsync(Capacity, default);
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
