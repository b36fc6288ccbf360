using System.Net;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;

namespace Cascade.L2Proxy.Ports;

/// <summary>The parent's port in the child's words: the same MAC, the same addresses, everything of <c>neutron-contract.md</c> §2.4 and §2.7.</summary>
internal static class PortMap
{
    /// <param name="of">As the parent has it.</param>
    /// <param name="subnets">The parent's subnet → the child's, and whether its addresses are made of the MAC.</param>
    /// <param name="networkId">The child's network.</param>
    /// <param name="groups">The parent's security group → the child's.</param>
    /// <param name="qosPolicyId">The child's policy for the port's own, null for none.</param>
    /// <param name="traits">What the child can.</param>
    /// <param name="vnics">The parent's vnic type → the child's.</param>
    /// <exception cref="RefusedException">The child cannot hold such a port.</exception>
    public static WantedPort Wanted(
        NeutronPort of,
        string networkId,
        IReadOnlyDictionary<string, ChildSubnet> subnets,
        IReadOnlyDictionary<string, string> groups,
        string? qosPolicyId,
        ChildTraits traits,
        IReadOnlyDictionary<string, string> vnics)
    {
        return new(of.Id, networkId, of.MacAddress!)
        {
            ProjectId = of.ProjectId ?? "",
            Name = of.Name ?? "",
            AdminStateUp = of.AdminStateUp ?? true,
            FixedIps = [.. of.FixedIps.Select(ip => Translate(ip, of, subnets))],
            PortSecurityEnabled = traits.PortSecurity ? of.PortSecurityEnabled ?? true : null,
            SecurityGroups = traits.SecurityGroups ? [.. of.SecurityGroupIds.Select(id => groups[id]).Order(StringComparer.Ordinal)] : null,
            AddressPairs = traits.AddressPairs ? [.. of.AllowedAddressPairs.Where(pair => pair.IpAddress is not null)] : null,
            QosPolicyId = qosPolicyId,
            HasQos = traits.Qos,
            // Empty when the parent has no name for it: a child that asks for none names it after its address, as the parent does.
            DnsName = traits.Dns ? of.DnsName ?? "" : null,
            DhcpOptions = traits.ExtraDhcpOptions ? [.. of.DhcpOptions.Where(option => option.OptName is not null)] : null,
            VnicType = VnicTypeOf(of, vnics),
        };
    }

    static WantedIp Translate(FixedIp ip, NeutronPort of, IReadOnlyDictionary<string, ChildSubnet> subnets) =>
        ip.SubnetId is not { } subnet || !subnets.TryGetValue(subnet, out var mirrored)
            ? throw new LaterException(TimeSpan.FromSeconds(2), $"port {of.Id} has an address of subnet {ip.SubnetId}, which is not mirrored yet")
        : mirrored.IsFull ? throw new RefusedException($"port {of.Id} has an address of subnet {subnet}, which has no address left for the child's DHCP")
        : new(mirrored.Id, ip.IpAddress, mirrored.IsAutomatic);

    /// <summary>Refuses what the child cannot hold, before anything is made for it.</summary>
    /// <exception cref="RefusedException">With the reason.</exception>
    public static void Refuse(NeutronPort of, ChildTraits traits, IReadOnlyDictionary<string, string> vnics)
    {
        _ = VnicTypeOf(of, vnics);
        var missing =
            of.MacAddress is null ? "it has no MAC address"
            : of.PortSecurityEnabled is false && !traits.PortSecurity ? "the child cannot switch port security off (port-security)"
            : of.AllowedAddressPairs.Count > 0 && !traits.AddressPairs ? "the child knows no allowed address pairs (allowed-address-pairs)"
            : of.DhcpOptions.Count > 0 && !traits.ExtraDhcpOptions ? "the child knows no extra DHCP options (extra_dhcp_opt)"
            : of.QosPolicyId is not null && !traits.Qos ? "the child knows no QoS policies (qos)"
            : of.SecurityGroupIds.Count > 0 && !traits.SecurityGroups ? "the child knows no security groups (security-group)"
            : null;
        if (missing is not null)
        {
            throw new RefusedException($"port {of.Id}: {missing}");
        }
    }

    static string VnicTypeOf(NeutronPort of, IReadOnlyDictionary<string, string> vnics)
    {
        var type = of.ActiveBinding?.VnicType ?? "normal";
        return vnics.TryGetValue(type, out var mapped) ? mapped
            : throw new RefusedException($"port {of.Id} is of vnic type {type}, which is not among those that the child is declared to have (vnic_types)");
    }
}

/// <summary>A subnet of the child, as a port's map needs it.</summary>
/// <param name="IsAutomatic">Its addresses are made of the MAC.</param>
/// <param name="IsFull">It is to have DHCP, and has none for want of an address.</param>
internal sealed record ChildSubnet(string Id, bool IsAutomatic, bool IsFull);

/// <summary>What the child's port shall be. Null members are not the child's to know.</summary>
internal sealed record WantedPort(string ParentId, string NetworkId, string MacAddress)
{
    public string Description => Stamp.Of(ParentId);

    public string ProjectId { get; init; } = "";

    public string Name { get; init; } = "";

    public bool AdminStateUp { get; init; } = true;

    public IReadOnlyList<WantedIp> FixedIps { get; init; } = [];

    public bool? PortSecurityEnabled { get; init; }

    /// <summary>The child's ids, sorted.</summary>
    public IReadOnlyList<string>? SecurityGroups { get; init; }

    public IReadOnlyList<AddressPair>? AddressPairs { get; init; }

    public bool HasQos { get; init; }

    public string? QosPolicyId { get; init; }

    public string? DnsName { get; init; }

    public IReadOnlyList<DhcpOption>? DhcpOptions { get; init; }

    public string VnicType { get; init; } = "normal";
}

/// <param name="Automatic">Made of the MAC: the subnet is named, the address is not.</param>
internal sealed record WantedIp(string SubnetId, string? Address, bool Automatic)
{
    /// <summary>Two spellings of one address are one address.</summary>
    public bool Is(string? subnetId, string? address) =>
        subnetId == SubnetId && (Automatic || (IPAddress.TryParse(address, out var seen) && IPAddress.TryParse(Address, out var wanted) && seen.Equals(wanted)));
}
