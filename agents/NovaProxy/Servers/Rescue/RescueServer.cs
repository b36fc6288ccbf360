using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.Images;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rescue;

/// <summary>
/// rescue_instance and unrescue_instance. The rescue image is always named to the child: the one that was asked for, else the instance's base image
/// (nova/compute/manager.py: _get_rescue_image); what it says of a stable device (hw_rescue_device, hw_rescue_bus) goes with its copy.
/// </summary>
internal sealed class RescueServer(OrderIntake intake, ChildImages images, InstanceVolumes volumes, ServerOrder order, ServerRefusals refusals)
    : IHandle<RescueInstance>, IHandle<UnrescueInstance>
{
    public Task<JsonNode?> HandleAsync(RescueInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("rescue_instance");
        return intake.RunInterruptiblyAsync(
            uuid,
            Events.Rescue,
            context,
            // Gone or going, or ended by an earlier life that could not acknowledge it any more.
            (row, _) => Task.FromResult(row?.Text("task_state") != TaskStates.Rescuing),
            (row, turn) => TakeAsync(call, row, context, turn),
            cancelled);
    }

    public Task<JsonNode?> HandleAsync(UnrescueInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("unrescue_instance");
        return intake.RunAsync(
            uuid,
            Events.Unrescue,
            context,
            (row, _) => Task.FromResult(row?.Text("task_state") != TaskStates.Unrescuing),
            (row, stop) => UnrescueAsync(row, context, stop),
            cancelled);
    }

    /// <summary>Gives the order. Within the instance's turn.</summary>
    /// <param name="password">Null for one that the child makes up: it was only in the message.</param>
    /// <param name="imageId">The child's; null for what the child's server was made from.</param>
    public async Task RescueAsync(VersionedObject row, string? password, string? imageId, RpcContext context, CancellationToken cancelled)
    {
        var volumeBacked = Mappings.IsVolumeBacked(await volumes.OfAsync(row.Text("uuid")!, context, cancelled));
        await order.GiveAsync(
            row,
            context,
            Events.Rescue,
            "rescuing the server in the child",
            seen => seen.Status == "RESCUE" || seen.TaskState == TaskStates.Rescuing,
            (servers, scope, id, stop) => servers.RescueAsync(scope, id, password, imageId, volumeBacked, stop),
            cancelled);
    }

    /// <summary>Gives the order. Within the instance's turn.</summary>
    public Task UnrescueAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => order.GiveAsync(
        row,
        context,
        Events.Unrescue,
        "unrescuing the server in the child",
        seen => seen.Status == "ACTIVE" || seen.TaskState == TaskStates.Unrescuing,
        (servers, scope, id, stop) => servers.UnrescueAsync(scope, id, stop),
        cancelled);

    async Task TakeAsync(RescueInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        var image = call.RescueImageRef is { Length: > 0 } named ? await ImageAsync(named, row, turn) : await BaseImageAsync(row, turn);
        await RescueAsync(row, call.RescuePassword is { Length: > 0 } password ? password : null, image, context, turn.Cancelled);
    }

    /// <summary>One that was deleted in the parent may still be what the child's server was made from; one that boots from a volume may have none.</summary>
    async Task<string?> BaseImageAsync(VersionedObject row, Turn turn)
    {
        var image = row.Data["system_metadata"]?["image_base_image_ref"]?.ToString() is { Length: > 0 } made ? made : row.Text("image_ref");
        try
        {
            return image is { Length: > 0 } ? await ImageAsync(image, row, turn) : null;
        }
        catch (RpcFault missing) when (missing.Is("ImageNotFound"))
        {
            return null;
        }
    }

    Task<string> ImageAsync(string imageId, VersionedObject row, Turn turn) => refusals.AskAsync(
        "bringing the rescue image to the child", () => turn.AsideAsync(cancelled => images.EnsureAsync(imageId, ChildCloud.ProjectOf(row), cancelled)), turn.Cancelled);
}
