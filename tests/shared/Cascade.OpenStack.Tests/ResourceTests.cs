using System.Text.Json.Nodes;
using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Placement;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>Flavors, keypairs, services, limits, placement, ports.</summary>
[TestFixture]
public sealed class ResourceTests : CloudTest
{
    [Test]
    public async Task A_flavor_is_made_with_everything_and_given_to_a_project()
    {
        var flavors = Cloud.Compute.Flavors;
        var made = await flavors.CreateAsync(
            Scope.Own,
            new FlavorCreate { Id = "f-1", Name = "big", Vcpus = 4, Ram = 4096, Disk = 10, Ephemeral = 2, Swap = 512, IsPublic = false, Description = "d" },
            Now);
        await flavors.SetExtraSpecsAsync(Scope.Own, made.Id, new Dictionary<string, string> { ["hw:cpu_policy"] = "dedicated" }, Now);
        await flavors.AddAccessAsync(Scope.Own, made.Id, "tenant-a", Now);
        await flavors.AddAccessAsync(Scope.Own, made.Id, "tenant-a", Now);

        var seen = await flavors.GetAsync(Scope.Own, "f-1", Now);
        Assert.That((seen.Vcpus, seen.Ram, seen.Disk, seen.Ephemeral, seen.Swap, seen.IsPublic), Is.EqualTo((4, 4096, 10, 2, 512, (bool?)false)));
        Assert.That(seen.ExtraSpecs!["hw:cpu_policy"], Is.EqualTo("dedicated"));
        Assert.That((await flavors.ExtraSpecsAsync(Scope.Own, "f-1", Now)).Keys, Is.EqualTo(new[] { "hw:cpu_policy" }));
        Assert.That(await AllAsync(flavors.ListAsync(Scope.Project("tenant-a"), everyone: false, Now)), Has.Count.EqualTo(2));
        Assert.That(await AllAsync(flavors.ListAsync(Scope.Project("tenant-b"), everyone: false, Now)), Has.Count.EqualTo(1));
        Assert.That(await AllAsync(flavors.ListAsync(Scope.Own, everyone: true, Now)), Has.Count.EqualTo(2));
        var fault = await FaultOfAsync(() => flavors.CreateAsync(Scope.Own, new FlavorCreate { Id = "f-1", Name = "x", Vcpus = 1, Ram = 1, Disk = 1 }, Now));
        Assert.That(fault.Kind, Is.EqualTo(FaultKind.Conflict));
    }

    [Test]
    public async Task Swap_is_a_number_even_where_nova_writes_nothing_for_zero()
    {
        await using var old = await FakeCloud.StartAsync(new FakeCloudOptions { Release = new("queens", "2.60", "1.17") });

        Assert.That((await Client(OptionsFor(old)).Compute.Flavors.GetAsync(Scope.Own, "1", Now)).Swap, Is.Zero);
    }

