using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror.Queue;

namespace Cascade.CinderProxy.Stamped;

/// <summary>What of one kind is being made, is going, or is in the middle of something else whose message is gone.</summary>
internal abstract class UnfinishedStamped<TRow>(
    string resourceType, KeyedQueue queue, LinkBook<TRow> book, Orders orders, Expectations expectations, CinderProxyOptions options) : IUnfinished
    where TRow : class, IResourceRow
{
    /// <summary>A message that is there is delivered within this time.</summary>
    static readonly TimeSpan Delivery = TimeSpan.FromSeconds(20);

    public string ResourceType => resourceType;

    public Task ReadLinksAsync(CancellationToken cancelled) => book.ReadAsync(cancelled);

    public async Task<IReadOnlyList<Unfinished>> ReadAsync(CancellationToken cancelled) =>
        [.. (await OnTheWayAsync(cancelled)).Select(row => new Unfinished(row.Id, row.Status, book.ChildOf(row)))];

    public bool IsInHand(string id) => queue.Contains(id) || orders.Of(id) is not null;

    /// <summary>A create that never came to its link is left to its message for as long as the child may take.</summary>
    public TimeSpan PatienceWith(Unfinished row) => row.IsBeingMade && row.ChildId is null ? options.OrderTimeout : Delivery;

    public Task FinishAsync(Unfinished row, CancellationToken cancelled) =>
        queue.RunAsync(row.Id, turn => FinishNowAsync(row, turn.Cancelled), cancelled: cancelled);

    /// <summary>Rows of ours that are on their way.</summary>
    protected abstract Task<IReadOnlyList<TRow>> OnTheWayAsync(CancellationToken cancelled);

    /// <summary>As it is now.</summary>
    protected abstract Task<TRow?> RowAsync(string id, CancellationToken cancelled);

    /// <summary>Goes on with what the child was asked for, or ends the create of which nothing is left. Within its turn.</summary>
    protected abstract Task GoOnAsync(TRow row, CancellationToken cancelled);

    /// <summary>The watch ends it by what it sees; it was an earlier life that expected it.</summary>
    protected virtual void Await(string id, string childId) => expectations.Expect(childId);

    protected const string Interrupted = "the create was interrupted and nothing is left to go on with";

    async Task FinishNowAsync(Unfinished before, CancellationToken cancelled)
    {
        if (await RowAsync(before.Id, cancelled) is not { } row || row.Status != before.Status)
        {
            return;
        }

        if (before.IsBeingMade && book.ChildOf(row) is { } childId)
        {
            Await(row.Id, childId);
            return;
        }

        await GoOnAsync(row, cancelled);
    }
}
