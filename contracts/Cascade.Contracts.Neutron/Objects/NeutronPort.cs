using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>
/// A port, read from the object Port (neutron/objects/ports.py: Port) or from the dictionary that get_ports and port_update carry
/// (neutron/db/db_base_plugin_common.py: _make_port_dict). Lists that are missing are empty; the push of a deletion has nothing but the id.
/// </summary>
/// <param name="Raw">The fields as they came, unknown ones included.</param>
public sealed record NeutronPort(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? NetworkId { get; init; }

    /// <summary>Lower case with colons.</summary>
    public string? MacAddress { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary>What the port is of: a server's id when the owner begins with <c>compute:</c>; empty when it is nobody's.</summary>
    public string? DeviceId { get; init; }

    public string? DeviceOwner { get; init; }

    /// <summary>ACTIVE, DOWN, BUILD or ERROR.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<FixedIp> FixedIps { get; init; } = [];

    public IReadOnlyList<AddressPair> AllowedAddressPairs { get; init; } = [];

    /// <summary>In any order.</summary>
    public IReadOnlyList<string> SecurityGroupIds { get; init; } = [];

    public bool? PortSecurityEnabled { get; init; }

    public string? QosPolicyId { get; init; }

    /// <summary>The network's policy: valid when the port has none of its own.</summary>
    public string? QosNetworkPolicyId { get; init; }

    /// <summary>Null when the parent has no DNS for ports, empty when the port has no name.</summary>
    public string? DnsName { get; init; }

    public string? DnsDomain { get; init; }

    public IReadOnlyList<DhcpOption> DhcpOptions { get; init; } = [];

    /// <summary>All of them when read from the object, the active one when read from a dictionary.</summary>
    public IReadOnlyList<PortBinding> Bindings { get; init; } = [];

    /// <summary>Only in the object: how the port was bound, the last level being the host's.</summary>
    public IReadOnlyList<BindingLevel> BindingLevels { get; init; } = [];

    /// <summary>Only in the dictionary: a port that carries a trunk.</summary>
    public TrunkDetails? Trunk { get; init; }

    public bool? PropagateUplinkStatus { get; init; }

    public string? NumaAffinityPolicy { get; init; }

    public string? DeviceProfile { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public int? RevisionNumber { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The binding that counts: null while the port is bound nowhere, and for a distributed one.</summary>
    public PortBinding? ActiveBinding => Bindings.FirstOrDefault(binding => binding.IsActive && binding.Host is { Length: > 0 });

    /// <summary>The segment of the deepest level on <paramref name="host"/>, only in the object.</summary>
    public NetworkSegment? SegmentOn(string host) =>
        BindingLevels.Where(level => level.Host == host).MaxBy(level => level.Level)?.Segment;

    public static NeutronPort? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronPort? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        var dns = fields["dns"].Fields();
        return new(id, fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            NetworkId = fields.Text("network_id"),
            MacAddress = fields.Text("mac_address"),
            AdminStateUp = fields.Flag("admin_state_up"),
            DeviceId = fields.Text("device_id"),
            DeviceOwner = fields.Text("device_owner"),
            Status = fields.Text("status"),
            FixedIps = FixedIp.ReadAll(fields),
            AllowedAddressPairs = AddressPair.ReadAll(fields),
            SecurityGroupIds = fields.ContainsKey("security_group_ids") ? fields.Texts("security_group_ids") : fields.Texts("security_groups"),
            PortSecurityEnabled = fields["security"].Fields()?.Flag("port_security_enabled") ?? fields.Flag("port_security_enabled"),
            QosPolicyId = fields.Text("qos_policy_id"),
            QosNetworkPolicyId = fields.Text("qos_network_policy_id"),
            DnsName = dns?.Text("dns_name") ?? fields.Text("dns_name"),
            DnsDomain = dns?.Text("dns_domain") ?? fields.Text("dns_domain"),
            DhcpOptions = DhcpOption.ReadAll(fields),
            Bindings = PortBinding.ReadAll(fields),
            BindingLevels = [.. fields.Each("binding_levels").Select(BindingLevel.Read)],
            Trunk = TrunkDetails.Read(fields.Dictionary("trunk_details")),
            PropagateUplinkStatus = fields.Flag("propagate_uplink_status"),
            NumaAffinityPolicy = fields.Text("numa_affinity_policy"),
            DeviceProfile = fields.Text("device_profile"),
            Tags = fields.Texts("tags"),
            RevisionNumber = fields.Number("revision_number"),
            UpdatedAt = NeutronTime.Read(fields.Text("updated_at")),
        };
    }
}
