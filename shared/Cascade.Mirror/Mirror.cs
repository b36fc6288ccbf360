using Microsoft.Extensions.Logging;

namespace Cascade.Mirror;

/// <summary>
/// One child thing for one parent thing, never two: what is linked is found; else what carries the stamp is adopted; else it is made; then it is
/// linked. Call it again after a crash at any point and it ends the same. Calls for one parent id must not overlap (<c>KeyedQueue</c>).
/// </summary>
#pragma warning disable MA0049 // The room is named after what stands in it.
public sealed class Mirror<TWanted, TSeen>(Actuator<TWanted, TSeen> actuator, ILogger log)
#pragma warning restore MA0049
    where TSeen : class
{
    /// <param name="parentId">The parent's id, which is the stamp.</param>
    /// <param name="link">Where the link is kept.</param>
    /// <param name="wanted">Says what to make; asked only if it must be made.</param>
    /// <param name="cancelled">
    /// Ends the looking. Once the create is sent it is awaited whatever happens here: a create that is given up is a create of which nobody knows.
    /// </param>
    public async Task<Mirrored<TSeen>> EnsureAsync(
        string parentId, ILink link, Func<CancellationToken, Task<TWanted>> wanted, CancellationToken cancelled)
    {
        if (link.ChildId is { } linked)
        {
            if (await actuator.FindAsync(linked, cancelled) is { } known)
            {
                return new(known, Origin.Linked);
            }

            Log.LinkedIsGone(log, parentId, linked);
        }

        var (seen, origin) = await AdoptOrCreateAsync(parentId, wanted, cancelled);
        await link.SetAsync(actuator.IdOf(seen), CancellationToken.None);
        Log.Linked(log, parentId, actuator.IdOf(seen), origin);
        return new(seen, origin);
    }

    /// <summary>
    /// Asks the child to delete whatever stands for the parent thing, linked or only stamped, so that a crash between create and link leaves nothing.
    /// </summary>
    /// <returns>The child ids that were asked to go; none when nothing is there any more.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(string parentId, string? linked, CancellationToken cancelled)
    {
        var removed = new List<string>();
        if (linked is not null && await actuator.FindAsync(linked, cancelled) is { } known)
        {
            await actuator.DeleteAsync(known, cancelled);
            removed.Add(linked);
        }

        while (await actuator.AdoptAsync(parentId, cancelled) is { } stamped && !removed.Contains(actuator.IdOf(stamped)))
        {
            await actuator.DeleteAsync(stamped, cancelled);
            removed.Add(actuator.IdOf(stamped));
        }

        return removed;
    }

    async Task<(TSeen Seen, Origin Origin)> AdoptOrCreateAsync(
        string parentId, Func<CancellationToken, Task<TWanted>> wanted, CancellationToken cancelled)
    {
        if (await actuator.AdoptAsync(parentId, cancelled) is { } earlier)
        {
            return (earlier, Origin.Adopted);
        }

        var want = await wanted(cancelled);
        cancelled.ThrowIfCancellationRequested();
        try
        {
            return (await actuator.CreateAsync(parentId, want, CancellationToken.None), Origin.Created);
        }
        catch (OutcomeUnknownException lost)
        {
            Log.AnswerLost(log, parentId, lost.Message);
            if (await actuator.AdoptAsync(parentId, CancellationToken.None) is not { } made)
            {
                throw;
            }

            return (made, Origin.Adopted);
        }
    }
}

/// <summary>What stands for the parent thing now, and how it came to.</summary>
public sealed record Mirrored<TSeen>(TSeen Seen, Origin Origin);

public enum Origin
{
    /// <summary>It was linked already.</summary>
    Linked,

    /// <summary>An earlier life, or a lost answer, had made it.</summary>
    Adopted,

    /// <summary>It was made now.</summary>
    Created,
}
