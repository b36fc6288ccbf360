using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>
/// What a native compute writes before it spawns, in its order and with its expectations (nova/compute/manager.py: _do_build_and_run_instance,
/// _build_and_run_instance, _build_resources). A step that an earlier life did is left out.
/// </summary>
internal sealed class BuildSteps(Instances instances, IAllocations allocations, Bdms bdms, BuildNetworks networks, HostIdentity identity)
{
    /// <exception cref="Oslo.Wire.Failures.RpcFault">
    /// UnexpectedDeletingTaskStateError, InstanceNotFound: it is being deleted. BuildAbortException: it cannot be built here.
    /// </exception>
    /// <returns>The ports that it gave to the instance; null when an earlier life did, and nobody looked.</returns>
    public async Task<IReadOnlyList<Nic>?> TakeAsync(BuildAndRunInstance build, VersionedObject row, RpcContext context, BuildStage stage, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var elevated = context.Elevated();
        if (stage == BuildStage.Fresh)
        {
            await instances.SaveAsync(elevated, uuid, State(null), [TaskStates.Scheduling, null], cancelled);
        }

        if (stage < BuildStage.Claimed)
        {
            await ClaimAsync(elevated, uuid, cancelled);
        }

        if (BuildRules.Refusal(build) is { } refusal)
        {
            throw NovaFaults.BuildAbort(uuid, refusal);
        }

        if (stage < BuildStage.Networking)
        {
            await instances.SaveAsync(elevated, uuid, State(TaskStates.Networking), [null], cancelled);
        }

        IReadOnlyList<Nic>? nics = null;
        if (stage < BuildStage.Mapping)
        {
            nics = await networks.AllocateAsync(build, row, context, cancelled);
            await MapDisksAsync(build, elevated, uuid, cancelled);
        }

        if (stage < BuildStage.Spawning)
        {
            await instances.SaveSystemMetadataAsync(
                elevated, uuid, metadata => MarkSpawning(metadata, context), State(TaskStates.Spawning), [TaskStates.BlockDeviceMapping], cancelled);
        }

        return nics;
    }

    async Task ClaimAsync(RpcContext context, string uuid, CancellationToken cancelled)
    {
        // The scheduler allocated before it sent the build; without that the host would be overfilled.
        if (await allocations.GetAsync(uuid, cancelled) is null)
        {
            throw NovaFaults.ComputeResourcesUnavailable("the scheduler's allocation for this instance is gone");
        }

        var claim = new JsonObject { ["host"] = identity.Host, ["node"] = identity.NodeName, ["launched_on"] = identity.Host };
        await instances.SaveAsync(context, uuid, claim, null, cancelled);
    }

    /// <summary>nova/compute/manager.py: _default_block_device_names.</summary>
    async Task MapDisksAsync(BuildAndRunInstance build, RpcContext context, string uuid, CancellationToken cancelled)
    {
        var root = BuildRules.RootDevice(build);
        foreach (var mapping in build.BlockDeviceMapping?.Objects() ?? [])
        {
            if (mapping.Text("device_name") is null)
            {
                await bdms.SaveDeviceNameAsync(context, mapping, root, cancelled);
            }
        }

        var state = State(TaskStates.BlockDeviceMapping);
        state["root_device_name"] = root;
        await instances.SaveAsync(context, uuid, state, null, cancelled);
    }

    static void MarkSpawning(JsonObject metadata, RpcContext context)
    {
        var roles = (context.Members["roles"] as JsonArray)?.Select(role => role?.ToString()) ?? [];
        metadata["boot_roles"] = string.Join(',', roles);
        metadata["network_allocated"] = "True";
    }

    static JsonObject State(string? taskState) => new() { ["vm_state"] = VmStates.Building, ["task_state"] = taskState };
}
