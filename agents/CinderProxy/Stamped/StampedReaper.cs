using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.Mirror.Reaping;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Stamped;

/// <summary>
/// What our user made in the child for this service, what carries its stamp, and what nothing of the parent wants: that is gone, is elsewhere, or has another one (a
/// create that came through late).
/// </summary>
internal abstract class StampedReaper<TSeen>(string noun, ChildCloud child, VolumeHost host, CinderProxyOptions options, TimeProvider time, ILogger log) : IReaped<TSeen>, IWorker
    where TSeen : class, IResource
{
    public string Name => $"reaper of {noun}s";

    protected ChildCloud Child => child;

    protected VolumeHost Host => host;

    protected string Gone => $"the parent's {noun} is gone";

    public string IdOf(TSeen seen) => seen.Id;

    public Task RunAsync(CancellationToken cancelled) => new Reaper<TSeen>($"{noun}s", this, options.ReaperGrace, time, log).RunAsync(cancelled);

    public async Task<IReadOnlyList<Orphan<TSeen>>> OrphansAsync(CancellationToken cancelled)
    {
        var user = await child.UserIdAsync(cancelled);
        // The filters are the child's to obey; what is deleted is judged by what each says of itself.
        var stamped = await StampedAsync(cancelled).Where(seen => seen.UserId == user && Stamp.IsFrom(seen.Metadata, host.Service) && IsIdle(seen)).ToListAsync(cancelled);
        var orphans = new List<Orphan<TSeen>>();
        foreach (var seen in stamped)
        {
            if (Stamp.ParentOf(seen.Metadata) is { } id && await ReasonAsync(seen, id, cancelled) is { } reason)
            {
                orphans.Add(new(seen, id, reason, Age(seen)));
            }
        }

        return orphans;
    }

    public async Task<bool> ReapAsync(Orphan<TSeen> orphan, CancellationToken cancelled)
    {
        if (await ReasonAsync(orphan.Seen, orphan.ParentId, cancelled) is null)
        {
            return false;
        }

        await DeleteAsync(orphan.Seen, cancelled);
        return true;
    }

    /// <summary>What this service stamped; more does no harm.</summary>
    protected abstract IAsyncEnumerable<TSeen> StampedAsync(CancellationToken cancelled);

    /// <summary>Nobody uses it, and the child is not at it.</summary>
    protected abstract bool IsIdle(TSeen seen);

    /// <param name="id">What its stamp says.</param>
    /// <returns>Null when somebody wants it: a row links to it, whatever the stamp says, or its own is here and has none yet.</returns>
    protected abstract Task<string?> ReasonAsync(TSeen seen, string id, CancellationToken cancelled);

    /// <summary>Not being there is success.</summary>
    protected abstract Task DeleteAsync(TSeen seen, CancellationToken cancelled);

    /// <summary>As <see cref="ReasonAsync"/>, for one that no row links to.</summary>
    /// <param name="link">What its own row links to.</param>
    /// <param name="at">The host that its own row names.</param>
    protected string? ReasonOf(string? link, string? at) =>
        !host.Has(at) ? $"the parent's {noun} is on {at ?? "no host"}"
        : link is { Length: > 0 } ? $"the parent's {noun} has {link}"
        : null;

    TimeSpan Age(TSeen seen) => child.BlockStorageNow is { } now && seen.CreatedAt is { } created ? now - created : TimeSpan.Zero;
}
