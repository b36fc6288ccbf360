namespace Cascade.OpenStack.Compute;

/// <summary>
/// Resize and cold migration: accepted at once, done in the background, and then <c>VERIFY_RESIZE</c> until somebody confirms or reverts
/// (or the cloud does by itself: <c>resize_confirm_window</c>). POSTs, sent once each.
/// </summary>
public sealed partial class Servers
{
    /// <summary>Invalid when the flavor is the one it has, or the disk of an image-backed server would shrink; Forbidden over quota.</summary>
    public Task ResizeAsync(Scope scope, string id, string flavorId, CancellationToken cancelled) =>
        ActAsync(scope, id, new ServerAction("resize") { Argument = ("flavorRef", flavorId, null) }, cancelled);

    /// <summary>To another host of the scheduler's choice; for administrators.</summary>
    public Task MigrateAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("migrate"), cancelled);

    public Task ConfirmResizeAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("confirmResize"), cancelled);

    public Task RevertResizeAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("revertResize"), cancelled);
}
