using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Hosts;

/// <summary>
/// What the native method would have cleared away on failing, and nobody else does: the migration that a move waits for, and the allocation that it holds.
/// </summary>
internal sealed class DeclinedAftercare(IConductor conductor, IAllocations allocations, ILogger<DeclinedAftercare> log)
{
    public async Task TakeAsync(RpcRequest request, VersionedObject instance, CancellationToken cancelled)
    {
        try
        {
            switch (request.Method)
            {
                // The conductor moved the source's allocation to the migration; it goes back (nova/compute/manager.py: _revert_allocation,
                // _rollback_live_migration). prep_resize at another host has written the rest.
                case "resize_instance" or "live_migration" when Object(request, "migration") is { } move:
                    await SaveMigrationAsync(request.Context, move, "error", cancelled);
                    await allocations.MoveAsync(move.Text("uuid")!, instance.Text("uuid")!, cancelled);
                    break;
                default:
                    if (DeclinedWrapping.ErrsMigration(request.Method) && Object(request, "migration") is { } migration)
                    {
                        await SaveMigrationAsync(request.Context, migration, "error", cancelled);
                    }

                    break;
            }
        }
        catch (Exception fault) when (fault is RpcFault or CloudFault)
        {
            Log.AftercareFailed(log, fault, request.Method, instance.Text("uuid") ?? "?");
        }
    }

    async Task SaveMigrationAsync(RpcContext context, VersionedObject migration, string status, CancellationToken cancelled)
    {
        var data = new JsonObject { ["id"] = migration.Number("id"), ["status"] = status };
        await conductor.ObjectActionAsync(context.Elevated(), NovaObjects.New(NovaObjects.Migration, data, ["status"]), "save", [], [], cancelled);
    }

    static VersionedObject? Object(RpcRequest request, string name) =>
        request.Arguments.TryGetProperty(name, out var value) && VersionedObject.TryRead(JsonNode.Parse(value.GetRawText()), out var read) ? read : null;
}
