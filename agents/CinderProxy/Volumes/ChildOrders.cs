using Cascade.CinderProxy.Child;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// An order about a volume that is there, whose message is held until the child has done it, because what it needs at its end (its reservations) is in the message
/// and nowhere else. It may come twice, in the middle of itself: it looks before it asks.
/// </summary>
internal sealed class ChildOrders(ChildCloud child, Sights sights)
{
    /// <param name="childId">The child's volume.</param>
    /// <param name="isDone">What is seen is what was asked for.</param>
    /// <param name="isUnderWay">The child is at it already.</param>
    /// <param name="ask">Asks the child.</param>
    /// <returns>As it is at the end, done or not; null when it is gone.</returns>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task<Volume?> DoAsync(string childId, Func<Volume, bool> isDone, Func<Volume, bool> isUnderWay, Func<CancellationToken, Task> ask, Turn turn)
    {
        if (await child.Volumes.FindAsync(Scope.Own, childId, turn.Cancelled) is not { } seen)
        {
            return null;
        }

        if (isDone(seen) && !isUnderWay(seen))
        {
            return seen;
        }

        if (!isUnderWay(seen))
        {
            await ask(turn.Cancelled);
        }

        return await sights.UntilAsync(childId, now => !isUnderWay(now), turn);
    }
}
