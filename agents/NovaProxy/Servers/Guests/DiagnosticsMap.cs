using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;

namespace Cascade.NovaProxy.Servers.Guests;

/// <summary>
/// What the child's API shows of a guest's use as the object that nova-api takes apart again (nova/objects/diagnostics.py;
/// api/openstack/compute/views/server_diagnostics.py: instance_diagnostics). Their members have the same names.
/// </summary>
internal static class DiagnosticsMap
{
    static readonly string[] Plain = ["state", "driver", "hypervisor", "hypervisor_os", "uptime", "config_drive", "num_cpus", "num_nics", "num_disks"];

    static readonly (string Member, string Object, string[] Fields)[] Lists =
    [
        ("cpu_details", NovaObjects.CpuDiagnostics, ["id", "time", "utilisation"]),
        (
            "nic_details",
            NovaObjects.NicDiagnostics,
            ["mac_address", "rx_octets", "rx_errors", "rx_drop", "rx_packets", "rx_rate", "tx_octets", "tx_errors", "tx_drop", "tx_packets", "tx_rate"]),
        ("disk_details", NovaObjects.DiskDiagnostics, ["read_bytes", "read_requests", "write_bytes", "write_requests", "errors_count"]),
    ];

    public static JsonNode ToParent(JsonObject child)
    {
        var data = new JsonObject();
        foreach (var member in Plain)
        {
            // What a child's hypervisor does not say stays unset, which the view shows as null: not every field may be null.
            if (child[member] is { } value)
            {
                data[member] = value.DeepClone();
            }
        }

        foreach (var (member, name, fields) in Lists)
        {
            var items = (child[member] as JsonArray ?? []).OfType<JsonObject>();
            data[member] = new JsonArray([.. items.Select(item => (JsonNode)NovaObjects.New(name, Pick(item, fields)).ToJson())]);
        }

        data["memory_details"] = NovaObjects.New(NovaObjects.MemoryDiagnostics, Pick(child["memory_details"] as JsonObject ?? [], ["maximum", "used"])).ToJson();
        return NovaObjects.New(NovaObjects.Diagnostics, data).ToJson();
    }

    static JsonObject Pick(JsonObject from, string[] fields) => new(fields.Select(field => KeyValuePair.Create(field, from[field]?.DeepClone())));
}
