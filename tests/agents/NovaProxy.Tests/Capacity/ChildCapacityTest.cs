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

    Task<ChildView> ReadAsync(string? zone, params string[] ours) =>
        new ChildCapacity(cloud, new(cloud), new(cloud, Wanted), new(new(cloud), Options(zone)), NullLogger<ChildCapacity>.Instance).ReadAsync(new(ours.ToHashSet(), ours.Length, 0, 0, 0), default);

    static ZoneOptions Options(string? zone) => zone is null ? new() : new() { Zones = new Dictionary<string, string> { ["az"] = zone } };

    FakeProvider Host(string name, string zone, int vcpus, params string[] traits)
    {
        var id = Guid.NewGuid().ToString();
        child.Nova.AddService("nova-compute", name, zone, id);
        return child.Placement.Add(new FakeProvider { Uuid = id, Name = name, Traits = ["COMPUTE_NODE", .. traits] }, ("VCPU", vcpus), ("MEMORY_MB", 8192), ("DISK_GB", 100));
    }
}
