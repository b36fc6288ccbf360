using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes.Watching;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>Both clouds side by side, for the verb <c>mirror list volumes</c>.</summary>
internal sealed class MirrorList(ChildCloud child, CinderDatabase database, VolumeReaper reaper, VolumeHost host) : IMirrorSource
{
    public string Noun => "volumes";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var there = new Dictionary<string, Volume>(StringComparer.Ordinal);
        await foreach (var seen in child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true }, cancelled))
        {
            there[seen.Id] = seen;
        }

        var list = new List<MirrorRow>();
        await foreach (var row in database.VolumesOfAsync(host.Service, cancelled))
        {
            var seen = row.ProviderId is { } link ? there.GetValueOrDefault(link) : null;
            list.Add(new(row.Id, row.DisplayName, row.Status ?? "-", row.ProviderId ?? "-", seen?.Status ?? "-", Note(row, seen)));
        }

        foreach (var orphan in await reaper.OrphansAsync(cancelled))
        {
            list.Add(new(orphan.ParentId, orphan.Seen.Name, "-", orphan.Seen.Id, orphan.Seen.Status, $"orphan: {orphan.Reason}"));
        }

        return list;
    }

    static string Note(VolumeRow row, Volume? seen) =>
        row.ProviderId is null ? "not linked"
        : seen is null ? "missing in the child"
        // Attached by hand in the child, or left there by something that nobody told us of: never detached by us.
        : seen.Attachments.Count > 0 && row.Status == "available" ? $"attached in the child to server {seen.Attachments[0].ServerId}, and nowhere in the parent"
        : "linked";
}
