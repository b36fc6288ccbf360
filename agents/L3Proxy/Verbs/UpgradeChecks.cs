using Cascade.Agent;
using Cascade.Contracts.Neutron.L3;
using Cascade.NeutronAgent.Verbs;
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
        (Extension.QosFip, "floating IPs with a QoS policy are refused"),
        (Extension.QosGatewayIp, "gateways have no limit of a QoS policy"),
        (Extension.ConntrackHelper, "conntrack helpers are refused"),
        (Extension.NdpProxy, "routers that answer for IPv6 addresses inside are refused that"),
    ];

    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent
        .AddUpgradeCheck("Parent's routers", ParentAsync)
        .AddUpgradeCheck("Child's network API", (services, cancelled) => ChildChecks.ExtensionsAsync(services, Needed, Wanted, cancelled))
        .AddUpgradeCheck("Account in the child", (services, cancelled) => ChildChecks.AccountAsync(services, "the one of L2-Proxy, where the mirrored networks live", "gateway and floating addresses are an administrator's to choose", cancelled))
        .AddUpgradeCheck("External networks", ExternalAsync)
        .AddUpgradeCheck("Quota of our project in the child", (services, cancelled) => ChildChecks.QuotaAsync(services, Limits, cancelled));

    static Task<UpgradeCheckResult> ParentAsync(IServiceProvider services, CancellationToken cancelled) => ParentChecks.AskAsync(
        services, new GetServicePluginList(), plugins => plugins.Contains("L3_ROUTER_NAT", StringComparer.Ordinal) ? null : "the parent's neutron-server has no service plugin router", cancelled);

    static async Task<UpgradeCheckResult> ExternalAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var declared = services.GetRequiredService<L3ProxyOptions>().ExternalNetworks;
        if (declared.Count == 0)
        {
            return ChildChecks.Warning("no external network is declared ([cascade] external_networks): routers have no gateway and floating IPs are refused");
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

        return wrong.Count == 0 ? ChildChecks.Fine : ChildChecks.Failure(string.Join("; ", wrong));
    }

    static IEnumerable<(string Name, int? Most)> Limits(Quota quota) =>
        [("routers", quota.Router), ("floating-ips", quota.Floatingip), ("ports", quota.Port)];
}
