using System.Globalization;
using System.Net;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>
/// What makes two rules of one group the same: Neutron refuses the second one (neutron/db/securitygroups_db.py: _rule_to_key), so rules are told apart
/// exactly as there. The whole range of ports is no range (_make_canonical_port_range), a prefix of everything is none.
/// </summary>
internal readonly record struct RuleKey(
    string Direction, string Ethertype, string Protocol, int? PortRangeMin, int? PortRangeMax, string RemoteIpPrefix, string RemoteGroupId, string RemoteAddressGroupId)
{
    public static RuleKey Of(WantedRule rule) => Of(
        rule.Direction, rule.Ethertype, rule.Protocol, rule.PortRangeMin, rule.PortRangeMax, rule.RemoteIpPrefix, rule.RemoteGroupId, rule.RemoteAddressGroupId);

    public static RuleKey Of(SecurityGroupRule seen) => Of(
        seen.Direction, seen.Ethertype, seen.Protocol, seen.PortRangeMin, seen.PortRangeMax, seen.RemoteIpPrefix, seen.RemoteGroupId, seen.RemoteAddressGroupId);

    static RuleKey Of(string? direction, string? ethertype, string? protocol, int? min, int? max, string? prefix, string? group, string? addresses)
    {
        var whole = (min, max) is (1, 65535);
        return new(
            direction ?? "",
            ethertype ?? "IPv4",
            Protocols.Key(protocol, ethertype),
            whole ? null : min,
            whole ? null : max,
            Spelled(prefix),
            group ?? "",
            addresses ?? "");
    }

    // Host bits count here: Neutron keeps them (net.AuthenticIPNetwork) and takes 10.0.0.5/24 and 10.0.0.0/24 for two rules.
    static string Spelled(string? prefix)
    {
        if (prefix is null or "0.0.0.0/0" or "::/0")
        {
            return "";
        }

        var slash = prefix.IndexOf('/', StringComparison.Ordinal);
        return !IPAddress.TryParse(slash < 0 ? prefix : prefix.AsSpan(0, slash), out var address) ? prefix
            : slash < 0 ? string.Create(CultureInfo.InvariantCulture, $"{address}/{address.GetAddressBytes().Length * 8}")
            : $"{address}{prefix[slash..]}";
    }
}
