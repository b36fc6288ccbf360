using Cascade.Oslo.Config;

namespace Cascade.L2Proxy;

/// <summary>
/// [cascade] physical_networks: <c>physnet1:datacentre,physext:public</c>. A flat or VLAN network of the parent binds to this host only when its physical
/// network is named here; that is what keeps the parent from placing a server where its network cannot be.
/// </summary>
internal static class PhysicalNetworkMap
{
    public static IReadOnlyDictionary<string, string> Read(OptionGroup group) => group.Pairs(
        "physical_networks", "Physical networks of the parent that the child reaches, each with the child's name of it: PARENT:CHILD, …", new() { Sample = "physnet1:datacentre" });
}
