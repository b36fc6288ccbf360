using Cascade.Agent.Verbs;
using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Qos;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Child;

namespace Cascade.L3Proxy.Comparing;

/// <summary>Routers of both clouds side by side, for <c>mirror list</c>.</summary>
internal sealed class RouterList(ParentRouters parent, RouterReader reader, RouterPolicies policies) : IMirrorSource
{
    public string Noun => "routers";

    public async Task<IReadOnlyList<MirrorRow>> ReadAsync(CancellationToken cancelled)
    {
        var routers = await parent.AllAsync(cancelled);
        var wanted = await policies.ShownAsync(await reader.WantedAsync(routers, cancelled), cancelled);
        var sights = (await reader.SightsAsync(cancelled)).ToLookup(sight => Stamp.ParentOf(sight.Router.Description)!, StringComparer.Ordinal);
        var rows = routers.Zip(wanted, (router, shall) => new MirrorRow(
            router.Id, router.Name, router.Status ?? "-", Seen(sights[router.Id])?.Router.Id ?? "-", Seen(sights[router.Id])?.Router.Status ?? "-", Note(shall, Seen(sights[router.Id])))).ToList();
        var known = routers.Select(router => router.Id).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(sights.Where(same => !known.Contains(same.Key)).SelectMany(same => same).Select(sight => new MirrorRow(
            Stamp.ParentOf(sight.Router.Description)!,
            sight.Router.Name,
            "-",
            sight.Router.Id,
            sight.Router.Status ?? "-",
            "the parent has no such router on this host, or has it administratively down")));
        return rows;
    }

    static RouterSight? Seen(IEnumerable<RouterSight> same) => same.OrderBy(sight => sight.Router.CreatedAt).FirstOrDefault();

    static string Note(WantedRouter wanted, RouterSight? seen)
    {
        var obstacles = string.Join("; ", wanted.Obstacles.Select(one => one.Reason));
        return seen is null ? obstacles.Length > 0 ? $"missing in the child: {obstacles}" : "missing in the child"
            : obstacles.Length > 0 ? $"not whole: {obstacles}"
            : RouterPlan.Of(wanted, seen) is { IsEmpty: false } plan ? $"drift: {string.Join(", ", plan.Parts)}"
            : "linked";
    }
}
