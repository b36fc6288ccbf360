using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// What wraps every method on an instance natively, in the native order on failure: fault, event with the failure, task state back to none, and the
/// exception goes on (nova/compute/manager.py: reverts_task_state, wrap_instance_event, wrap_instance_fault).
/// </summary>
internal sealed class InstanceBoundary(ActionEvents events, InstanceFaults faults, Instances instances, ILogger<InstanceBoundary> log)
{
    /// <summary>Events that were begun and whose message was put aside: nova would begin a second one of the same name, and only one of the two would ever end.</summary>
    readonly ConcurrentDictionary<(string? RequestId, string Uuid, string Name), byte> open = new();

    /// <param name="name">The event, <c>compute_&lt;method&gt;</c>.</param>
    /// <param name="work">The method itself. Its <see cref="ParkException"/> is no failure: the event stays open until the work comes back.</param>
    public Task<JsonNode?> RunAsync(
        RpcContext context,
        VersionedObject instance,
        string name,
        Func<CancellationToken, Task<JsonNode?>> work,
        CancellationToken cancelled) => RunAsync(context, instance, name, InstanceWrapping.Native, work, cancelled);

    /// <inheritdoc cref="RunAsync(RpcContext, VersionedObject, string, Func{CancellationToken, Task{JsonNode}}, CancellationToken)"/>
    /// <param name="wrapping">Which of the native wrappers this method has.</param>
    public async Task<JsonNode?> RunAsync(
        RpcContext context,
        VersionedObject instance,
        string name,
        InstanceWrapping wrapping,
        Func<CancellationToken, Task<JsonNode?>> work,
        CancellationToken cancelled)
    {
        var uuid = instance.Uuid(name);
        if (!open.TryRemove((context.RequestId, uuid, name), out _))
        {
            await events.StartAsync(context, uuid, name, cancelled);
        }

        JsonNode? result;
        try
        {
            result = await work(cancelled);
        }
        catch (Exception aside) when (aside is ParkException or RpcTimeoutException)
        {
            open[(context.RequestId, uuid, name)] = 0;
            throw;
        }
        catch (Exception failure) when (!cancelled.IsCancellationRequested)
        {
            Log.InstanceMethodFailed(log, failure, name, uuid);
            await FailAsync(context, uuid, name, wrapping, failure, cancelled);
            throw failure is RpcFault ? failure : NovaFaults.Failed(FaultText.Message(failure), failure);
        }

        if (!wrapping.HasFlag(InstanceWrapping.LeaveOpen))
        {
            await events.FinishAsync(context, uuid, name, null, cancelled);
        }

        return result;
    }

    /// <inheritdoc cref="RunAsync(RpcContext, VersionedObject, string, InstanceWrapping, Func{CancellationToken, Task{JsonNode}}, CancellationToken)"/>
    /// <param name="work">The method itself, which answers nothing.</param>
    public Task<JsonNode?> RunAsync(
        RpcContext context,
        VersionedObject instance,
        string name,
        InstanceWrapping wrapping,
        Func<CancellationToken, Task> work,
        CancellationToken cancelled) => RunAsync(
        context,
        instance,
        name,
        wrapping,
        async stop =>
        {
            await work(stop);
            return (JsonNode?)null;
        },
        cancelled);

    /// <summary>The native order on failure, for an event that was left open too.</summary>
    public async Task FailAsync(RpcContext context, string uuid, string name, InstanceWrapping wrapping, Exception failure, CancellationToken cancelled)
    {
        var spoken = failure as RpcFault;
        if (wrapping.HasFlag(InstanceWrapping.Fault) && spoken?.Is("InstanceNotFound") != true)
        {
            await QuietlyAsync(() => faults.AddAsync(context, uuid, failure, cancelled), uuid);
        }

        await QuietlyAsync(() => events.FinishAsync(context, uuid, name, failure, cancelled), uuid);
        if (wrapping.HasFlag(InstanceWrapping.RevertTaskState) && spoken?.Is("UnexpectedTaskStateError") != true)
        {
            await QuietlyAsync(() => instances.SaveAsync(context, uuid, new() { ["task_state"] = null }, null, cancelled), uuid);
        }
    }

    /// <summary>One thing that cannot be told does not keep the next from being told; a parent that is away ends it, so that the work comes again.</summary>
    async Task QuietlyAsync(Func<Task> tell, string uuid)
    {
        try
        {
            await tell();
        }
        catch (RpcFault fault)
        {
            Log.FailureUntold(log, fault, uuid);
        }
    }
}
