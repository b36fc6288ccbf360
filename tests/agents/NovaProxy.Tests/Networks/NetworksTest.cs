using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Networks.Plugging;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>Two clouds with a tenant network in the parent, our half, and the other agent played between them.</summary>
public abstract class NetworksTest
{
    CancellationTokenSource over = null!;

    private protected World World { get; private set; } = null!;

    private protected ScriptedL2 L2 { get; private set; } = null!;

    /// <summary>A network of the tenant's with a subnet of each kind.</summary>
    private protected string Blue { get; private set; } = "";

    private protected virtual TimeProvider? Clock => null;

    [SetUp]
    public async Task Begin()
    {
        over = new();
        World = await World.StartAsync(time: Clock);
        World.Above.Neutron.AddAgent("Open vSwitch agent", "neutron-openvswitch-agent", World.Host);
        Blue = Network("blue", "10.9.0.0/24", "fd00:9::/64");
        L2 = new(World.Above, World.Child, World.Host);
        Serve();
        L2.Play();
    }

    [TearDown]
    public async Task End()
    {
        await over.CancelAsync();
        await L2.DisposeAsync();
        await World.DisposeAsync();
        over.Dispose();
    }

    /// <summary>The workers that somebody waits for.</summary>
    private protected void Serve()
    {
        var watch = World.Of<ChildPortWatch>();
        L2.Made = watch.Nudge;
        _ = watch.RunAsync(over.Token);
    }

    private protected async Task RebornAsync(NetworksOptions? options = null)
    {
        World.Networking = options ?? World.Networking;
        await World.RebornAsync();
        Serve();
    }

    private protected string Network(string name, params string[] cidrs)
    {
        var id = (string)World.Above.Neutron.Make("networks", World.Project, new() { ["name"] = name, ["mtu"] = 1442 })["id"]!;
        foreach (var cidr in cidrs)
        {
            World.Above.Neutron.Make("subnets", World.Project, new()
            {
                ["network_id"] = id,
                ["cidr"] = cidr,
                ["ip_version"] = cidr.Contains(':', StringComparison.Ordinal) ? 6 : 4,
                ["dns_nameservers"] = cidr.Contains(':', StringComparison.Ordinal) ? new JsonArray() : new JsonArray("10.9.0.53"),
                ["host_routes"] = cidr.Contains(':', StringComparison.Ordinal)
                    ? new JsonArray()
                    : new JsonArray(new JsonObject { ["destination"] = "192.0.2.0/24", ["nexthop"] = "10.9.0.254" }),
            });
        }

        return id;
    }

    /// <summary>A port that the tenant made.</summary>
    private protected string Port(string network, Action<JsonObject>? edit = null)
    {
        var asked = new JsonObject { ["network_id"] = network, ["name"] = "mine" };
        edit?.Invoke(asked);
        return (string)World.Above.Neutron.Make("ports", World.Project, asked)["id"]!;
    }

    private protected static JsonObject Nics(params JsonObject[] nics) => Wanted.List("NetworkRequest", "1.3", nics);

    private protected static JsonObject On(string network, string? address = null, string? tag = null) =>
        new() { ["network_id"] = network, ["address"] = address, ["port_id"] = null, ["tag"] = tag };

    private protected static JsonObject With(string port, string? tag = null) => new() { ["network_id"] = null, ["address"] = null, ["port_id"] = port, ["tag"] = tag };

    private protected static Task BuildAsync(Wanted vm, params JsonObject[] nics) => vm.BuildAsync(call => call["requested_networks"] = Nics(nics));

    /// <summary>Built in the child, plugged in the parent, told.</summary>
    private protected async Task<Wanted> ActiveAsync(params JsonObject[] nics)
    {
        var vm = new Wanted(World);
        await BuildAsync(vm, nics);
        await PluggedAsync(vm);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
        return vm;
    }

    private protected async Task PluggedAsync(Wanted vm)
    {
        await World.LookAsync();
        await World.Above.UntilAsync(_ => Ports(vm).All(port => (string?)port["status"] == "ACTIVE"));
        await World.Of<PlugWatch>().LookAsync(default);
    }

    /// <summary>The parent's ports of the instance, in the order of its network info and then any others.</summary>
    private protected IReadOnlyList<JsonObject> Ports(Wanted vm)
    {
        var order = vm.NetworkInfo.Select(vif => (string?)vif!["id"]).ToList();
        return [.. World.Above.Neutron.Ports.Where(port => (string?)port["device_id"] == vm.Uuid).OrderBy(port => (uint)order.IndexOf((string?)port["id"]))];
    }

    private protected JsonObject ParentPort(string id) => World.Above.Neutron.Find("ports", id) ?? throw new AssertionException($"no port {id} in the parent");

    private protected static JsonArray Asked(Wanted vm) => vm.Servers.Single().Asked["server"]!["networks"]!.AsArray();

    private protected Task HappenAsync(Wanted vm, string name, string tag, string status = "completed") => World.DeliverAsync(
        new ExternalInstanceEvent(
            [vm.Envelope()],
            [new(ObjectDialect.Nova, "InstanceExternalEvent", "1.4", new() { ["instance_uuid"] = vm.Uuid, ["name"] = name, ["tag"] = tag, ["status"] = status })]),
        RpcContext.Admin($"req-{Guid.NewGuid():D}"));
}
