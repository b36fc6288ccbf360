using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Plugin;

/// <param name="Raw">The reply as it came.</param>
public sealed record NetworkInfo(string Id, string? ProjectId, IReadOnlyList<NeutronSubnet> Subnets, IReadOnlyList<NeutronPort> Ports, JsonObject Raw)
{
    internal static NetworkInfo? Read(JsonObject? of) => of?.Text("id") is not { } id ? null : new(
        id,
        of.Text("project_id") ?? of.Text("tenant_id"),
        [.. of.Each("subnets").Select(NeutronSubnet.Read).OfType<NeutronSubnet>()],
        [.. of.Each("ports").Select(NeutronPort.Read).OfType<NeutronPort>()],
        of);
}
