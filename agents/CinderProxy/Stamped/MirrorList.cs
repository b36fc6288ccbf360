using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Stamped;

/// <summary>Both clouds side by side, for the verb <c>mirror list</c>.</summary>
/// <param name="noun">In the plural.</param>
internal abstract class MirrorList<TSeen, TRow>(string noun, LinkBook<TRow> book, StampedWatch<TSeen, TRow> watch, StampedReaper<TSeen> reaper) : IMirrorSource
    where TSeen : class, IResource
    where TRow : class, IResourceRow
{
    public string Noun => noun;

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var there = new Dictionary<string, TSeen>(StringComparer.Ordinal);
        await foreach (var seen in watch.ThereAsync(null, cancelled))
        {
            there[seen.Id] = seen;
        }

        var list = new List<MirrorRow>();
        await foreach (var row in book.RowsAsync(cancelled))
        {
            var link = book.ChildOf(row);
            var seen = link is null ? null : there.GetValueOrDefault(link);
            list.Add(new(row.Id, row.DisplayName, row.Status, link ?? "-", seen?.Status ?? "-", link is null ? "not linked" : seen is null ? "missing in the child" : NoteOf(row, seen)));
        }

        foreach (var orphan in await reaper.OrphansAsync(cancelled))
        {
            list.Add(new(orphan.ParentId, orphan.Seen.Name, "-", orphan.Seen.Id, orphan.Seen.Status ?? "-", $"orphan: {orphan.Reason}"));
        }

        return list;
    }

    /// <summary>What is odd about one that is there in both clouds.</summary>
    protected virtual string NoteOf(TRow row, TSeen seen) => "linked";
}
