using System.Text.Json.Nodes;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Actions of administrators, past the checks (cinder/api/contrib/admin_actions.py: VolumeAdminController).</summary>
public sealed partial class Volumes
{
    /// <summary>Writes over the state without looking at the backend. May be repeated.</summary>
    public Task ResetStatusAsync(Scope scope, string id, VolumeStatusReset reset, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { ResetStatus = reset }, cancelled);

    /// <summary>
    /// Takes it from a server that is not there any more: the backend's connection and the attachment go. Where the server is there, detach through Nova.
    /// Invalid for an attachment that is not there. Sent once.
    /// </summary>
    /// <param name="scope">An administrator's.</param>
    /// <param name="id">The volume.</param>
    /// <param name="attachmentId">Null when there is one only.</param>
    /// <param name="connector">Of the host that had it; null for all hosts.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task ForceDetachAsync(Scope scope, string id, string? attachmentId, JsonObject? connector, CancellationToken cancelled) =>
        client.DoAsync(scope, Acting(id, new() { ForceDetach = new(attachmentId, connector) }), cancelled);

    /// <summary>Deletes in whatever status, but not with snapshots, attached or in a group: Invalid. NotFound when it is gone. May be repeated.</summary>
    public Task ForceDeleteAsync(Scope scope, string id, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { ForceDelete = new() }, cancelled);
}
