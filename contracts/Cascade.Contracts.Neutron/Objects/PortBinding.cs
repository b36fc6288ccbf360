using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>Where a port is bound, and how (neutron/objects/ports.py: PortBinding).</summary>
/// <param name="Host">Empty while bound nowhere.</param>
/// <param name="VifType"><c>ovs</c>, <c>unbound</c>, <c>binding_failed</c> …</param>
/// <param name="VnicType"><c>normal</c>, <c>direct</c>, <c>macvtap</c> …</param>
/// <param name="Status">ACTIVE, or INACTIVE for the other end of a live migration. A dictionary shows only the active one.</param>
public sealed record PortBinding(string? Host, string? VifType, string? VnicType, string? Status, JsonObject? Profile, JsonObject? VifDetails)
{
    public bool IsActive => Status == "ACTIVE";

    internal static IReadOnlyList<PortBinding> ReadAll(JsonObject port)
    {
        if (port.ContainsKey("bindings"))
        {
            return [.. port.Each("bindings").Select(of => Read(of, "", "host", of.Text("status")))];
        }

        return port.ContainsKey("binding:host_id") ? [Read(port, "binding:", "binding:host_id", "ACTIVE")] : [];
    }

    static PortBinding Read(JsonObject of, string prefix, string host, string? status) => new(
        of.Text(host),
        of.Text(prefix + "vif_type"),
        of.Text(prefix + "vnic_type"),
        status,
        of.Dictionary(prefix + "profile"),
        of.Dictionary(prefix + "vif_details"));
}

/// <param name="Level">0 is the first; a hierarchical binding has more.</param>
/// <param name="Driver">The mechanism driver.</param>
public sealed record BindingLevel(string? Host, int? Level, string? Driver, NetworkSegment? Segment)
{
    internal static BindingLevel Read(JsonObject of) =>
        new(of.Text("host"), of.Number("level"), of.Text("driver"), of["segment"].Fields() is { } segment ? NetworkSegment.Read(segment) : null);
}
