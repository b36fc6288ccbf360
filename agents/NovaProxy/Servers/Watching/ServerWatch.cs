using System.Collections.Concurrent;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>Our servers of the child, as the watch sees them: what our user made for this host, and what instances link to.</summary>
internal sealed class ServerWatch(ChildCloud child, Instances instances, LinkBook book, ServerTeller teller, Orders orders, ServerOperations operations, HostIdentity identity)
    : IWatched<Server>
{
    /// <summary>Rows as the last audit read them; each serves once, for the report that follows it.</summary>
    readonly ConcurrentDictionary<string, VersionedObject> rows = new(StringComparer.Ordinal);

    public DateTimeOffset? ChildNow => child.Now;

    public string IdOf(Server seen) => seen.Id;

    public string FingerprintOf(Server seen) =>
        $"{seen.Status}|{seen.VmState}|{seen.TaskState}|{seen.PowerState}|{seen.Fault?.Created:O}|{seen.LaunchedAt:O}";

    public async Task<IReadOnlyList<Server>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        var user = await child.UserIdAsync(cancelled);
        var found = new Dictionary<string, Server>(StringComparer.Ordinal);
        // user_id is one of the filters that an administrator's list obeys (nova/api/openstack/compute/servers.py: _get_server_search_options).
        var filter = new ServerFilter { AllTenants = true, UserId = user, ChangesSince = changedSince };
        await foreach (var seen in child.Servers.ListAsync(Scope.Own, filter, cancelled))
        {
            if (seen.UserId == user && (ServerStamp.IsFrom(seen, identity.Host) || book.ParentOf(seen.Id) is not null))
            {
                found[seen.Id] = seen;
            }
        }

        return [.. found.Values];
    }

    public Task<Server?> FindAsync(string childId, CancellationToken cancelled) => child.Servers.FindAsync(Scope.Own, childId, cancelled);

    public async Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
    {
        var all = await instances.OnHostAsync(RequestIds.Admin(), cancelled);
        book.Read(all);
        rows.Clear();
        foreach (var row in all)
        {
            rows[row.Text("uuid")!] = row;
        }

        return [.. all.Select(ServerLink.Of).OfType<string>()];
    }

    public Task ReportAsync(Sight<Server> sight, CancellationToken cancelled)
    {
        var uuid = book.ParentOf(sight.Seen.Id) ?? ServerStamp.ParentOf(sight.Seen);
        if (uuid is null || IsKnown(uuid, sight))
        {
            return Task.CompletedTask;
        }

        return teller.TellAsync(uuid, sight.Seen.Id, sight.Seen.Status == "DELETED" ? null : sight, unordered: false, cancelled);
    }

    public Task ReportGoneAsync(string childId, CancellationToken cancelled) =>
        book.ParentOf(childId) is { } uuid ? teller.TellAsync(uuid, childId, null, unordered: false, cancelled) : Task.CompletedTask;

    /// <summary>At an audit most are as the parent believes: no need to read each row again to find that out.</summary>
    bool IsKnown(string uuid, Sight<Server> sight)
    {
        if (!rows.TryRemove(uuid, out var row) || orders.Of(uuid) is not null || ServerLink.Of(row) != sight.Seen.Id)
        {
            return false;
        }

        var believed = Believed.Of(row);
        return ServerReport.Of(believed, sight.Seen, answers: false, operations.Of(believed)) is Verdict.Nothing;
    }
}
