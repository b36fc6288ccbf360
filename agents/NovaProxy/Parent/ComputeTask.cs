using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>The conductor's tasks (nova/conductor/rpcapi.py: ComputeTaskAPI).</summary>
internal sealed class ComputeTask(IRpcCaller caller)
{
    // 1.19 is the version from which the arguments below are all there is; every supported conductor serves 1.19.
    static readonly RpcTarget Target = new("conductor", new(1, 19), Namespace: "compute_task");

    // From 1.20 on host_list goes with it (nova/conductor/rpcapi.py: migrate_server).
    static readonly RpcTarget Migrating = new("conductor", new(1, 20), Namespace: "compute_task");

    /// <summary>nova/conf/rpc.py: long_rpc_timeout; the conductor gives a sign of life within rpc_response_timeout.</summary>
    static readonly TimeSpan LongTimeout = TimeSpan.FromSeconds(1800);
    static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(60);

    /// <summary>True when the build may be handed back: native asks for <c>retry</c> in the filter properties (_do_build_and_run_instance).</summary>
    public static bool MayReschedule(BuildAndRunInstance build) => build.FilterProperties?["retry"] is JsonObject;

    /// <summary>
    /// Hands a build back for another host: a cast with the objects as they came. Before it, host and node are saved null with task state
    /// scheduling, and the allocations are deleted.
    /// </summary>
    /// <param name="why">Shown by the conductor when no host is left (filter_properties.retry.exc_reason).</param>
    public Task BuildInstancesAsync(RpcContext context, BuildAndRunInstance build, Exception why, CancellationToken cancelled)
    {
        var properties = build.FilterProperties?.DeepClone().AsObject() ?? [];
        if (properties["retry"] is JsonObject retry)
        {
            // nova/compute/manager.py: _do_build_and_run_instance: traceback lines, and the text alone.
            retry["exc"] = new JsonArray(FaultText.Details(why));
            retry["exc_reason"] = FaultText.Message(why);
        }

        var arguments = new JsonObject
        {
            ["instances"] = new JsonArray(build.Instance.ToJson()),
            ["image"] = build.Image?.DeepClone(),
            ["filter_properties"] = properties,
            ["admin_password"] = build.AdminPassword,
            ["injected_files"] = build.InjectedFiles?.DeepClone(),
            ["requested_networks"] = build.RequestedNetworks?.ToJson(),
            ["security_groups"] = build.SecurityGroups?.DeepClone(),
            ["request_spec"] = build.RequestSpec?.DeepClone(),
            // nova/compute/manager.py: the list of hosts of this one instance, in a list for each instance.
            ["host_lists"] = new JsonArray(build.HostList?.DeepClone()),
        };
        return caller.CastAsync(Target, "build_instances", arguments, context, cancelled);
    }

    /// <summary>True when a resize may be tried on another host (nova/compute/manager.py: _reschedule_resize_or_reraise).</summary>
    public static bool MayReschedule(PrepResize resize) => resize.FilterProperties?["retry"] is JsonObject;

    /// <summary>
    /// Hands a resize back for another host of its list. A call: the conductor answers when it has sent it there, or that none is left. Before it, the
    /// source's allocation is the instance's again.
    /// </summary>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">NoValidHost: none is left; the conductor has ended the migration.</exception>
    public Task MigrateServerAsync(RpcContext context, PrepResize resize, Exception why, CancellationToken cancelled)
    {
        var properties = resize.FilterProperties?.DeepClone().AsObject() ?? [];
        if (properties["retry"] is JsonObject retry)
        {
            retry["exc"] = new JsonArray(FaultText.Details(why));
        }

        var arguments = new JsonObject
        {
            ["instance"] = resize.Instance.ToJson(),
            ["scheduler_hint"] = new JsonObject { ["filter_properties"] = properties },
            ["live"] = false,
            ["rebuild"] = false,
            ["flavor"] = resize.Flavor.ToJson(),
            ["block_migration"] = null,
            ["disk_over_commit"] = null,
            ["reservations"] = null,
            ["clean_shutdown"] = true,
            ["request_spec"] = resize.RequestSpec?.DeepClone(),
            ["host_list"] = resize.HostList?.DeepClone(),
        };
        return caller.CallAsync(Migrating, "migrate_server", arguments, context, LongTimeout, SignOfLife, cancelled);
    }
}
