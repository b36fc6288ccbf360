using Cascade.Agent;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NeutronAgent.Verbs;

/// <summary>What every agent of Neutron asks of a child in <c>upgrade check</c>: its extensions, our account, our quota.</summary>
public static class ChildChecks
{
    public static UpgradeCheckResult Fine { get; } = new(UpgradeCheckCode.Success);

    public static UpgradeCheckResult Warning(string details) => new(UpgradeCheckCode.Warning, details);

    public static UpgradeCheckResult Failure(string details) => new(UpgradeCheckCode.Failure, details);

    /// <param name="needed">Aliases without which nothing can be shown in the child.</param>
    /// <param name="wanted">Aliases without which some of it cannot, or costs more, and what that is.</param>
    public static async Task<UpgradeCheckResult> ExtensionsAsync(
        IServiceProvider services, IEnumerable<string> needed, IEnumerable<(string Alias, string Without)> wanted, CancellationToken cancelled)
    {
        var has = await services.GetRequiredService<Cloud>().Network.Extensions.AliasesAsync(Scope.Own, cancelled);
        var missing = needed.Except(has).ToList();
        if (missing.Count > 0)
        {
            return Failure($"the child's Neutron lacks {string.Join(", ", missing)}");
        }

        var poor = wanted.Where(one => !has.Contains(one.Alias)).Select(one => $"{one.Alias} ({one.Without})").ToList();
        return poor.Count > 0 ? Warning($"the child's Neutron lacks {string.Join(", ", poor)}") : Fine;
    }

    /// <param name="project">Which project the account shall name.</param>
    /// <param name="why">What only an administrator may do there.</param>
    public static async Task<UpgradeCheckResult> AccountAsync(IServiceProvider services, string project, string why, CancellationToken cancelled)
    {
        var token = await services.GetRequiredService<Cloud>().Identity.TokenAsync(Scope.Own, cancelled);
        return token.ProjectId is null ? Failure($"the account has no project: name {project}")
            : token.Roles.Contains("admin", StringComparer.OrdinalIgnoreCase) ? Fine
            : Failure($"the account needs the role admin in its project {token.ProjectId} (it has {string.Join(", ", token.Roles)}): {why}");
    }

    /// <param name="limits">Those that what is mirrored counts against, by the names of <c>openstack quota set</c>.</param>
    public static async Task<UpgradeCheckResult> QuotaAsync(IServiceProvider services, Func<Quota, IEnumerable<(string Name, int? Most)>> limits, CancellationToken cancelled)
    {
        var cloud = services.GetRequiredService<Cloud>();
        var project = await cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var quota = await cloud.Network.Quotas.GetAsync(Scope.Own, project!, cancelled);
        var limited = limits(quota).Where(limit => limit.Most is >= 0).Select(limit => $"{limit.Name} {limit.Most}").ToList();
        return limited.Count == 0
            ? Fine
            : Warning($"what is mirrored counts against the quota of project {project} ({string.Join(", ", limited)}): openstack quota set with -1 for each");
    }
}
