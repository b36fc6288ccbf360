using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror.Reaping;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <summary>
/// Volumes in the child that our user made for this service, that carry its stamp, and that no volume of the parent wants: it is gone, is elsewhere, or has another
/// one (a create that came through late).
/// </summary>
internal sealed class VolumeReaper(ChildCloud child, CinderDatabase database, VolumeHost host) : IReaped<Volume>
{
    public string IdOf(Volume seen) => seen.Id;

    public async Task<IReadOnlyList<Orphan<Volume>>> OrphansAsync(CancellationToken cancelled)
    {
        var orphans = new List<Orphan<Volume>>();
        foreach (var (seen, id) in await StampedAsync(cancelled))
        {
            if (await ReasonAsync(seen, id, cancelled) is { } reason)
            {
                orphans.Add(new(seen, id, reason, Age(seen)));
            }
        }

        return orphans;
    }

    public async Task<bool> ReapAsync(Orphan<Volume> orphan, CancellationToken cancelled)
    {
        if (await ReasonAsync(orphan.Seen, orphan.ParentId, cancelled) is null)
        {
            return false;
        }

        try
        {
            await child.Volumes.DeleteAsync(Scope.Own, orphan.Seen.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }

        return true;
    }

    async Task<List<(Volume Seen, string Id)>> StampedAsync(CancellationToken cancelled)
    {
        var user = await child.UserIdAsync(cancelled);
        var found = new List<(Volume, string)>();
        var filter = new VolumeFilter { AllTenants = true, Metadata = (VolumeStamp.Host, host.Service) };
        await foreach (var seen in child.Volumes.ListAsync(Scope.Own, filter, cancelled))
        {
            // The filters are the child's to obey; what is deleted is judged by what each volume says of itself.
            if (seen.UserId == user && VolumeStamp.IsFrom(seen.Metadata, host.Service) && seen.Status != "deleting" && seen.Attachments.Count == 0
                && VolumeStamp.ParentOf(seen) is { } id)
            {
                found.Add((seen, id));
            }
        }

        return found;
    }

    /// <summary>Null when somebody wants it: a row links to it, whatever the stamp says, or its volume is here and has none yet.</summary>
    async Task<string?> ReasonAsync(Volume seen, string id, CancellationToken cancelled)
    {
        if ((await database.ReadAsync(work => work.Volumes.OfChildrenAsync(host.Service, [seen.Id]), cancelled)).Count > 0)
        {
            return null;
        }

        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled);
        return row is null ? "the parent's volume is gone"
            : row.ProviderId is { Length: > 0 } other && host.Has(row.Host) ? $"the parent's volume has {other}"
            : host.Has(row.Host) ? null
            : $"the parent's volume is on {row.Host ?? "no host"}";
    }

    TimeSpan Age(Volume seen) => child.BlockStorageNow is { } now && seen.CreatedAt is { } created ? now - created : TimeSpan.Zero;
}

/// <summary>The reaper of volumes, running.</summary>
internal sealed class VolumeReaping(VolumeReaper volumes, CinderProxyOptions options, TimeProvider time, ILogger<VolumeReaping> log) : IWorker
{
    readonly Reaper<Volume> reaper = new("volumes", volumes, options.ReaperGrace, time, log);

    public string Name => "reaper of volumes";

    public Task RunAsync(CancellationToken cancelled) => reaper.RunAsync(cancelled);
}
