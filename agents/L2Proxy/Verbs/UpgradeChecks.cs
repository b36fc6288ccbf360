using Cascade.Agent;
using Cascade.Contracts.Neutron.Reports;
using Cascade.NeutronAgent.Verbs;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Verbs;

/// <summary>Questions of <c>upgrade check</c>: can this build work with that parent and that child, and is the account in the child what it has to be?</summary>
internal static class UpgradeChecks
{
    /// <summary>Without these nothing of the parent can be shown in the child.</summary>
    static readonly string[] Needed =
    [
        Extension.Provider, Extension.PortSecurity, Extension.SecurityGroup, Extension.PortBindings,
        Extension.AllowedAddressPairs, Extension.RbacPolicies, Extension.StandardAttrDescription,
    ];

    /// <summary>Without these some of it cannot, or costs more.</summary>
    static readonly (string Alias, string Without)[] Wanted =
    [
        (Extension.Timestamps, "each look at the child's ports lists them all"),
        (Extension.NetworkMtuWritable, "a network's MTU is the child's own choice"),
        (Extension.AddressGroup, "remote security groups are written out as prefixes"),
        (Extension.SecurityGroupsRemoteAddressGroup, "remote security groups are written out as prefixes"),
        (Extension.ExtraDhcpOpt, "ports with DHCP options are refused"),
        (Extension.Qos, "QoS policies have no effect"),
        (Extension.Trunk, "trunks are refused"),
        (Extension.DnsIntegration, "names of ports are not served by the child's DNS"),
    ];

    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent
        .AddUpgradeCheck("Parent's neutron-server", ParentAsync)
        .AddUpgradeCheck("Child's network API", (services, cancelled) => ChildChecks.ExtensionsAsync(services, Needed, Wanted, cancelled))
        .AddUpgradeCheck("Account in the child", (services, cancelled) => ChildChecks.AccountAsync(services, "one, of its own, where mirrored networks will live", "provider attributes, MACs and other projects' ports are an administrator's", cancelled))
        .AddUpgradeCheck("Quota of our project in the child", (services, cancelled) => ChildChecks.QuotaAsync(services, Limits, cancelled));

    static Task<UpgradeCheckResult> ParentAsync(IServiceProvider services, CancellationToken cancelled) => ParentChecks.AskAsync(
        services, new HasAliveNeutronServer(), alive => alive ? null : "neutron-server answers, and its database does not answer it", cancelled);

    static IEnumerable<(string Name, int? Most)> Limits(Quota quota) =>
        [("networks", quota.Network), ("subnets", quota.Subnet), ("secgroups", quota.SecurityGroup), ("secgroup-rules", quota.SecurityGroupRule), ("rbac-policies", quota.RbacPolicy)];
}
