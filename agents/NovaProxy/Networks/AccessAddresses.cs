using System.Text.Json.Nodes;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Networks;

/// <summary>The access addresses that a compute gives a server whose tenant gave none (nova/compute/manager.py: _build_and_run_instance, default_access_ip_network_name).</summary>
internal static class AccessAddresses
{
    /// <param name="changes">Of the save that ends the build.</param>
    /// <param name="row">With its network info.</param>
    /// <param name="network">The label; null for none.</param>
    public static void Put(JsonObject changes, VersionedObject row, string? network)
    {
        if (network is not { Length: > 0 } || row.Text("access_ip_v4") is not null || row.Text("access_ip_v6") is not null
            || InfoCaches.Of(row).OfType<JsonObject>().FirstOrDefault(vif => vif["network"]?["label"]?.ToString() == network) is not { } on)
        {
            return;
        }

        foreach (var address in (on["network"]!["subnets"] as JsonArray ?? []).SelectMany(subnet => subnet?["ips"] as JsonArray ?? []))
        {
            var field = address?["version"]?.ToString() == "6" ? "access_ip_v6" : "access_ip_v4";
            if (address?["address"]?.ToString() is { } text && !changes.ContainsKey(field))
            {
                changes[field] = text;
            }
        }
    }
}
