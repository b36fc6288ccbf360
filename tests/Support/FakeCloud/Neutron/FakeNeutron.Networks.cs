using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Networks: segments, MTU, sharing (neutron/plugins/ml2/plugin.py, plugins/ml2/managers.py: TypeManager).</summary>
public sealed partial class FakeNeutron
{
    // neutron/common/_constants.py: AUTO_DELETE_PORT_OWNERS.
    private static readonly HashSet<string> AutoDeleted = new(StringComparer.Ordinal)
    {
        "network:dhcp", "network:distributed", "network:floatingip_agent_gateway",
    };

    private void NetworkRules()
    {
        var networks = collections["networks"];
        networks.Computed["subnets"] = (_, item) => new JsonArray([.. SubnetsOf(item.Id).Select(subnet => JsonValue.Create(subnet.Id))]);
        networks.Computed["shared"] = (call, item) => IsShared("network", item.Id, call.ProjectId);
        networks.Computed["availability_zones"] = (_, item) => SubnetsOf(item.Id).Any(subnet => subnet.Is("enable_dhcp")) ? new JsonArray("nova") : new JsonArray();
        networks.Sees = (call, item) => item.Is("router:external") || IsShared("network", item.Id, call.ProjectId);
        networks.Creating = (call, item, asked) =>
        {
            Segment(call, item);
            item["mtu"] = Mtu(item, (int?)asked["mtu"] ?? 0);
            CheckQosPolicy(call, asked);
            EnsureDefaultGroup(item.ProjectId);
        };
        networks.Created = item =>
        {
            if (item.Is("shared"))
            {
                Share("network", item.Id, item.ProjectId, "*");
            }

            item.Members.Remove("shared");
        };
        networks.Updating = (call, item, asked) =>
        {
            if (asked.ContainsKey("mtu"))
            {
                asked["mtu"] = Mtu(item, (int)asked["mtu"]!);
            }

            if (asked["provider:segmentation_id"] is { } vlan)
            {
                if (item.Text("provider:network_type") is not "vlan")
                {
                    throw Invalid("Only VLAN type networks can be updated.");
                }

                CheckSegment("vlan", item.Text("provider:physical_network"), (int)vlan, item.Id);
            }

            if (asked["router:external"] is { } external && !(bool)external && PortsOn(item.Id).Any(port => port.Text("device_owner") is GatewayOwner))
            {
                throw new FakeRefusal(
                    409, $"External network {item.Id} cannot be updated to be made non-external, since it has existing gateway ports.", "ExternalNetworkInUse");
            }

            if (asked.ContainsKey("shared"))
            {
                SetShared("network", item, (bool)asked["shared"]!);
                asked.Remove("shared");
            }

            CheckQosPolicy(call, asked);
        };
        networks.Deleting = (_, item) =>
        {
            // external_net_db.py: floating IPs that lead nowhere go with it.
            foreach (var fip in collections["floatingips"].Items.Values
                .Where(fip => fip.Text("floating_network_id") == item.Id && fip["port_id"] is null && ForwardingsOf(fip.Id).Count is 0).ToList())
            {
                Drop(collections["floatingips"], fip);
            }

            var users = PortsOn(item.Id).Where(port => !AutoDeleted.Contains(port.Text("device_owner"))).Select(port => port.Id).ToList();
            if (users.Count > 0)
            {
                throw new FakeRefusal(
                    409,
                    $"Unable to complete operation on network {item.Id}. There are one or more ports still in use on the network, id for these ports is: {string.Join(',', users)}.",
                    "NetworkInUse");
            }
        };
        networks.Deleted = item =>
        {
            foreach (var port in PortsOn(item.Id))
            {
                Drop(collections["ports"], port);
            }

            foreach (var subnet in SubnetsOf(item.Id))
            {
                Drop(collections["subnets"], subnet);
            }

            Unshare(item.Id);
        };
    }

    private void Segment(FakeCall call, FakeNetworkItem item)
    {
        if (item["provider:network_type"] is null)
        {
            if (item["provider:segmentation_id"] is not null || item["provider:physical_network"] is not null)
            {
                throw Invalid("network_type required");
            }

            var type = NetworkTypes[0];
            var taken = Taken(type, "");
            var free = Enumerable.Range(TenantSegments.First, Math.Max(0, TenantSegments.Last - TenantSegments.First + 1)).FirstOrDefault(id => !taken.Contains(id), -1);
            if (free < 0)
            {
                throw new FakeRefusal(503, "Unable to create the network. No tenant network is available for allocation.", "NoNetworkAvailable");
            }

            (item["provider:network_type"], item["provider:segmentation_id"]) = (type, free);
            return;
        }

        var asked = item.Text("provider:network_type");
        if (!NetworkTypes.Contains(asked))
        {
            throw Invalid($"network_type value '{asked}' not supported");
        }

        var physical = item.Text("provider:physical_network");
        if (asked is "vlan" or "flat" && !PhysicalNetworks.Contains(physical))
        {
            throw Invalid(physical.Length is 0 ? "physical_network required" : $"physical_network '{physical}' unknown for {(asked is "vlan" ? "VLAN" : asked)} provider network");
        }

        if (asked is not ("vlan" or "flat") && physical.Length > 0)
        {
            throw Invalid($"provider:physical_network specified for {asked} network");
        }

        if (asked is "flat")
        {
            CheckSegment(asked, physical, null, item.Id);
            return;
        }

        if (item["provider:segmentation_id"] is null)
        {
            var taken = Taken(asked, physical);
            item["provider:segmentation_id"] = Enumerable.Range(TenantSegments.First, 4094).First(id => !taken.Contains(id));
            return;
        }

        CheckSegment(asked, physical, (int)item["provider:segmentation_id"]!, item.Id);
    }

    private void CheckSegment(string type, string physical, int? id, string own)
    {
        if (type is "vlan" && id is < 1 or > 4094)
        {
            throw Invalid("segmentation_id out of range (1 through 4094)");
        }

        if (!collections["networks"].Items.Values.Any(item => item.Id != own && item.Text("provider:network_type") == type
            && item.Text("provider:physical_network") == physical && (int?)item["provider:segmentation_id"] == id))
        {
            return;
        }

        throw type switch
        {
            "flat" => new FakeRefusal(409, $"Unable to create the flat network. Physical network {physical} is in use.", "FlatNetworkInUse"),
            "vlan" => new FakeRefusal(409, $"Unable to create the network. The VLAN {id} on physical network {physical} is in use.", "VlanIdInUse"),
            _ => new FakeRefusal(409, $"Unable to create the network. The tunnel ID {id} is in use.", "TunnelIdInUse"),
        };
    }

    private HashSet<int> Taken(string type, string physical) =>
        [.. collections["networks"].Items.Values
            .Where(item => item.Text("provider:network_type") == type && item.Text("provider:physical_network") == physical)
            .Select(item => (int?)item["provider:segmentation_id"] ?? 0)];

    // plugins/ml2/plugin.py: _get_network_mtu.
    private int Mtu(FakeNetworkItem network, int asked)
    {
        var most = network.Text("provider:network_type") is "vlan" or "flat" or "local" ? PhysicalMtu : TunnelMtu;
        return asked > most ? throw Invalid($"Requested MTU is too big, maximum is {most}") : asked > 0 ? asked : most;
    }
}
