using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>Crash dumps asked of the child: the mark comes before the order, and the child's own record of its actions says whether an order arrived.</summary>
internal sealed class CrashDumps(ChildCloud child, Instances instances, ServerOrder order)
{
    /// <summary>Asks once, however often it is called.</summary>
    public async Task GiveAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (CrashDumpMark.RequestOf(row) is { } other && other != context.RequestId)
        {
            throw NovaFaults.Failed("another crash dump of this instance is under way: try again when its end is known");
        }

        try
        {
            await order.GiveAsync(row, context, Events.CrashDump, Doing, _ => false, (servers, scope, seen, stop) => AskAsync(row, context, servers, scope, seen, stop), cancelled);
        }
        catch (RpcFault)
        {
            await EndAsync(row, context, cancelled);
            throw;
        }
    }

    /// <summary>What the child says of the dump asked for since then; null when it never heard of one.</summary>
    public async Task<InstanceAction?> FindAsync(string childId, DateTimeOffset asked, CancellationToken cancelled)
    {
        var ours = await child.UserIdAsync(cancelled);
        var taken = await child.Cloud.Compute.InstanceActions.ListAsync(Scope.Own, childId, cancelled);
        // Actions carry whole seconds, and so does the mark.
        return taken.FirstOrDefault(at => at.Action == "trigger_crash_dump" && at.UserId == ours && at.StartTime >= asked.AddSeconds(-1)) is { } found
            ? await child.Cloud.Compute.InstanceActions.GetAsync(Scope.Own, childId, found.RequestId, cancelled)
            : null;
    }

    /// <summary>The outcome is known.</summary>
    public Task EndAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) =>
        MarkAsync(row, CrashDumpMark.End, context, cancelled);

    const string Doing = "triggering a crash dump of the server in the child";

    async Task AskAsync(VersionedObject row, RpcContext context, OpenStack.Compute.Servers servers, Scope scope, Server seen, CancellationToken cancelled)
    {
        if (CrashDumpMark.Of(row) is { } before && await FindAsync(seen.Id, before, cancelled) is not null)
        {
            // An earlier life asked; the watch looks for the outcome.
            return;
        }

        // The look that found the server has heard the child's clock.
        var asked = child.Now ?? throw new InvalidOperationException("the child's answers carry no time");
        await MarkAsync(row, metadata => CrashDumpMark.Ask(metadata, context.RequestId, asked), context, cancelled);
        try
        {
            await servers.TriggerCrashDumpAsync(scope, seen.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            if (await FindAsync(seen.Id, asked, cancelled) is null)
            {
                throw;
            }
        }
    }

    async Task MarkAsync(VersionedObject row, Action<System.Text.Json.Nodes.JsonObject> edit, RpcContext context, CancellationToken cancelled) =>
        await instances.SaveSystemMetadataAsync(context.Elevated(), row.Text("uuid")!, edit, [], null, cancelled);
}
