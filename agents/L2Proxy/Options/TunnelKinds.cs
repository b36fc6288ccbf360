using Cascade.Oslo.Config;

namespace Cascade.L2Proxy;

/// <summary>[agent] tunnel_types (neutron/conf/plugins/ml2/drivers/ovs_conf.py). Networks of these types bind here.</summary>
internal static class TunnelKinds
{
    static readonly string[] Known = ["vxlan", "gre", "geneve"];

    public static IReadOnlyList<string> Read(OptionGroup group)
    {
        var kinds = group.List("tunnel_types", ["vxlan"], "Types of tunnelled networks that the child has: vxlan, gre, geneve.");
        foreach (var unknown in kinds.Except(Known, StringComparer.Ordinal))
        {
            group.Reader.Fault($"[{group.Name}] tunnel_types: '{unknown}' is none of {string.Join(", ", Known)}");
        }

        return kinds;
    }
}
