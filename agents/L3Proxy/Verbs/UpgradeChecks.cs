using Cascade.Agent;
using Cascade.Contracts.Neutron.L3;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.L3Proxy.Verbs;

/// <summary>Questions of <c>upgrade check</c>: can this build work with that parent and that child, and are the external networks what they have to be?</summary>
internal static class UpgradeChecks
{
    /// <summary>Without these no router of the parent can be shown in the child.</summary>
    static readonly string[] Needed = [Extension.Router, Extension.GatewayMode, Extension.ExtraRoute, Extension.StandardAttrDescription];

    /// <summary>Without these some of it cannot.</summary>
    static readonly (string Alias, string Without)[] Wanted =
    [
        (Extension.PortForwarding, "floating IPs that forward ports are refused"),
        (Extension.ConntrackHelper, "conntrack helpers are refused"),
        (Extension.NdpProxy, "routers that answer for IPv6 addresses inside are refused that"),
    ];

    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent
        .AddUpgradeCheck("Parent's routers", ParentAsync)
        .AddUpgradeCheck("Child's network API", ExtensionsAsync)
        .AddUpgradeCheck("Account in the child", AccountAsync)
        .AddUpgradeCheck("External networks", ExternalAsync)
        .AddUpgradeCheck("Quota of our project in the child", QuotaAsync);

    static async Task<UpgradeCheckResult> ParentAsync(IServiceProvider services, CancellationToken cancelled)
    {
        try
        {
            var plugins = await services.GetRequiredService<INeutronServer>().AskAsync(new GetServicePluginList(), cancelled, TimeSpan.FromSeconds(15));
            return plugins.Contains("L3_ROUTER_NAT", StringComparer.Ordinal) ? Fine : Failure("the parent's neutron-server has no service plugin router");
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
        return token.ProjectId is null ? Failure("the account has no project: name the one of L2-Proxy, where the mirrored networks live")
            : token.Roles.Contains("admin", StringComparer.OrdinalIgnoreCase) ? Fine
            : Failure($"the account needs the role admin in its project {token.ProjectId} (it has {string.Join(", ", token.Roles)}): gateway and floating addresses are an administrator's to choose");
    }

    static async Task<UpgradeCheckResult> ExternalAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var declared = services.GetRequiredService<L3ProxyOptions>().ExternalNetworks;
        if (declared.Count == 0)
        {
            return Warning("no external network is declared ([cascade] external_networks): routers have no gateway and floating IPs are refused");
        }

        var wrong = new List<string>();
        foreach (var (parentId, childId) in declared)
        {
            var seen = await services.GetRequiredService<Cloud>().Network.Networks.FindAsync(Scope.Own, childId, cancelled);
            if (seen is null)
            {
                wrong.Add($"{parentId} is declared to be {childId}, which the child does not have");
            }
            else if (seen.External is false)
            {
                wrong.Add($"{parentId} is declared to be {childId}, which is not external in the child");
            }
        }

        return wrong.Count == 0 ? Fine : Failure(string.Join("; ", wrong));
    }

    static async Task<UpgradeCheckResult> QuotaAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var cloud = services.GetRequiredService<Cloud>();
        var project = await cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var quota = await cloud.Network.Quotas.GetAsync(Scope.Own, project!, cancelled);
        var limited = new (string Name, int? Most)[] { ("routers", quota.Router), ("floating-ips", quota.Floatingip), ("ports", quota.Port) }.Where(limit => limit.Most is >= 0).Select(limit => $"{limit.Name} {limit.Most}").ToList();
        return limited.Count == 0 ? Fine : Warning($"what is mirrored counts against the quota of project {project} ({string.Join(", ", limited)}): openstack quota set with -1 for each");
    }

    static UpgradeCheckResult Fine { get; } = new(UpgradeCheckCode.Success);

    static UpgradeCheckResult Warning(string details) => new(UpgradeCheckCode.Warning, details);

    static UpgradeCheckResult Failure(string details) => new(UpgradeCheckCode.Failure, details);
}
