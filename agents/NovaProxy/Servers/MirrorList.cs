using Cascade.Agent.Verbs;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>Both clouds side by side, for the verb <c>mirror list</c>.</summary>
internal sealed class MirrorList(ChildCloud child, Instances instances, ServerReaper reaper) : IMirrorSource
{
    public string Noun => "servers";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var rows = await instances.OnHostAsync(RequestIds.Admin(), cancelled);
        var list = new List<MirrorRow>();
        foreach (var row in rows)
        {
            list.Add(await RowAsync(row, cancelled));
        }

        foreach (var orphan in await reaper.OrphansAsync(cancelled))
        {
            list.Add(new(orphan.ParentId, orphan.Seen.Name, "-", orphan.Seen.Id, orphan.Seen.Status, $"orphan: {orphan.Reason}"));
        }

        return list;
    }

    async Task<MirrorRow> RowAsync(VersionedObject row, CancellationToken cancelled)
    {
        var link = ServerLink.Of(row);
        var seen = link is null ? null : await child.Servers.FindAsync(Scope.Own, link, cancelled);
        return new(row.Text("uuid")!, row.Text("display_name"), State(row), link ?? "-", seen?.Status ?? "-", Verdict(link, seen));
    }

    static string State(VersionedObject row) => row.Text("task_state") is { } task ? $"{row.Text("vm_state")}/{task}" : row.Text("vm_state") ?? "-";

    static string Verdict(string? link, Server? seen) => link is null ? "not linked" : seen is null ? "missing in the child" : "linked";
}
