using System.Text.Json.Nodes;
using Cascade.NovaProxy.Tests.Networks;
using Cascade.Oslo.Wire.Objects;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>kill -9 of the real process between any two steps of an instance with two ports, one that it makes and one that the tenant made.</summary>
[NonParallelizable]
public sealed class NetworkKillTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    readonly Dictionary<string, string> premade = new(StringComparer.Ordinal);
    KillWorld world = null!;
    ScriptedL2 l2 = null!;
    string network = "";

    FakeNeutron Neutron => world.Parent.Cloud.Neutron;

    [SetUp]
    public async Task Begin()
    {
        Broker.AvailableOrIgnore();
        world = await KillWorld.StartAsync();
        premade.Clear();
        Neutron.AddAgent("Open vSwitch agent", "neutron-openvswitch-agent", world.Parent.Host);
        network = (string)Neutron.Make("networks", world.Parent.ProjectId, new() { ["name"] = "blue" })["id"]!;
        Neutron.Make("subnets", world.Parent.ProjectId, new() { ["network_id"] = network, ["cidr"] = "10.9.0.0/16", ["ip_version"] = 4 });
        l2 = new(world.Parent.Cloud, world.Child, world.Parent.Host) { Plugged = TellAsync };
        l2.Play();
    }

    [TearDown]
    public async Task End()
    {
        if (world is not null)
        {
            await l2.DisposeAsync();
            await world.DisposeAsync();
        }
    }

    [Test]
    public async Task Killed_at_every_step_of_a_build_with_two_ports_it_has_these_two_and_no_other()
    {
        var living = new List<string>();
        for (var step = 1; ; step++)
        {
            var trap = world.KillAt(step, changes: true);
            var uuid = await BootAsync($"build-{step}");
            living.Add(uuid);
            var active = world.Parent.ExpectInstanceAsync(uuid, "active", Patience);
            var killed = await Task.WhenAny(trap.Sprung, active) == trap.Sprung;
            world.Disarm();
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
                await world.StartAgentAsync();
            }

            await DoneAsync(active, uuid);
            await world.ExpectWholeAsync(living);
            ExpectPorts(living);
            if (!killed)
            {
                break;
            }
        }

        Assert.That(world.Kills, Is.GreaterThan(18), "a build with two ports has more steps than that");
    }

    [Test]
    public async Task Killed_at_every_step_of_its_delete_its_own_port_is_gone_and_the_tenants_is_free()
    {
        for (var step = 1; ; step++)
        {
            var uuid = await BootAsync($"delete-{step}");
            await DoneAsync(world.Parent.ExpectInstanceAsync(uuid, "active", Patience), uuid);
            var trap = world.KillAt(step, changes: true);
            await world.Parent.DeleteAsync(uuid);
            var gone = world.Parent.ExpectGoneAsync(uuid, Patience);
            var killed = await Task.WhenAny(trap.Sprung, gone) == trap.Sprung;
            world.Disarm();
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}");
                await world.StartAgentAsync();
            }

            await DoneAsync(gone, uuid);
            await world.ExpectWholeAsync([]);
            ExpectPorts([]);
            Assert.That(world.Parent.Conductor.Interfaces(uuid), Is.Empty);
            if (!killed)
            {
                break;
            }
        }

        Assert.That(world.Kills, Is.GreaterThan(9), "a delete with two ports has more steps than that");
    }

    /// <summary>A delete that meets a build at whatever point it is: what the tenant made must not be taken for ours.</summary>
    [Test]
    public async Task Deleted_and_killed_at_every_step_of_a_build_the_tenants_port_is_free()
    {
        for (var step = 4; step < 20; step += 2)
        {
            var trap = world.KillAt(step, changes: true);
            var uuid = await BootAsync($"both-{step}");
            var active = world.Parent.ExpectInstanceAsync(uuid, "active", Patience);
            var killed = await Task.WhenAny(trap.Sprung, active) == trap.Sprung;
            world.Disarm();
            await world.Parent.DeleteAsync(uuid);
            if (killed)
            {
                await TestContext.Out.WriteLineAsync($"step {step}: killed at {await trap.Sprung}, deleted before it lived again");
                await world.StartAgentAsync();
            }

            await DoneAsync(world.Parent.ExpectGoneAsync(uuid, Patience), uuid);
            await world.ExpectWholeAsync([]);
            ExpectPorts([]);
        }
    }

    async Task<string> BootAsync(string name)
    {
        var port = (string)Neutron.Make("ports", world.Parent.ProjectId, new() { ["network_id"] = network, ["name"] = name })["id"]!;
        var uuid = await world.Parent.BootAsync(name, args => args["requested_networks"] = Requests(
            new() { ["network_id"] = network, ["address"] = null, ["port_id"] = null, ["tag"] = null },
            new() { ["network_id"] = null, ["address"] = null, ["port_id"] = port, ["tag"] = null }));
        premade[uuid] = port;
        return uuid;
    }

    void ExpectPorts(IReadOnlyCollection<string> living)
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var uuid in living)
        {
            var info = world.Parent.Conductor.NetworkInfo(uuid);
            Assert.That(Mine(uuid), Is.EquivalentTo(info.Select(vif => vif!["id"]!.ToString())), $"{uuid} and its network info");
            Assert.That(info.Select(vif => (bool)vif!["preserve_on_delete"]!), Is.EqualTo(new[] { false, true }), uuid);
            Assert.That(info[1]!["id"]!.ToString(), Is.EqualTo(premade[uuid]));
            Assert.That(world.Parent.Conductor.Interfaces(uuid), Has.Count.EqualTo(2));
        }

        foreach (var port in premade.Where(one => !living.Contains(one.Key)).Select(one => Neutron.Find("ports", one.Value)))
        {
            Assert.That(((string?)port?["device_id"], (string?)port?["binding:host_id"]), Is.EqualTo(("", "")), "the tenant's port is free again");
        }

        Assert.That(Neutron.Ports, Has.Count.EqualTo(premade.Count + living.Count));
    }

    List<string> Mine(string uuid) => [.. Neutron.Ports.Where(port => (string?)port["device_id"] == uuid).Select(port => (string)port["id"]!)];

    /// <summary>As nova-api does when Neutron tells it.</summary>
    Task TellAsync(JsonObject port)
    {
        var uuid = (string)port["device_id"]!;
        var happened = new VersionedObject(ObjectDialect.Nova, "InstanceExternalEvent", "1.4", new()
        {
            ["instance_uuid"] = uuid, ["name"] = "network-vif-plugged", ["tag"] = (string)port["id"]!, ["status"] = "completed",
        });
        return world.Parent.Conductor.Instance(uuid)?["host"] is null
            ? Task.CompletedTask
            : world.Parent.CastAsync(
                "external_instance_event",
                new() { ["instances"] = new JsonArray(world.Parent.Envelope(uuid)), ["events"] = new JsonArray(happened.ToJson()) },
                world.Parent.Tenant());
    }

    async Task DoneAsync(Task expected, string uuid)
    {
        try
        {
            await expected;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{uuid} is {world.Parent.Conductor.Instance(uuid)!.ToJsonString()}\n{world.Tail()}");
        }
    }

    static JsonObject Requests(params JsonObject[] all) => new VersionedObject(ObjectDialect.Nova, "NetworkRequestList", "1.1", new()
    {
        ["objects"] = new JsonArray([.. all.Select(one => (JsonNode)new VersionedObject(ObjectDialect.Nova, "NetworkRequest", "1.3", one).ToJson())]),
    }).ToJson();
}
