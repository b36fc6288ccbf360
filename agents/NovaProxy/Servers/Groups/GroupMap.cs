using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>A server group of the parent as one of the child.</summary>
/// <param name="Name">The stamp: which group of the parent it stands for.</param>
internal sealed record WantedGroup(string Name, string Policy);

/// <summary>
/// The parent's scheduler has judged its own group by its own hosts, and this child is one of them. What is left to say is how the members that came here shall
/// stand among the child's hosts.
/// </summary>
internal static class GroupMap
{
    const string Stamp = "cascade:";

    /// <param name="requestSpec">nova/objects/request_spec.py: RequestSpec, as it came with the build.</param>
    /// <returns>Null when the server is in no group, or its group has nothing more to say here.</returns>
    public static WantedGroup? Of(JsonNode? requestSpec)
    {
        if (requestSpec?["nova_object.data"]?["instance_group"]?["nova_object.data"] is not JsonObject group || group["uuid"]?.ToString() is not { Length: > 0 } uuid)
        {
            return null;
        }

        return group["policy"]?.ToString() switch
        {
            "affinity" => new(Stamp + uuid, "affinity"),
            "soft-affinity" => new(Stamp + uuid, "soft-affinity"),
            "soft-anti-affinity" => new(Stamp + uuid, "soft-anti-affinity"),
            // One member for each host of the parent: there is no second one here. Where the rule allows more, they shall stand apart if they can.
            "anti-affinity" when MostPerHost(group) > 1 => new(Stamp + uuid, "soft-anti-affinity"),
            _ => null,
        };
    }

    public static bool IsStamped(string? name) => name?.StartsWith(Stamp, StringComparison.Ordinal) is true && Guid.TryParseExact(name[Stamp.Length..], "D", out _);

    /// <summary>nova/objects/instance_group.py: _rules, a dictionary of texts.</summary>
    public static int MostPerHost(JsonObject group) =>
        int.TryParse(group["_rules"]?["max_server_per_host"]?.ToString(), CultureInfo.InvariantCulture, out var most) ? most : 1;
}
