using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// How something the parent asked for is taken up: in the turn of the thing it is about, under the parent's request id, while the child answers and the parent's
/// database does. What the parent's database could not be told is not lost: the message waits and comes again, and finds the rows as they are.
/// </summary>
internal sealed class Turns(KeyedQueue queue, Refusals refusals)
{
    /// <param name="key">Id of the volume, snapshot or group.</param>
    public Task<JsonNode?> TakeAsync(string key, RpcContext context, Func<Turn, Task> work, CancellationToken cancelled) =>
        queue.RunAsync<JsonNode?>(
            key,
            async turn =>
            {
                using var request = RequestScope.Enter(context.RequestId);
                refusals.RequireChild();
                await ParkingAsync(() => work(turn));
                return null;
            },
            cancelled: cancelled);

    /// <summary>As <see cref="TakeAsync"/>, for what asks nothing of the child.</summary>
    public Task<JsonNode?> TakeAloneAsync(string key, RpcContext context, Func<Turn, Task> work, CancellationToken cancelled) =>
        queue.RunAsync<JsonNode?>(
            key,
            async turn =>
            {
                using var request = RequestScope.Enter(context.RequestId);
                await ParkingAsync(() => work(turn));
                return null;
            },
            cancelled: cancelled);

    /// <summary>
    /// What is asked of a group is asked of each of its members, in the member's own turn within the group's, which leaves the budget to it meanwhile: as many groups as there
    /// are places would otherwise keep them all, and wait for ever for one more.
    /// </summary>
    /// <param name="key">Id of the group.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="members">Begins, and says of whom it is asked.</param>
    /// <param name="again">Reads one of them by its id in its own turn: what came to it since it was read in the group's is not undone.</param>
    /// <param name="work">What is asked of each that is in the state in which it was.</param>
    /// <param name="cancelled">Ends it.</param>
    public Task<JsonNode?> TakeEachAsync<TRow>(
        string key,
        RpcContext context,
        Func<Turn, Task<IReadOnlyList<TRow>>> members,
        Func<string, CancellationToken, Task<TRow?>> again,
        Func<TRow, Turn, Task> work,
        CancellationToken cancelled)
        where TRow : class, IResourceRow => TakeAsync(
        key,
        context,
        async turn =>
        {
            foreach (var member in await members(turn))
            {
                await turn.AsideAsync(stop => queue.RunAsync<object?>(
                    member.Id,
                    async inner =>
                    {
                        if (await again(member.Id, inner.Cancelled) is { } row && row.Status == member.Status)
                        {
                            await work(row, inner);
                        }

                        return null;
                    },
                    cancelled: stop));
            }
        },
        cancelled);

    static async Task ParkingAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception away) when (away is DatabaseAwayException or CommitUnknownException)
        {
            throw new ParkException($"the parent's database: {away.Message}", away);
        }
    }
}
