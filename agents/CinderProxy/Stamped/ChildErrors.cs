using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Stamped;

/// <summary>What goes wrong in the child by itself, and is well again there: the parent's row follows, with a mark that says why it is in error, and with what the child says of it.</summary>
internal sealed class ChildErrors(CinderDatabase database, ChildMessages messages)
{
    /// <param name="volumeId">The volume itself, or that which it is of.</param>
    /// <param name="resourceType">A word of <see cref="Contracts.Cinder.Messages.MessageResource"/>.</param>
    /// <param name="seen">Null when it is gone in the child.</param>
    /// <param name="toError">False when the row has another state by now; then nothing is marked or said.</param>
    public async Task FollowAsync(
        string volumeId, string id, string projectId, string resourceType, IResource? seen, string childStatus, Func<CinderWork, Task<bool>> toError, CancellationToken cancelled)
    {
        var said = seen is null ? null : await messages.AboutAsync(seen, resourceType, cancelled);
        await database.InTransactionAsync(
            async work =>
            {
                if (await toError(work))
                {
                    await ErrorMark.SetAsync(work, volumeId, id, childStatus);
                    await ChildMessage.TellAsync(work, said, id, projectId);
                }

                return true;
            },
            cancelled);
    }

    /// <param name="volumeId">The volume itself, or that which it is of.</param>
    /// <param name="toAvailable">Out of the error that the mark is about.</param>
    public Task HealAsync(string volumeId, string id, Func<CinderWork, Task<bool>> toAvailable, CancellationToken cancelled) =>
        database.InTransactionAsync(
            async work =>
            {
                await ErrorMark.ClearAsync(work, volumeId, id);
                return await toAvailable(work);
            },
            cancelled);
}
