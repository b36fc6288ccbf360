using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Groups;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>
/// What a native compute writes before it spawns, in its order and with its expectations (nova/compute/manager.py: _do_build_and_run_instance,
/// _build_and_run_instance, _build_resources). A step that an earlier life did is left out.
/// </summary>
internal sealed class BuildSteps(
    Instances instances,
    IAllocations allocations,
    Bdms bdms,
    LateGroupCheck groups,
    BuildNetworks networks,
    InstanceVolumes volumes,
    VolumesOptions limits,
    HostIdentity identity)
{
    /// <exception cref="Oslo.Wire.Failures.RpcFault">
    /// UnexpectedDeletingTaskStateError, InstanceNotFound: it is being deleted. BuildAbortException: it cannot be built here. ComputeResourcesUnavailable,
    /// GroupAffinityViolation: another host shall build it.
    /// </exception>
    /// <returns>The ports that it gave to the instance; null when an earlier life did, and nobody looked.</returns>
    public async Task<IReadOnlyList<Nic>?> TakeAsync(BuildAndRunInstance build, VersionedObject row, RpcContext context, BuildStage stage, Turn turn)
    {
        var cancelled = turn.Cancelled;
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

        if (BuildRules.Refusal(build, context) is { } refusal)
        {
            throw NovaFaults.BuildAbort(uuid, refusal);
        }

        if (stage < BuildStage.Networking)
        {
            await groups.RunAsync(uuid, build.RequestSpec, build.FilterProperties, context, cancelled);
            await instances.SaveAsync(elevated, uuid, State(TaskStates.Networking), [null], cancelled);
        }

        IReadOnlyList<Nic>? nics = null;
        if (stage < BuildStage.Mapping)
        {
            nics = await networks.AllocateAsync(build, row, context, cancelled);
            await MapDisksAsync(build, row, elevated, uuid, cancelled);
        }

        if (stage < BuildStage.Spawning)
        {
            await volumes.PrepareAsync(row, context, turn);
            await instances.SaveSystemMetadataAsync(
                elevated, uuid, metadata => MarkSpawning(metadata, context), State(TaskStates.Spawning), [TaskStates.BlockDeviceMapping], cancelled);
        }

        return nics;
    }

    async Task ClaimAsync(RpcContext context, string uuid, CancellationToken cancelled)
    {
        // The scheduler allocated before it sent the build; without that the host would be overfilled.
        if (await allocations.GetAsync(uuid, cancelled) is not { } held)
        {
            throw NovaFaults.ComputeResourcesUnavailable("the scheduler's allocation for this instance is gone");
        }

        if (!held.Allocations.ContainsKey(identity.NodeUuid.ToString("D")))
        {
            // An earlier life handed it back and did not live to say that it was done with the message.
            throw NovaFaults.UnexpectedTaskState(uuid, "another host builds it by now");
        }

        var claim = new JsonObject { ["host"] = identity.Host, ["node"] = identity.NodeName, ["launched_on"] = identity.Host };
        await instances.SaveAsync(context, uuid, claim, null, cancelled);
    }

    /// <summary>nova/compute/manager.py: _default_block_device_names.</summary>
    async Task MapDisksAsync(BuildAndRunInstance build, VersionedObject row, RpcContext context, string uuid, CancellationToken cancelled)
    {
        var mappings = build.BlockDeviceMapping?.Objects() ?? [];
        var image = BuildRules.ImageOf(build);
        var root = RootName(mappings.FirstOrDefault(Mappings.IsRoot), row, image);
        foreach (var (bdm, name) in DeviceNames.OfBuild(mappings, root, image, limits.MaxDisks))
        {
            if (bdm.Text("device_name") != name)
            {
                await bdms.SaveDeviceNameAsync(context, bdm, name, cancelled);
            }
        }

        var state = State(TaskStates.BlockDeviceMapping);
        state["root_device_name"] = root;
        await instances.SaveAsync(context, uuid, state, null, cancelled);
    }

    static string RootName(VersionedObject? root, VersionedObject row, Func<string, string?> image) =>
        root?.Text("device_name") is { Length: > 0 } asked ? asked
        : row.Text("root_device_name") is { Length: > 0 } named ? named
        : DeviceNames.Root(root, image);

    static void MarkSpawning(JsonObject metadata, RpcContext context)
    {
        var roles = (context.Members["roles"] as JsonArray)?.Select(role => role?.ToString()) ?? [];
        metadata["boot_roles"] = string.Join(',', roles);
        metadata["network_allocated"] = "True";
    }

    static JsonObject State(string? taskState) => new() { ["vm_state"] = VmStates.Building, ["task_state"] = taskState };
}
