using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>neutron/db/securitygroups_rpc_base.py: SecurityGroupServerRpcMixin.security_group_info_for_ports.</summary>
/// <param name="Devices">The ports by id, with the server's own rules for DHCP and RA; trusted ones (<c>network:*</c>) are left out.</param>
/// <param name="SecurityGroups">The rules of every group of theirs.</param>
/// <param name="Members">By the id of a remote group or remote address group: who is in it, wherever and whether or not it is up.</param>
public sealed record SecurityGroupInfo(
    IReadOnlyDictionary<string, JsonObject> Devices,
    IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> SecurityGroups,
    IReadOnlyDictionary<string, IReadOnlyList<GroupMember>> Members)
{
    internal static SecurityGroupInfo Read(JsonObject? reply)
    {
        reply ??= [];
        return new(
            Of(reply["devices"], device => device as JsonObject),
            Of(reply["security_groups"], rules => (IReadOnlyList<JsonObject>)[.. (rules as JsonArray).Each()]),
            Of(reply["sg_member_ips"], GroupMember.ReadAll));
    }

    static Dictionary<string, T> Of<T>(JsonNode? by, Func<JsonNode?, T?> read)
        where T : class
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (id, value) in by as JsonObject ?? [])
        {
            if (read(value) is { } one)
            {
                found[id] = one;
            }
        }

        return found;
    }
}

/// <param name="Ethertype"><c>IPv4</c> or <c>IPv6</c>.</param>
/// <param name="Address">An address or a CIDR.</param>
/// <param name="MacAddress">Null for an address group, and wherever the server names none.</param>
public sealed record GroupMember(string Ethertype, string Address, string? MacAddress)
{
    internal static IReadOnlyList<GroupMember> ReadAll(JsonNode? by)
    {
        var members = new List<GroupMember>();
        foreach (var (ethertype, addresses) in by as JsonObject ?? [])
        {
            foreach (var pair in (addresses as JsonArray ?? []).OfType<JsonArray>())
            {
                if (Text(pair, 0) is { } address)
                {
                    members.Add(new(ethertype, address, Text(pair, 1)));
                }
            }
        }

        return members;
    }

    static string? Text(JsonArray pair, int at) => pair.Count > at && pair[at] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
