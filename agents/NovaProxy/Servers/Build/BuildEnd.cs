using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>The four ends of a build (nova/compute/manager.py: _do_build_and_run_instance and what it catches).</summary>
internal sealed class BuildEnd(
    Instances instances,
    InstanceFaults faults,
    ActionEvents events,
    IAllocations allocations,
    ComputeTask conductor,
    ChildServers servers,
    Release networks,
    InstanceVolumes volumes,
    Orders orders,
    Expectations expectations,
    NetworksOptions networking,
    TimeProvider time,
    ILogger<BuildEnd> log)
{
    /// <summary>The guest runs. Deleted meanwhile: the delete finds the link and goes on.</summary>
    public async Task BuiltAsync(VersionedObject row, Verdict.Built built, RpcContext context, CancellationToken cancelled)
    {
        var changes = new JsonObject
        {
            ["power_state"] = (int)built.Power,
            ["vm_state"] = VmStates.Active,
            ["task_state"] = null,
            ["config_drive"] = built.ConfigDrive ? "True" : "",
            ["launched_at"] = NovaTime.Of(time.GetUtcNow()),
        };
        var uuid = Uuid(row);
        AccessAddresses.Put(changes, row, networking.DefaultAccessIpNetworkName);

        // While it is building nobody else may detach them; whoever sees it active sees them in use.
        try
        {
            await volumes.CompleteAsync(row, context, cancelled);
        }
        catch (RpcFault refused) when (refused.InnerException is CloudFault { Kind: not FaultKind.Unavailable })
        {
            await FailAsync(row, null, context, refused, final: true, cancelled);
            return;
        }

        await instances.SaveSystemMetadataAsync(
            context,
            uuid,
            metadata =>
            {
                metadata.Remove("network_allocated");
                metadata.Remove(ServerLink.RequestKey);
            },
            changes,
            [TaskStates.Spawning],
            cancelled);
        await FinishAsync(context, row, null, cancelled);
        Log.ServerBuilt(log, uuid, ServerLink.Of(row) ?? "?");
    }

    /// <summary>
    /// It failed: back to the scheduler while it may be, else an error that names the reason. Without the arguments of the build, after a
    /// restart, there is nothing to hand back.
    /// </summary>
    /// <param name="final">Another host would refuse it too. For one that an administrator forced to a host that always holds (nova/scheduler/utils.py: populate_retry).</param>
    public async Task FailAsync(VersionedObject row, BuildAndRunInstance? build, RpcContext context, Exception why, bool final, CancellationToken cancelled)
    {
        Log.BuildFailed(log, why, Uuid(row), FaultText.Message(why));
        var again = build is not null && !final && ComputeTask.MayReschedule(build) && ForcedHost.Of(build) is null;
        await RemoveAsync(row, build, again, context, cancelled);
        try
        {
            if (again)
            {
                await GiveBackAsync(row, build!, context, why, cancelled);
            }
            else
            {
                await AbortAsync(row, context, why, cancelled);
            }
        }
        catch (RpcFault gone) when (gone.Is("InstanceNotFound"))
        {
            await CancelAsync(row, build, context, cancelled);
        }
    }

    /// <summary>Deleted while it was built: nothing is left, nothing is said.</summary>
    public async Task CancelAsync(VersionedObject row, BuildAndRunInstance? build, RpcContext context, CancellationToken cancelled)
    {
        await RemoveAsync(row, build, again: false, context, cancelled);
        await allocations.DeleteAsync(Uuid(row), cancelled);
        await FinishAsync(context, row, null, cancelled);
        Log.BuildCancelled(log, Uuid(row));
    }

    /// <summary>Ends the event; one that is not there (an earlier life ended it, the row is gone) is no failure.</summary>
    public async Task FinishAsync(RpcContext context, VersionedObject row, Exception? fault, CancellationToken cancelled)
    {
        var uuid = Uuid(row);
        orders.Done(uuid);
        if (ServerLink.Of(row) is { } childId)
        {
            expectations.Settle(childId);
        }

        await events.TryFinishAsync(log, context, uuid, Events.Build, fault, cancelled);
    }

    async Task GiveBackAsync(VersionedObject row, BuildAndRunInstance build, RpcContext context, Exception why, CancellationToken cancelled)
    {
        var uuid = Uuid(row);
        await instances.SaveSystemMetadataAsync(context, uuid, Unmark, Nowhere(TaskStates.Scheduling), null, cancelled);
        await allocations.DeleteAsync(uuid, cancelled);
        await conductor.BuildInstancesAsync(context, build, why, cancelled);
        await FinishAsync(context, row, null, cancelled);
        Log.BuildGivenBack(log, uuid);
    }

    async Task AbortAsync(VersionedObject row, RpcContext context, Exception why, CancellationToken cancelled)
    {
        var uuid = Uuid(row);
        await faults.AddAsync(context, uuid, why, cancelled);
        var changes = Nowhere(null);
        changes["vm_state"] = VmStates.Error;
        changes.Remove("availability_zone");
        await instances.SaveSystemMetadataAsync(context, uuid, Unmark, changes, null, cancelled);
        await allocations.DeleteAsync(uuid, cancelled);
        await FinishAsync(context, row, why, cancelled);
    }

    /// <summary>What cannot be removed now is the reaper's; ports go with the instance at the latest, whose id they carry.</summary>
    /// <param name="again">Another host builds it.</param>
    async Task RemoveAsync(VersionedObject row, BuildAndRunInstance? build, bool again, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await servers.RemoveAsync(row, cancelled);
        }
        catch (CloudFault fault)
        {
            Log.LeftToReaper(log, fault, Uuid(row), fault.Message);
        }

        try
        {
            await networks.AllAsync(row, build is null ? null : RequestedNics.Of(build.RequestedNetworks), context, cancelled);
        }
        catch (RpcFault fault)
        {
            Log.PortsLeft(log, fault, Uuid(row), fault.Message);
        }

        await volumes.ReleaseAsync(row, forGood: !again, build?.BlockDeviceMapping, context, cancelled);
    }

    static void Unmark(JsonObject metadata)
    {
        metadata.Remove("network_allocated");
        ServerLink.Remove(metadata);
    }

    /// <summary>nova/compute/manager.py: _nil_out_instance_obj_host_and_node, and the zone of the host it was on.</summary>
    static JsonObject Nowhere(string? taskState) => new()
    {
        ["host"] = null,
        ["node"] = null,
        ["launched_on"] = null,
        ["availability_zone"] = null,
        ["task_state"] = taskState,
    };

    static string Uuid(VersionedObject row) => row.Text("uuid")!;
}