    [Test]
    public async Task Keypairs_belong_to_the_user_and_a_taken_name_is_a_conflict()
    {
        var keypairs = Cloud.Compute.Keypairs;
        await keypairs.ImportAsync(Scope.Own, "k 1", "ssh-ed25519 AAAA", "ssh", Now);

        Assert.That((await keypairs.GetAsync(Scope.Project("tenant-a"), "k 1", Now)).PublicKey, Is.EqualTo("ssh-ed25519 AAAA"));
        Assert.That((await FaultOfAsync(() => keypairs.ImportAsync(Scope.Own, "k 1", "ssh-ed25519 BBBB", "ssh", Now))).Kind, Is.EqualTo(FaultKind.Conflict));
        await keypairs.DeleteAsync(Scope.Own, "k 1", Now);
        Assert.That((await FaultOfAsync(() => keypairs.GetAsync(Scope.Own, "k 1", Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Services_and_limits_are_read()
    {
        Fake.Nova.SetService("nova-compute", "node-1", "down");
        (Fake.Nova.MaxCores, Fake.Nova.MaxInstances, Fake.Nova.MaxRam) = (20, 10, -1);
        Fake.Nova.Plant("a", Fake.Keystone.ProjectId, "u");

        var service = (await Cloud.Compute.Services.ListAsync(Scope.Own, "nova-compute", null, Now)).Single();
        var limits = await Cloud.Compute.Limits.GetAsync(Scope.Own, null, Now);

        Assert.That((service.Host, service.State, service.Status, service.Zone), Is.EqualTo(("node-1", "down", "enabled", "nova")));
        Assert.That((limits.MaxTotalCores, limits.MaxTotalRamSize, limits.TotalInstancesUsed, limits.TotalRamUsed), Is.EqualTo((20, -1, 1, 512)));
        Assert.That((await FaultOfAsync(() => Cloud.Compute.Services.ListAsync(Scope.Project("t"), null, null, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
    }

    [Test]
    public async Task Zones_are_read_by_everybody()
    {
        Fake.Nova.AddService("nova-compute", "east-1", "east");
        Fake.Nova.EnableHost("east-1", false);

        var zones = await Cloud.Compute.AvailabilityZones.ListAsync(Scope.Project("t"), Now);
        Assert.That(zones.Select(zone => (zone.Name, zone.IsAvailable)), Is.EquivalentTo(new[] { ("nova", true), ("east", false) }));
    }

    [Test]
    public async Task Classes_and_traits_of_ones_own_are_made_once_and_found_by_their_beginning()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await Cloud.Placement.ResourceClasses.CreateAsync(Scope.Own, "CUSTOM_GPU", Now);
            await Cloud.Placement.Traits.CreateAsync(Scope.Own, "CUSTOM_FAST", Now);
        }

        Assert.That(await Cloud.Placement.ResourceClasses.ListAsync(Scope.Own, Now), Does.Contain("VCPU").And.Contain("CUSTOM_GPU"));
        Assert.That(await Cloud.Placement.Traits.StartingAsync(Scope.Own, "CUSTOM_", Now), Is.EqualTo(new[] { "CUSTOM_FAST" }));
        Assert.That((await FaultOfAsync(() => Cloud.Placement.ResourceClasses.CreateAsync(Scope.Own, "GPU", Now))).Kind, Is.EqualTo(FaultKind.Invalid));
    }

    [Test]
    public async Task A_provider_is_made_filled_and_found()
    {
        var providers = Cloud.Placement.Providers;
        var uuid = Guid.NewGuid().ToString();
        Assert.That(await providers.ListAsync(Scope.Own, new ResourceProviderFilter { InTree = uuid }, Now), Is.Empty);

        var made = await providers.CreateAsync(Scope.Own, uuid, "host@child", null, Now);
        var inventories = await providers.PutInventoriesAsync(
            Scope.Own,
            uuid,
            new Inventories(made.Generation, new Dictionary<string, Inventory> { ["VCPU"] = new() { Total = 64, Reserved = 2, MaxUnit = 16, AllocationRatio = 4.0 } }),
            Now);
        await Cloud.Placement.Traits.CreateAsync(Scope.Own, "CUSTOM_CASCADE", Now);
        await Cloud.Placement.Traits.CreateAsync(Scope.Own, "CUSTOM_CASCADE", Now);
        var traits = await providers.PutTraitsAsync(
            Scope.Own, uuid, new ProviderTraits(inventories.ResourceProviderGeneration, ["COMPUTE_NODE", "CUSTOM_CASCADE"]), Now);
        await providers.PutAggregatesAsync(Scope.Own, uuid, new ProviderAggregates(traits.ResourceProviderGeneration, ["agg-1"]), Now);

        Assert.That(inventories.Classes["VCPU"], Is.EqualTo(new Inventory { Total = 64, Reserved = 2, MaxUnit = 16, AllocationRatio = 4.0 }));
        Assert.That((await providers.TraitsAsync(Scope.Own, uuid, Now)).Traits, Is.EqualTo(new[] { "COMPUTE_NODE", "CUSTOM_CASCADE" }));
        Assert.That((await providers.AggregatesAsync(Scope.Own, uuid, Now)).Aggregates, Is.EqualTo(new[] { "agg-1" }));
        Assert.That(await Cloud.Placement.Traits.ListAsync(Scope.Own, ["CUSTOM_CASCADE", "CUSTOM_NO"], Now), Is.EqualTo(new[] { "CUSTOM_CASCADE" }));
        foreach (var filter in new ResourceProviderFilter[] { new() { Uuid = uuid }, new() { Name = "host@child" }, new() { InTree = uuid }, new() { Required = ["CUSTOM_CASCADE"] }, new() { MemberOfAny = ["agg-1"] } })
        {
            Assert.That((await providers.ListAsync(Scope.Own, filter, Now)).Single().RootProviderUuid, Is.EqualTo(uuid), filter.ToString());
        }

        Assert.That((await FaultOfAsync(() => providers.CreateAsync(Scope.Own, Guid.NewGuid().ToString(), "host@child", null, Now))).Code, Is.EqualTo("placement.duplicate_name"));
        await providers.DeleteAsync(Scope.Own, uuid, Now);
        Assert.That((await FaultOfAsync(() => providers.GetAsync(Scope.Own, uuid, Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task A_generation_that_went_on_is_a_conflict_that_is_worth_another_try()
    {
        var provider = Fake.Placement.Add("host-1", ("VCPU", 4));
        var had = await Cloud.Placement.Providers.InventoriesAsync(Scope.Own, provider.Uuid, Now);
        Fake.Placement.Disturb(provider.Uuid);

        var fault = await FaultOfAsync(() => Cloud.Placement.Providers.PutInventoriesAsync(Scope.Own, provider.Uuid, had, Now));

        Assert.That((fault.Kind, fault.Code, fault.WorthRetrying), Is.EqualTo((FaultKind.Conflict, CloudFault.PlacementConcurrentUpdate, true)));
    }

    [Test]
    public async Task Allocations_are_read_and_replaced_with_their_generation()
    {
        var provider = Fake.Placement.Add("host-1", ("VCPU", 4));
        var allocations = Cloud.Placement.Allocations;
        var none = await allocations.GetAsync(Scope.Own, "consumer", Now);
        Assert.That((none.Allocations.Count, none.ConsumerGeneration), Is.EqualTo((0, (int?)null)));

        var wanted = new ConsumerAllocations
        {
            Allocations = new Dictionary<string, Allocation> { [provider.Uuid] = new(new Dictionary<string, int> { ["VCPU"] = 2 }) }, ProjectId = "p", UserId = "u",
        };
        await allocations.PutAsync(Scope.Own, "consumer", wanted, Now);

        Assert.That(JsonNode.Parse(Fake.Matching("PUT", "/allocations/consumer")[0].Body)!.AsObject().ContainsKey("consumer_generation"), Is.True, "null is said");
        var has = await allocations.GetAsync(Scope.Own, "consumer", Now);
        Assert.That((has.Allocations[provider.Uuid].Resources["VCPU"], has.ConsumerGeneration, has.ProjectId), Is.EqualTo((2, (int?)1, "p")));
        Assert.That((await Cloud.Placement.Providers.UsagesAsync(Scope.Own, provider.Uuid, Now)).Usages["VCPU"], Is.EqualTo(2));
        Assert.That((await Cloud.Placement.Providers.AllocationsAsync(Scope.Own, provider.Uuid, Now)).Allocations.Keys, Is.EqualTo(new[] { "consumer" }));
        Assert.That((await FaultOfAsync(() => allocations.PutAsync(Scope.Own, "consumer", wanted, Now))).Code, Is.EqualTo(CloudFault.PlacementConcurrentUpdate));
        Assert.That((await FaultOfAsync(() => Cloud.Placement.Providers.DeleteAsync(Scope.Own, provider.Uuid, Now))).Kind, Is.EqualTo(FaultKind.Conflict));
        await allocations.DeleteAsync(Scope.Own, "consumer", Now);
        Assert.That((await FaultOfAsync(() => allocations.DeleteAsync(Scope.Own, "consumer", Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Ports_are_found_by_their_server()
    {
        Fake.Neutron.AddPort(new JsonObject
        {
            ["id"] = "p-1", ["device_id"] = "s-1", ["mac_address"] = "fa:16:3e:00:00:01", ["binding:host_id"] = "node-1", ["tags"] = new JsonArray("t"),
            ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = "n", ["ip_address"] = "10.0.0.3" }),
        });
        Fake.Neutron.AddPort(new JsonObject { ["id"] = "p-2", ["device_id"] = "s-2" });
        Fake.Neutron.AddNetwork(new JsonObject { ["id"] = "n-1", ["name"] = "net", ["router:external"] = true });

        var port = (await AllAsync(Cloud.Network.PortsAsync(Scope.Own, "s-1", Now))).Single();

        Assert.That((port.Id, port.BindingHostId, port.FixedIps![0].IpAddress), Is.EqualTo(("p-1", "node-1", "10.0.0.3")));
        Assert.That((await Cloud.Network.PortAsync(Scope.Own, "p-2", Now)).DeviceId, Is.EqualTo("s-2"));
        Assert.That((await AllAsync(Cloud.Network.NetworksAsync(Scope.Own, "net", Now))).Single().External, Is.True);
        Assert.That((await FaultOfAsync(() => Cloud.Network.PortAsync(Scope.Own, "p-3", Now))).Code, Is.EqualTo("PortNotFound"));
    }
}
