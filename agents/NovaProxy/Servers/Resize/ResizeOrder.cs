using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Flavors;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// Asks the child for a resize, or, where its flavor would stay the same, for a migration to another of its hosts. Giving it twice is giving it once,
/// but for a migration that the child has confirmed by itself meanwhile. Within the instance's turn.
/// </summary>
internal sealed class ResizeOrder(ServerOrder order, ChildFlavors flavors, ServerRefusals refusals)
{
    /// <exception cref="Oslo.Wire.Failures.RpcFault">The child refuses, in its words.</exception>
    public Task GiveAsync(VersionedObject row, VersionedObject flavor, RpcContext context, CancellationToken cancelled) => refusals.AskAsync(
        "resizing the server in the child",
        async () =>
        {
            var now = await flavors.WantedAsync(row.Object("flavor") ?? flavor, cancelled);
            await GiveAsync(row, now, await flavors.WantedAsync(flavor, cancelled), context, cancelled);
        },
        cancelled);

    async Task GiveAsync(VersionedObject row, WantedFlavor now, WantedFlavor wanted, RpcContext context, CancellationToken cancelled)
    {
        await order.GiveAsync(
            row,
            context,
            Events.ResizeInstance,
            wanted.Id == now.Id ? "migrating the server in the child" : "resizing the server in the child",
            IsTaken,
            (servers, scope, id, stop) => wanted.Id == now.Id
                // For administrators of the child, as it is for those of the parent (policy os-migrate-server:migrate).
                ? servers.MigrateAsync(Scope.Own, id, stop)
                : ResizeAsync(servers, scope, row, id, wanted, stop),
            cancelled);
    }

    async Task ResizeAsync(OpenStack.Compute.Servers servers, Scope scope, VersionedObject row, string id, WantedFlavor wanted, CancellationToken cancelled)
    {
        await flavors.EnsureAsync(wanted, ChildCloud.ProjectOf(row), cancelled);
        try
        {
            await servers.ResizeAsync(scope, id, wanted.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Invalid or FaultKind.NotFound)
        {
            var seen = await servers.FindAsync(Scope.Own, id, cancelled);
            if (seen?.Flavor?.OriginalName == wanted.Id)
            {
                // An earlier life asked for it, and the child has resized and confirmed it meanwhile.
                return;
            }

            if (!fault.Message.Contains(wanted.Id, StringComparison.Ordinal))
            {
                throw;
            }

            // An administrator of the child removed the flavor that we remember: make it again, once.
            flavors.Forget(wanted.Id);
            await flavors.EnsureAsync(wanted, ChildCloud.ProjectOf(row), cancelled);
            await servers.ResizeAsync(scope, id, wanted.Id, cancelled);
        }
    }

    static bool IsTaken(Server seen) =>
        seen.Status is "RESIZE" or "VERIFY_RESIZE" || seen.TaskState?.StartsWith("resize_", StringComparison.Ordinal) is true;
}
