using Cascade.Agent;
using Cascade.OpenStack;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Verbs;

/// <summary>Questions of <c>upgrade check</c>: can this build work with that child?</summary>
internal static class UpgradeChecks
{
    // Tags in a create, which carry the stamp (nova/api/openstack/compute/servers.py: create).
    const string StampedCreate = "2.52";

    public static AgentBuilder AddUpgradeChecks(this AgentBuilder agent) => agent.AddUpgradeCheck("Child's compute API", async (services, cancelled) =>
    {
        var child = services.GetRequiredService<Cloud>();
        return await child.Compute.Service.SupportsAsync(Scope.Own, StampedCreate, cancelled)
            ? new UpgradeCheckResult(UpgradeCheckCode.Success)
            : new UpgradeCheckResult(UpgradeCheckCode.Failure, $"the child's Nova is older than microversion {StampedCreate}: upgrade it to Pike or later");
    });
}
