using System.Text.Json.Nodes;
using Cascade.Support.Parent;
using L3Proxy.Tests.Whole;

namespace L3Proxy.Tests.Kills;

/// <summary>What tenants do between two deaths, to routers and floating IPs in whatever state they are; and what must be so in the end.</summary>
sealed class RouterLoad
{
    const int Most = 30;

    readonly WholeWorld world;
    readonly Random random;
    readonly string forged;
    readonly List<Router> living = [];
    int subnets;
    int made;
    int deleted;
    int moved;

    public RouterLoad(WholeWorld world, Random random)
    {
        (this.world, this.random) = (world, random);
        forged = (string)world.Child.Neutron.Make("routers", "tenant", new() { ["name"] = "theirs", ["description"] = "cascade:11111111-2222-3333-4444-555555555555" })["id"]!;
    }

    FakeNeutronServer Server => world.Parent.Server;

    public void Next()
    {
        for (var more = random.Next(1, 3); more > 0; more--)
        {
            Make();
        }

        if (living.Count > 2 && random.Next(100) < 40)
        {
            Leave(living[random.Next(living.Count)]);
        }

        // As many come as go in the long run: what is looked at in the end does not grow with the deaths.
        while (living.Count > Most)
        {
            Leave(living[random.Next(living.Count)]);
        }

        for (var edits = random.Next(3, 9); edits > 0; edits--)
        {
            Edit(living[random.Next(living.Count)]);
        }
    }

    /// <summary>Everything is switched on: what is off is not told, and so not as the parent has it.</summary>
    public void SwitchOn()
    {
        foreach (var router in living.Where(router => !(bool)Server.Router(router.Id)!["admin_state_up"]!))
        {
            Server.SetAdminState(router.Id, up: true);
        }
    }

    /// <summary>What differs between the clouds; null for nothing.</summary>
    public string? Wrong()
    {
        var ours = world.Child.Keystone.ProjectId;
        var routers = world.Child.Neutron.Routers.Where(router => (string?)router["project_id"] == ours).ToList();
        var ips = world.Child.Neutron.FloatingIps;
        var ports = world.Child.Neutron.Ports.Where(port => (string?)port["device_owner"] == "network:router_interface").ToList();
        var wanted = living.SelectMany(router => router.FloatingIps).ToList();
        return world.Child.Neutron.Find("routers", forged) is null ? "a tenant's router is gone"
            : routers.Count != living.Count ? $"{routers.Count} routers for {living.Count}"
            : ports.Count != living.Count ? $"{ports.Count} interfaces for {living.Count}"
            : ips.Count != wanted.Count ? $"{ips.Count} floating IPs for {wanted.Count}"
            : living.Select(Wrong).Concat(wanted.Select(Wrong)).FirstOrDefault(wrong => wrong is not null);
    }

    public override string ToString() => $"{made} routers made, {deleted} deleted, {moved} given to another host, {living.Count} live with {living.Sum(router => router.FloatingIps.Count)} floating IPs";

    void Make()
    {
        var (network, subnet) = world.AddInside($"10.{20 + (subnets / 250)}.{subnets++ % 250}.0/24");
        var router = new Router(world.AddRouter(subnet), network, subnet);
        router.Servers.Add(world.AddServer(network));
        router.Servers.Add(world.AddServer(network));
        living.Add(router);
        made++;
    }

    void Edit(Router router)
    {
        switch (random.Next(8))
        {
            case 0:
                Server.EditRouter(router.Id, of => of["name"] = $"name-{random.Next(1000)}");
                break;
            case 1:
                Server.SetAdminState(router.Id, !(bool)Server.Router(router.Id)!["admin_state_up"]!);
                break;
            case 2 or 3 or 4 when router.FloatingIps.Count < router.Servers.Count:
                router.FloatingIps.Add(Server.AddFloatingIp(world.Outside, router.Servers[router.FloatingIps.Count]));
                break;
            case 5 when router.FloatingIps.Count > 0:
                Server.DeleteFloatingIp(router.FloatingIps[^1]);
                router.FloatingIps.RemoveAt(router.FloatingIps.Count - 1);
                break;
            default:
                Server.SetRoutes(router.Id, ($"10.{random.Next(100, 200)}.0.0/16", Addresses(Server.Port(router.Servers[0])!)[0]));
                break;
        }
    }

    /// <summary>It is deleted with all that it has, or it goes to another host.</summary>
    void Leave(Router router)
    {
        living.Remove(router);
        if (random.Next(3) == 0)
        {
            Server.MoveRouter(router.Id, "");
            moved++;
            // Nobody else takes it, or this host would again.
        }
        else
        {
            deleted++;
        }

        router.FloatingIps.ForEach(Server.DeleteFloatingIp);
        Server.SetRoutes(router.Id);
        Server.RemoveInterface(router.Id, router.Subnet);
        Server.DeleteRouter(router.Id);
    }

    string? Wrong(Router router)
    {
        var shown = Server.Router(router.Id)!;
        if (world.ChildRouter(router.Id) is not { } seen)
        {
            return $"no router for {router.Id}";
        }

        var gateway = Addresses(Server.Port((string)shown["gw_port_id"]!)!);
        return !(bool)seen["admin_state_up"]! ? $"{router.Id} is off"
            : (string?)shown["name"] != (string?)seen["name"] ? $"{router.Id} has another name"
            : shown["routes"]!.ToJsonString() != seen["routes"]!.ToJsonString() ? $"{router.Id} has other routes"
            : !gateway.SequenceEqual((seen["external_gateway_info"]?["external_fixed_ips"]?.AsArray() ?? []).Select(ip => (string)ip!["ip_address"]!)) ? $"{router.Id} has another gateway"
            : Server.PortsOf(router.Id).Select(id => Server.Port(id)!).FirstOrDefault(port => (string?)port["status"] != "ACTIVE") is { } lied ? $"port {lied["id"]} is {lied["status"]}"
            : null;
    }

    string? Wrong(string floatingIp)
    {
        var shown = Server.FloatingIp(floatingIp)!;
        var seen = world.ChildFloatingIp(floatingIp);
        return seen is null ? $"no floating IP for {floatingIp}"
            : (string?)seen["floating_ip_address"] != (string?)shown["floating_ip_address"] || (string?)seen["fixed_ip_address"] != (string?)shown["fixed_ip_address"] ? $"{floatingIp} leads elsewhere"
            : (string?)shown["status"] != "ACTIVE" ? $"{floatingIp} is {shown["status"]}"
            : null;
    }

    static IReadOnlyList<string> Addresses(JsonObject port) => [.. port["fixed_ips"]!.AsArray().Select(ip => (string)ip!["ip_address"]!)];

    sealed record Router(string Id, string Network, string Subnet)
    {
        public List<string> Servers { get; } = [];

        public List<string> FloatingIps { get; } = [];
    }
}
