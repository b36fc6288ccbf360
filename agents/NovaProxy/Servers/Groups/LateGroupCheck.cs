using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>
/// The parent's scheduler judges each request by what it knew when it came, so two at once may break a group's rule. Once the host is in the row it is judged
/// again, and who came too late goes to another host (nova/compute/manager.py: _validate_instance_group_policy). Natively a lock goes round this; it would hold
/// nothing together, for who is where was written before.
/// </summary>
internal sealed class LateGroupCheck(InstanceGroups groups, GroupOptions options, HostIdentity identity, ILogger<LateGroupCheck> log)
{
    /// <summary>Whether the conductor was found without an API database, which is said once.</summary>
    int blind;

    /// <param name="requestSpec">As it came with the message; its hints say which group, as those of <paramref name="filterProperties"/> do from an old conductor.</param>
    /// <exception cref="RpcFault">GroupAffinityViolation.</exception>
    public async Task RunAsync(string uuid, JsonNode? requestSpec, JsonObject? filterProperties, RpcContext context, CancellationToken cancelled)
    {
        if (!options.LateCheck || (HintMap.First(requestSpec?["nova_object.data"]?["scheduler_hints"], "group") ?? HintMap.First(filterProperties?["scheduler_hints"], "group")) is not { } hint)
        {
            return;
        }

        try
        {
            if (await groups.FindAsync(context.Elevated(), hint, cancelled) is { } group)
            {
                await JudgeAsync(uuid, group, context.Elevated(), cancelled);
            }

            Interlocked.Exchange(ref blind, 0);
        }
        catch (RpcFault closed) when (closed.Module.StartsWith("oslo_db.", StringComparison.Ordinal))
        {
            // A cell's own conductor often has no API database: as natively with [workarounds] disable_group_policy_check_upcall.
            if (Interlocked.Exchange(ref blind, 1) == 0)
            {
                Log.GroupsUnseen(log, closed, closed.Message);
            }
        }
    }

    async Task JudgeAsync(string uuid, VersionedObject group, RpcContext context, CancellationToken cancelled)
    {
        switch (group.Text("policy"))
        {
            case "anti-affinity":
                var here = await groups.OnHostAsync(context, cancelled);
                // Read again after that: who is a member by now.
                var members = Members(await groups.FindAsync(context, group.Text("uuid")!, cancelled) ?? group);
                if (members.Count(member => member != uuid && here.Contains(member)) >= GroupMap.MostPerHost(group.Data))
                {
                    throw NovaFaults.GroupAffinityViolation(uuid, "Anti-affinity");
                }

                break;
            case "affinity":
                var hosts = await groups.HostsAsync(context, group, uuid, cancelled);
                if (hosts.Count > 0 && !hosts.Contains(identity.Host, StringComparer.Ordinal))
                {
                    throw NovaFaults.GroupAffinityViolation(uuid, "Affinity");
                }

                break;
        }
    }

    static IEnumerable<string> Members(VersionedObject group) => (group.Data["members"] as JsonArray ?? []).Select(one => one?.ToString()).OfType<string>();
}
