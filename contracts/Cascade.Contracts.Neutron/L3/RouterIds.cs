using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>The ids that a notice of routers carries.</summary>
static class RouterIds
{
    public static IReadOnlyList<string> Of(JsonNode? routers) =>
    [
        .. (routers as JsonArray ?? []).Select(router => router switch
        {
            JsonObject whole => whole.Text("id"),
            JsonValue value when value.TryGetValue<string>(out var id) => id,
            _ => null,
        }).OfType<string>(),
    ];
}
