using Cascade.Mirror.Reaping;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>
/// Servers in the child that our user made for this host, that carry one stamp, and that no instance wants: the instance is gone (deleted while we were
/// down: nova/compute/manager.py: _cleanup_running_deleted_instances), is on another host, or has another server (a create that came through late).
/// </summary>
internal sealed class ServerReaper(ChildCloud child, Instances instances, LinkBook book, HostIdentity identity) : IReaped<Server>
{
    public string IdOf(Server seen) => seen.Id;

    public async Task<IReadOnlyList<Orphan<Server>>> OrphansAsync(CancellationToken cancelled)
    {
        // Servers first: an instance that links to one afterwards is read afterwards.
        var stamped = await StampedAsync(cancelled);
        var rows = await instances.OnHostAsync(RequestIds.Admin(), cancelled);
        book.Read(rows);
        var wanted = rows.ToDictionary(row => row.Text("uuid")!, StringComparer.Ordinal);
        var linked = rows.Select(ServerLink.Of).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var orphans = new List<Orphan<Server>>();
        foreach (var (seen, uuid) in stamped.Where(one => !linked.Contains(one.Seen.Id)))
        {
            if (await ReasonAsync(uuid, wanted.GetValueOrDefault(uuid), cancelled) is { } reason)
            {
                orphans.Add(new(seen, uuid, reason, Age(seen)));
            }
        }

        return orphans;
    }

    public async Task<bool> ReapAsync(Orphan<Server> orphan, CancellationToken cancelled)
    {
        var row = await instances.GetAsync(RequestIds.Admin(), orphan.ParentId, cancelled);
        if (row is not null && (ServerLink.Of(row) == orphan.Seen.Id || await ReasonAsync(orphan.ParentId, row, cancelled) is null))
        {
            return false;
        }

        await new ServerActuator(child, book, orphan.Seen.TenantId ?? "").DeleteAsync(orphan.Seen, cancelled);
        return true;
    }

    async Task<List<(Server Seen, string Uuid)>> StampedAsync(CancellationToken cancelled)
    {
        var user = await child.UserIdAsync(cancelled);
        var filter = new ServerFilter { AllTenants = true, UserId = user, Tags = [ServerStamp.OfHost(identity.Host)] };
        var found = new List<(Server, string)>();
        await foreach (var seen in child.Servers.ListAsync(Scope.Own, filter, cancelled))
        {
            // The filters are the child's to obey; what is deleted is judged by what each server says of itself.
            if (seen.UserId == user && ServerStamp.IsFrom(seen, identity.Host) && seen.Status != "DELETED" && seen.TaskState != "deleting"
                && ServerStamp.ParentOf(seen) is { } uuid)
            {
                found.Add((seen, uuid));
            }
        }

        return found;
    }

    /// <summary>Null when it may still be wanted: its instance is on our host and has no server yet.</summary>
    async Task<string?> ReasonAsync(string uuid, VersionedObject? row, CancellationToken cancelled)
    {
        row ??= await instances.GetAsync(RequestIds.Admin(), uuid, cancelled);
        if (row is null)
        {
            return "the parent's instance is gone";
        }

        if (ServerLink.Of(row) is { } other)
        {
            return $"the parent's instance has the server {other}";
        }

        return row.Text("host") == identity.Host ? null
            : row.Text("host") is { } elsewhere ? $"the parent's instance is on host {elsewhere}"
            : "the parent's instance is on no host";
    }

    TimeSpan Age(Server seen) => child.Now is { } now && seen.Created is { } created ? now - created : TimeSpan.Zero;
}

/// <summary>The reaper of servers, running.</summary>
internal sealed class Reaping(ServerReaper servers, NovaProxyOptions options, TimeProvider time, ILogger<Reaping> log) : IWorker
{
    readonly Reaper<Server> reaper = new("servers", servers, options.ReaperGrace, time, log);

    public string Name => "reaper";

    public Task RunAsync(CancellationToken cancelled) => reaper.RunAsync(cancelled);
}
