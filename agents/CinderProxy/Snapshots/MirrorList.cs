using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>Both clouds side by side, for the verb <c>mirror list snapshots</c>.</summary>
internal sealed class MirrorList(ChildCloud child, CinderDatabase database, VolumeHost host) : IMirrorSource
{
    public string Noun => "snapshots";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var there = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        await foreach (var seen in child.Snapshots.ListAsync(Scope.Own, new() { AllTenants = true }, cancelled))
        {
            there[seen.Id] = seen;
        }

        var list = new List<MirrorRow>();
        await foreach (var row in database.SnapshotsOfAsync(host.Service, cancelled))
        {
            var seen = row.ProviderId is { } link ? there.GetValueOrDefault(link) : null;
            list.Add(new(
                row.Id, row.DisplayName, row.Status ?? "-", row.ProviderId ?? "-", seen?.Status ?? "-",
                row.ProviderId is null ? "not linked" : seen is null ? "missing in the child" : "linked"));
        }

        return list;
    }
}
