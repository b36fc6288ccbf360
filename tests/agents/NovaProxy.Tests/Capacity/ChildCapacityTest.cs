using Cascade.Agent.Child;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Zones;
using Cascade.OpenStack;
using Cascade.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace NovaProxy.Tests.Capacity;

/// <summary>What is read of a child, and from where.</summary>
sealed class ChildCapacityTest
{
    CapacityOptions Wanted { get; set; } = new();

    FakeCloud child = null!;
    Cloud cloud = null!;

    [SetUp]
    public async Task SetUp()
    {
        Wanted = new();
        child = await FakeCloud.StartAsync();
        cloud = new(new()
        {
            Name = "child",
            AuthUrl = child.AuthUrl,
            Username = child.Keystone.Username,
            Password = child.Keystone.Password,
            ProjectName = child.Keystone.ProjectName,
            UserDomainName = "Default",
            ProjectDomainName = "Default",
            Retry = new() { MaxRetries = 0 },
        });
    }

    [TearDown]
    public async Task TearDown()
    {
        cloud.Dispose();
        await child.DisposeAsync();
    }

    [TestCase(null, 12, TestName = "without a map every host counts")]
    [TestCase("east", 8, TestName = "with a map only the hosts in its zones do")]
    [TestCase("nowhere", 1, TestName = "a zone without hosts has nothing to give: one unit that is reserved")]
    public async Task Capacity_is_that_of_the_zones_that_servers_can_come_to(string? zone, int vcpus)
    {
        Host("east-1", "east", 8);
        Host("west-1", "west", 4);
        var view = await ReadAsync(zone);

        Assert.That((view.Capacity.Vcpu.Total, view.Capacity.Vcpu.Total - view.Capacity.Vcpu.Reserved), Is.EqualTo((vcpus, zone == "nowhere" ? 0 : vcpus)));
    }

    [Test]
    public async Task A_server_of_ours_outside_of_the_zone_stays_accounted_for()
    {
        Host("east-1", "east", 8);
        var outside = Host("west-1", "west", 4);
        child.Placement.Allocate("ours", outside.Uuid, "p", "u", ("VCPU", 3));
        var view = await ReadAsync("east", "ours");

        Assert.That(view.Capacity.Vcpu, Is.EqualTo(new Amount(11, 0, 8)));
    }

    [Test]
    public async Task From_hypervisors_it_is_the_same()
    {
        child.Nova.AddService("nova-compute", "east-1", "east");
        child.Nova.Hypervisor = (16, 32768, 500);

        Assert.That((await ReadAsync("east")).Capacity.Vcpu.Total, Is.EqualTo(16), "one of two hosts, where placement has none");
        Assert.That((await ReadAsync(null)).Capacity.Vcpu.Total, Is.EqualTo(32));
    }

    [Test]
    public async Task Custom_resources_and_traits_are_those_of_hosts_that_take_servers_and_of_devices_below_them()
    {
        child.Placement.Learn("CUSTOM_NOBODYS");
        var host = Host("node-a", "nova", 8, "CUSTOM_FAST");
        foreach (var (name, gpus) in new[] { ("gpu-0", 2), ("gpu-1", 1) })
        {
            child.Placement.Add(new FakeProvider { Uuid = Guid.NewGuid().ToString(), Name = name, ParentUuid = host.Uuid, RootUuid = host.Uuid, Traits = ["CUSTOM_A100"] }, ("CUSTOM_GPU", gpus), ("VGPU", 4));
        }

        var off = Host("node-b", "nova", 8);
        child.Nova.EnableHost("node-b", false);
        child.Placement.Add(new FakeProvider { Uuid = Guid.NewGuid().ToString(), Name = "gpu-2", ParentUuid = off.Uuid, RootUuid = off.Uuid, Traits = ["CUSTOM_OLD"] }, ("CUSTOM_GPU", 9));
        var view = await ReadAsync(null);

        Assert.That(view.Capacity.Custom, Is.EqualTo(new Dictionary<string, Amount> { ["CUSTOM_GPU"] = new(3, 0, 2) }));
        Assert.That(view.Traits, Is.EquivalentTo(new[] { "COMPUTE_NODE", "CUSTOM_FAST", "CUSTOM_A100" }));
        Assert.That(view.Custom.Classes, Is.EquivalentTo(new[] { "CUSTOM_GPU", "CUSTOM_NOBODYS" }));
        Assert.That(view.Custom.Traits, Is.EquivalentTo(new[] { "CUSTOM_A100", "CUSTOM_FAST", "CUSTOM_NOBODYS", "CUSTOM_OLD" }));
    }

