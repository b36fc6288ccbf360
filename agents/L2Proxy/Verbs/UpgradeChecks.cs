using Cascade.Agent;
using Cascade.Contracts.Neutron.Reports;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.DependencyInjection;

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
        .AddUpgradeCheck("Child's network API", ExtensionsAsync)
        .AddUpgradeCheck("Account in the child", AccountAsync)
        .AddUpgradeCheck("Quota of our project in the child", QuotaAsync);

    static async Task<UpgradeCheckResult> ParentAsync(IServiceProvider services, CancellationToken cancelled)
    {
        try
        {
            return await services.GetRequiredService<INeutronServer>().AskAsync(new HasAliveNeutronServer(), cancelled, TimeSpan.FromSeconds(15))
                ? Fine
                : Failure("neutron-server answers, and its database does not answer it");
        }
        catch (Oslo.Messaging.Rpc.RpcTimeoutException)
        {
            return Failure("no neutron-server answers on this transport_url: from 2026.1 on it is neutron-rpc-server that has to run");
        }
    }

    static async Task<UpgradeCheckResult> ExtensionsAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var has = await services.GetRequiredService<Cloud>().Network.Extensions.AliasesAsync(Scope.Own, cancelled);
        var missing = Needed.Except(has).ToList();
        if (missing.Count > 0)
        {
            return Failure($"the child's Neutron lacks {string.Join(", ", missing)}");
        }

        var poor = Wanted.Where(wanted => !has.Contains(wanted.Alias)).Select(wanted => $"{wanted.Alias} ({wanted.Without})").ToList();
        return poor.Count > 0 ? Warning($"the child's Neutron lacks {string.Join(", ", poor)}") : Fine;
    }

    static async Task<UpgradeCheckResult> AccountAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var token = await services.GetRequiredService<Cloud>().Identity.TokenAsync(Scope.Own, cancelled);
        return token.ProjectId is null ? Failure("the account has no project: name one, of its own, where mirrored networks will live")
            : token.Roles.Contains("admin", StringComparer.OrdinalIgnoreCase) ? Fine
            : Failure($"the account needs the role admin in its project {token.ProjectId} (it has {string.Join(", ", token.Roles)}): provider attributes, MACs and other projects' ports are an administrator's");
    }

    static async Task<UpgradeCheckResult> QuotaAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var cloud = services.GetRequiredService<Cloud>();
        var project = await cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var quota = await cloud.Network.Quotas.GetAsync(Scope.Own, project!, cancelled);
        var limited = Limits(quota).Where(limit => limit.Most is >= 0).Select(limit => $"{limit.Name} {limit.Most}").ToList();
        return limited.Count == 0
            ? Fine
            : Warning($"what is mirrored counts against the quota of project {project} ({string.Join(", ", limited)}): openstack quota set with -1 for each");
    }

    static IEnumerable<(string Name, int? Most)> Limits(Quota quota) =>
        [("networks", quota.Network), ("subnets", quota.Subnet), ("secgroups", quota.SecurityGroup), ("secgroup-rules", quota.SecurityGroupRule), ("rbac-policies", quota.RbacPolicy)];

    static UpgradeCheckResult Fine { get; } = new(UpgradeCheckCode.Success);

    static UpgradeCheckResult Warning(string details) => new(UpgradeCheckCode.Warning, details);

    static UpgradeCheckResult Failure(string details) => new(UpgradeCheckCode.Failure, details);
}
