using System.Globalization;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>Names of protocols are numbers (neutron_lib/constants.py: IP_PROTOCOL_MAP), and what an old client calls ICMP is ICMPv6 in a rule for IPv6.</summary>
internal static class Protocols
{
    const string Icmp = "1";
    const string IcmpV6 = "58";

    static readonly Dictionary<string, int> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ah"] = 51,
        ["dccp"] = 33,
        ["egp"] = 8,
        ["esp"] = 50,
        ["gre"] = 47,
        ["hopopt"] = 0,
        ["icmp"] = 1,
        ["icmpv6"] = 58,
        ["igmp"] = 2,
        ["ip"] = 0,
        ["ipip"] = 4,
        ["ipv6-encap"] = 41,
        ["ipv6-frag"] = 44,
        ["ipv6-icmp"] = 58,
        ["ipv6-nonxt"] = 59,
        ["ipv6-opts"] = 60,
        ["ipv6-route"] = 43,
        ["ospf"] = 89,
        ["pgm"] = 113,
        ["rsvp"] = 46,
        ["sctp"] = 132,
        ["tcp"] = 6,
        ["udp"] = 17,
        ["udplite"] = 136,
        ["vrrp"] = 112,
    };

    /// <summary>The number as text; a name that nobody knows stays as it is; empty for any.</summary>
    public static string Key(string? protocol, string? ethertype)
    {
        var number = protocol is null ? "" : Numbers.TryGetValue(protocol, out var known) ? known.ToString(CultureInfo.InvariantCulture) : protocol;

        // neutron/db/securitygroups_db.py: _get_ip_proto_name_and_num, _make_canonical_ipv6_icmp_protocol.
        return number == Icmp && ethertype == "IPv6" ? IcmpV6 : number;
    }
}
