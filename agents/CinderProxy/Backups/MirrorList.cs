using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <summary>Both clouds side by side, for the verb <c>mirror list backups</c>.</summary>
internal sealed class MirrorList(ChildCloud child, CinderDatabase database, VolumeHost host) : IMirrorSource
{
    public string Noun => "backups";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var there = new Dictionary<string, Backup>(StringComparer.Ordinal);
        await foreach (var seen in child.Backups.ListAsync(Scope.Own, new() { AllTenants = true }, cancelled))
        {
            there[seen.Id] = seen;
        }

        var list = new List<MirrorRow>();
        await foreach (var row in database.BackupsOfAsync(host.Service, cancelled))
        {
            var link = BackupLink.In(row, host.Service);
            var seen = link is not null ? there.GetValueOrDefault(link) : null;
            list.Add(new(
                row.Id, row.DisplayName, row.Status, link ?? "-", seen?.Status ?? "-", link is null ? "not linked" : seen is null ? "missing in the child" : "linked"));
        }

        return list;
    }
}
