using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace L3Proxy.Tests.Whole;

/// <summary>A scripted neutron-server on a real broker, a scripted child, a network outside that both have and one inside that L2-Proxy has made.</summary>
sealed class WholeWorld : IAsyncDisposable
{
    readonly string outside;
    readonly string childOutside;

    WholeWorld(ScriptedNeutron parent, FakeCloud child)
    {
        (Parent, Child) = (parent, child);
        outside = parent.Server.AddNetwork("outside", of => of["router:external"] = true);
        parent.Server.AddSubnet(outside, "203.0.112.0/20");
        childOutside = (string)child.Neutron.Make("networks", "operator", new() { ["name"] = "public", ["router:external"] = true })["id"]!;
        child.Neutron.Make("subnets", "operator", new() { ["network_id"] = childOutside, ["cidr"] = "203.0.112.0/20", ["ip_version"] = 4, ["enable_dhcp"] = false });
        (Inside, Subnet) = AddInside("10.10.0.0/24");
    }

    public ScriptedNeutron Parent { get; }

    public FakeCloud Child { get; }

    public string Outside => outside;

    public string Inside { get; }

    public string Subnet { get; }

    public static async Task<WholeWorld> StartAsync(Broker broker) => new(await ScriptedNeutron.StartAsync(broker), await FakeCloud.StartAsync());

    /// <param name="more">Of [cascade], and sections after it.</param>
    public string Configuration(string more = "") => Parent.Configuration(Child, $"external_networks = {outside}:{childOutside}\n{more}");

    public AgentUnderTest Start(string more = "") => AgentUnderTest.Start("cascade-l3-proxy.dll", Configuration(more));

    public (string Network, string Subnet) AddInside(string cidr)
    {
        var network = Parent.Server.AddNetwork("inside");
        var subnet = Parent.Server.AddSubnet(network, cidr);
        var seen = (string)Child.Neutron.Make("networks", Child.Keystone.ProjectId, new() { ["name"] = "inside", ["description"] = $"cascade:{network}" })["id"]!;
        Child.Neutron.Make("subnets", Child.Keystone.ProjectId, new() { ["network_id"] = seen, ["cidr"] = cidr, ["ip_version"] = 4, ["description"] = $"cascade:{subnet}", ["enable_dhcp"] = false });
        return (network, subnet);
    }

    /// <summary>A router here with gateway and interface.</summary>
    public string AddRouter(string? subnet = null)
    {
        var router = Parent.Server.AddRouter();
        Parent.Server.MoveRouter(router, Parent.Host);
        Parent.Server.SetGateway(router, outside);
        Parent.Server.AddInterface(router, subnet ?? Subnet);
        return router;
    }

    /// <summary>A server that is in both clouds.</summary>
    public string AddServer(string? network = null)
    {
        var port = Parent.Server.AddPort(network ?? Inside, Parent.Host);
        var shown = Parent.Server.Port(port)!;
        Child.Neutron.Make("ports", "tenant", new()
        {
            ["network_id"] = Stamped(Child.Neutron.Networks, (string)shown["network_id"]!)!["id"]!.DeepClone(),
            ["mac_address"] = (string?)shown["mac_address"],
            ["description"] = $"cascade:{port}",
            ["device_owner"] = "compute:nova",
            ["device_id"] = Guid.NewGuid().ToString(),
            ["fixed_ips"] = new JsonArray([.. shown["fixed_ips"]!.AsArray().Select(ip => new JsonObject { ["ip_address"] = (string?)ip!["ip_address"] })]),
        });
        return port;
    }

    public JsonObject? ChildRouter(string router) => Stamped(Child.Neutron.Routers, router);

    public JsonObject? ChildFloatingIp(string ip) => Stamped(Child.Neutron.FloatingIps, ip);

    public Task ExpectFloatingIpAsync(string ip, string status, TimeSpan? patience = null) =>
        Parent.Server.UntilAsync(now => (string?)now.FloatingIp(ip)?["status"] == status, patience ?? TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await Parent.DisposeAsync();
        await Child.DisposeAsync();
    }

    static JsonObject? Stamped(IEnumerable<JsonObject> all, string id) => all.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{id}");
}
