using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>A crash dump under way. The server shows nothing of it; its actions do.</summary>
internal sealed class CrashDumpOperation(ChildCloud child, CrashDumps dumps, OrderEnd end) : IServerOperation
{
    /// <summary>An interrupt takes no time; a compute that has not said how it went by then never will.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Event => Events.CrashDump;

    /// <summary>Whatever else is asked of the server meanwhile goes before.</summary>
    public bool IsUnderWay(Believed row) => row.CrashDump && row.TaskState is null;

    public Verdict Judge(Believed row, Server seen, bool answers) => answers ? Verdict.Done.Instance : Verdict.Nothing.Instance;

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var asked = CrashDumpMark.Of(row)!.Value;
        context = Of(row, context);
        var found = await dumps.FindAsync(seen!.Id, asked, cancelled);
        var told = found?.Events.FirstOrDefault(at => at.Event == Events.CrashDump && at.Result is not null);
        if (told is null && child.Now - asked < Patience)
        {
            return;
        }

        if (told is { Result: "Success" })
        {
            await end.FinishAsync(row, Event, null, context, cancelled);
        }
        else
        {
            var why = told is null ? "the child never said how it went" : told.Details ?? "the child's compute failed to do it";
            var failed = new Verdict.OrderFailed($"triggering a crash dump of the server {seen.Id} in the child failed: {why}", ServerReport.PowerOf(seen), null);
            await end.FailedAsync(row, Event, failed, context, cancelled);
        }

        await dumps.EndAsync(row, context, cancelled);
    }

    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => dumps.GiveAsync(row, Of(row, context), cancelled);

    /// <summary>The row says which request asked for it.</summary>
    static RpcContext Of(VersionedObject row, RpcContext context) =>
        CrashDumpMark.RequestOf(row) is { } request && request != context.RequestId ? RpcContext.Admin(request) : context;
}
