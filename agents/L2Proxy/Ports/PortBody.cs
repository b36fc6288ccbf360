using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Ports;

/// <summary>What to send so that the child's port is as wanted: nothing, when it is.</summary>
internal static class PortBody
{
    public static PortCreate Create(WantedPort wanted) => new()
    {
        NetworkId = wanted.NetworkId,
        ProjectId = wanted.ProjectId,
        Name = wanted.Name,
        Description = wanted.Description,
        MacAddress = wanted.MacAddress,
        AdminStateUp = wanted.AdminStateUp,
        FixedIps = Addresses(wanted),
        SecurityGroups = wanted.SecurityGroups,
        PortSecurityEnabled = wanted.PortSecurityEnabled,
        AllowedAddressPairs = wanted.AddressPairs is { Count: > 0 } ? Pairs(wanted) : null,
        ExtraDhcpOpts = wanted.DhcpOptions is { Count: > 0 } options
            ? [.. options.Select(option => new ExtraDhcpOption(option.OptName!, option.OptValue ?? "", option.IpVersion ?? 4))]
            : null,
        DnsName = wanted.DnsName is "" ? null : wanted.DnsName,
        QosPolicyId = wanted.QosPolicyId,
        BindingVnicType = wanted.VnicType is "normal" ? null : wanted.VnicType,
    };

    /// <returns>
    /// Null when there is nothing to change. MAC and network are what the port was found by; whose it is cannot be changed; its vnic type only while it is bound nowhere.
    /// </returns>
    public static Change<PortUpdate>? Difference(Port seen, WantedPort wanted)
    {
        var differing = new Differing();
        var options = Options(seen, wanted);
        var update = new PortUpdate
        {
            Name = differing.Of("name", seen.Name != wanted.Name, wanted.Name),
            Description = differing.Of("description", seen.Description != wanted.Description, wanted.Description),
            AdminStateUp = differing.Of<bool?>("admin_state_up", seen.AdminStateUp != wanted.AdminStateUp, wanted.AdminStateUp),
            FixedIps = differing.Of("fixed_ips", !SameAddresses(seen, wanted), Addresses(wanted)),
            PortSecurityEnabled = differing.Of<bool?>(
                "port_security_enabled", wanted.PortSecurityEnabled is { } security && seen.PortSecurityEnabled != security, wanted.PortSecurityEnabled),
            SecurityGroups = differing.Of(
                "security_groups", wanted.SecurityGroups is { } groups && !groups.ToHashSet().SetEquals(seen.SecurityGroups ?? []), wanted.SecurityGroups),
            AllowedAddressPairs = differing.Of("allowed_address_pairs", wanted.AddressPairs is not null && !SamePairs(seen, wanted), Pairs(wanted)),
            ExtraDhcpOpts = differing.Of("extra_dhcp_opts", options.Count > 0, (IReadOnlyList<ExtraDhcpOption>)options),
            DnsName = differing.Of("dns_name", wanted.DnsName is { } name && (seen.DnsName ?? "") != name, wanted.DnsName),
            QosPolicyId = differing.Of<Settable>("qos_policy_id", wanted.HasQos && (seen.QosPolicyId ?? "") != (wanted.QosPolicyId ?? ""), wanted.QosPolicyId),
            BindingVnicType = differing.Of(
                "binding:vnic_type", string.IsNullOrEmpty(seen.BindingHostId) && seen.BindingVnicType is { } vnic && vnic != wanted.VnicType, wanted.VnicType),
        };
        return differing.ToChange(update);
    }

    // A subnet whose addresses are made of the MAC is named; the address would be given twice (neutron/db/ipam_pluggable_backend.py: _allocate_ips_for_port).
    static IReadOnlyList<FixedIp> Addresses(WantedPort wanted) => [.. wanted.FixedIps.Select(ip => new FixedIp(ip.SubnetId, ip.Automatic ? null : ip.Address))];

    static IReadOnlyList<AllowedAddressPair> Pairs(WantedPort wanted) =>
        [.. (wanted.AddressPairs ?? []).Select(pair => new AllowedAddressPair(pair.IpAddress!, pair.MacAddress ?? wanted.MacAddress))];

    static bool SameAddresses(Port seen, WantedPort wanted)
    {
        var there = seen.FixedIps ?? [];
        return there.Count == wanted.FixedIps.Count && wanted.FixedIps.All(ip => there.Any(one => ip.Is(one.SubnetId, one.IpAddress)));
    }

    static bool SamePairs(Port seen, WantedPort wanted) =>
        (seen.AllowedAddressPairs ?? []).Select(pair => (pair.IpAddress, pair.MacAddress)).ToHashSet()
        .SetEquals(Pairs(wanted).Select(pair => (pair.IpAddress, pair.MacAddress)));

    /// <summary>Only the options that differ; one that is no longer wanted is set to nothing.</summary>
    static List<ExtraDhcpOption> Options(Port seen, WantedPort wanted)
    {
        if (wanted.DhcpOptions is not { } options)
        {
            return [];
        }

        var there = (seen.ExtraDhcpOpts ?? []).ToDictionary(option => (option.OptName, option.IpVersion ?? 4), option => option.OptValue ?? "");
        var want = options.ToDictionary(option => (OptName: option.OptName!, IpVersion: option.IpVersion ?? 4), option => option.OptValue ?? "");
        return
        [
            .. want.Where(option => there.GetValueOrDefault(option.Key) != option.Value).Select(option => new ExtraDhcpOption(option.Key.OptName, option.Value, option.Key.IpVersion)),
            .. there.Keys.Where(key => !want.ContainsKey(key)).Select(key => new ExtraDhcpOption(key.OptName, null, key.Item2)),
        ];
    }
}
