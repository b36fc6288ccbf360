using Cascade.Agent;
using Cascade.NovaProxy.Zones;
using Cascade.OpenStack;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Verbs;

/// <summary>Questions of <c>upgrade check</c>: can this build work with that child?</summary>
internal static class UpgradeChecks
{
    // Tags in a create, which carry the stamp (nova/api/openstack/compute/servers.py: create).
    const string StampedCreate = "2.52";

    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent
        .AddUpgradeCheck("Child's compute API", ComputeAsync)
        .AddUpgradeCheck("Child's availability zones", ZonesAsync);

    static async Task<UpgradeCheckResult> ComputeAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var child = services.GetRequiredService<Cloud>();
        return await child.Compute.Service.SupportsAsync(Scope.Own, StampedCreate, cancelled)
            ? new UpgradeCheckResult(UpgradeCheckCode.Success)
            : new UpgradeCheckResult(UpgradeCheckCode.Failure, $"the child's Nova is older than microversion {StampedCreate}: upgrade it to Pike or later");
    }

    static async Task<UpgradeCheckResult> ZonesAsync(IServiceProvider services, CancellationToken cancelled)
    {
        if (services.GetRequiredService<ZoneOptions>().Zones.Count == 0)
        {
            return new(UpgradeCheckCode.Success);
        }

        var missing = (await services.GetRequiredService<ChildZones>().ReviewAsync(cancelled)).Values.OfType<string>().ToList();
        return missing.Count == 0 ? new(UpgradeCheckCode.Success) : new(UpgradeCheckCode.Warning, $"[cascade] availability_zones: {string.Join("; ", missing)}");
    }
}
