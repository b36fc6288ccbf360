using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>neutron/objects/qos/policy.py: QosPolicy. Nothing is pushed on its creation, as it is empty then.</summary>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronQosPolicy(string Id, JsonObject Raw)
{
    public string? ProjectId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Shared { get; init; }

    public bool? IsDefault { get; init; }

    public IReadOnlyList<NeutronQosRule> Rules { get; init; } = [];

    public int? RevisionNumber { get; init; }

    public static NeutronQosPolicy? Read(VersionedObject of) => Read(of.Data);

    /// <summary>Null when it has no id.</summary>
    public static NeutronQosPolicy? Read(JsonObject? json)
    {
        if (json.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, fields)
        {
            ProjectId = fields.Text("project_id") ?? fields.Text("tenant_id"),
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            Shared = fields.Flag("shared"),
            IsDefault = fields.Flag("is_default"),
            Rules = [.. (fields["rules"] as JsonArray ?? []).Select(NeutronQosRule.Read).OfType<NeutronQosRule>()],
            RevisionNumber = fields.Number("revision_number"),
        };
    }
}

/// <summary>One rule; what it may say depends on its type (neutron/objects/qos/rule.py).</summary>
/// <param name="Type">As the API names it: <c>bandwidth_limit</c>, <c>dscp_marking</c>, <c>minimum_bandwidth</c>, <c>packet_rate_limit</c>, <c>minimum_packet_rate</c>;
/// the object's own name when it is none of these.</param>
/// <param name="Raw">The fields as they came.</param>
public sealed record NeutronQosRule(string Id, string Type, JsonObject Raw)
{
    /// <summary><c>ingress</c>, <c>egress</c> or <c>any</c>; null for DSCP.</summary>
    public string? Direction { get; init; }

    public int? MaxKbps { get; init; }

    public int? MaxBurstKbps { get; init; }

    public int? MinKbps { get; init; }

    public int? MaxKpps { get; init; }

    public int? MaxBurstKpps { get; init; }

    public int? MinKpps { get; init; }

    public int? DscpMark { get; init; }

    internal static NeutronQosRule? Read(JsonNode? node)
    {
        if (node.Fields() is not { } fields || fields.Text("id") is not { } id)
        {
            return null;
        }

        return new(id, TypeOf((node as JsonObject)!.Text("versioned_object.name") ?? fields.Text("type") ?? ""), fields)
        {
            Direction = fields.Text("direction"),
            MaxKbps = fields.Number("max_kbps"),
            MaxBurstKbps = fields.Number("max_burst_kbps"),
            MinKbps = fields.Number("min_kbps"),
            MaxKpps = fields.Number("max_kpps"),
            MaxBurstKpps = fields.Number("max_burst_kpps"),
            MinKpps = fields.Number("min_kpps"),
            DscpMark = fields.Number("dscp_mark"),
        };
    }

    static string TypeOf(string name) => name switch
    {
        "QosBandwidthLimitRule" => "bandwidth_limit",
        "QosDscpMarkingRule" => "dscp_marking",
        "QosMinimumBandwidthRule" => "minimum_bandwidth",
        "QosPacketRateLimitRule" => "packet_rate_limit",
        "QosMinimumPacketRateRule" => "minimum_packet_rate",
        _ => name,
    };
}