    [TestCase(true, TestName = "a child without custom classes has nothing below its hosts to look at")]
    [TestCase(false, TestName = "nor has one whose operator wants none of it")]
    public async Task Nothing_is_read_that_nothing_comes_of(bool wanted)
    {
        Wanted = new() { Custom = wanted };
        if (!wanted)
        {
            child.Placement.Learn("CUSTOM_GPU");
        }

        Host("node-a", "nova", 8);
        var view = await ReadAsync(null);

        Assert.That((view.Capacity.Custom.Count, view.Custom.Classes.Count), Is.EqualTo((0, 0)));
        Assert.That(child.Count("GET", "/resource_providers"), Is.EqualTo(2), "the hosts and the shared disks");
    }

    [Test]
    public async Task An_old_flavor_that_waits_for_its_resize_to_be_confirmed_is_in_the_parents_allocations_and_not_another_s_use()
    {
        var (from, to) = (Host("node-a", "nova", 8), Host("node-b", "nova", 8));
        var (server, theirs) = (await ResizedAsync(from, to), await ResizedAsync(from, to));
        var view = await ReadAsync(null, resized: true, server);

        Assert.That(view.Capacity.Vcpu.Reserved, Is.EqualTo(3 + 1), "the other's two flavors");
        // The parent holds the instance's 3 and its migration's 1: what it still gives is what the child still takes.
        Assert.That(view.Capacity.Vcpu.Total - view.Capacity.Vcpu.Reserved - (3 + 1), Is.EqualTo(16 - (2 * (3 + 1))));
        Assert.That(child.Count("GET", "/os-migrations"), Is.EqualTo(1), $"nobody looks at {theirs}");
    }

    [Test]
    public async Task A_resize_that_only_the_child_knows_of_is_another_s_use()
    {
        var (from, to) = (Host("node-a", "nova", 8), Host("node-b", "nova", 8));
        var server = await ResizedAsync(from, to);
        var view = await ReadAsync(null, server);

        Assert.That((view.Capacity.Vcpu.Reserved, child.Count("GET", "/os-migrations")), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_child_that_does_not_show_its_migrations_offers_too_little_rather_than_too_much()
    {
        var (from, to) = (Host("node-a", "nova", 8), Host("node-b", "nova", 8));
        var server = await ResizedAsync(from, to);
        child.On("GET", "/os-migrations").FailOnce(403);
        var view = await ReadAsync(null, resized: true, server);

        Assert.That((view.Capacity.Vcpu.Reserved, view.Capacity.Source), Is.EqualTo((1, "the child's placement (2 of 2 hosts take new servers)")));
    }

    /// <summary>From one VCPU to three, as the child's conductor and scheduler leave its placement until it is confirmed.</summary>
    async Task<string> ResizedAsync(FakeProvider from, FakeProvider to)
    {
        child.Nova.AddFlavor("large", "3", vcpus: 3, ram: 1024, disk: 1);
        var server = child.Nova.Plant("vm", "p", "u").Id;
        await cloud.Compute.Servers.ResizeAsync(Scope.Own, server, "3", default);
        child.Placement.Allocate(child.Nova.MigrationOf(server), from.Uuid, "p", "u", ("VCPU", 1));
        child.Placement.Allocate(server, to.Uuid, "p", "u", ("VCPU", 3));
        return server;
    }

    Task<ChildView> ReadAsync(string? zone, params string[] ours) => ReadAsync(zone, resized: false, ours);

    Task<ChildView> ReadAsync(string? zone, bool resized, params string[] ours) =>
        new ChildCapacity(cloud, new(cloud), new(cloud), new(cloud, Wanted), new(new(cloud), Options(zone)), NullLogger<ChildCapacity>.Instance).ReadAsync(new(ours.ToHashSet(), ours.Length, 0, 0, 0) { ResizedIds = resized ? ours.ToHashSet() : [] }, default);

    static ZoneOptions Options(string? zone) => zone is null ? new() : new() { Zones = new Dictionary<string, string> { ["az"] = zone } };

    FakeProvider Host(string name, string zone, int vcpus, params string[] traits)
    {
        var id = Guid.NewGuid().ToString();
        child.Nova.AddService("nova-compute", name, zone, id);
        return child.Placement.Add(new FakeProvider { Uuid = id, Name = name, Traits = ["COMPUTE_NODE", .. traits] }, ("VCPU", vcpus), ("MEMORY_MB", 8192), ("DISK_GB", 100));
    }
}
