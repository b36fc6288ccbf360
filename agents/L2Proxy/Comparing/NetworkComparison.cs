using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Subnets;

namespace Cascade.L2Proxy.Comparing;

/// <summary>Networks of the parent beside what stands for them in the child, by lists.</summary>
internal sealed class NetworkComparison(ParentView parent, ChildNetworks child, NetworkMirroring networks, NetworkBook book, Reservations reservations)
{
    /// <summary>Networks of ports and routers here.</summary>
    /// <param name="onHost">All that the parent has bound to this host, what it reserved for the child's DHCP included.</param>
    /// <returns>How many are not as they shall be.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<NeutronPort> here, IReadOnlyList<NeutronPort> routed, IReadOnlyList<NeutronPort> onHost, ChildSide seen, CancellationToken cancelled)
    {
        var ids = here.Concat(routed).Select(port => port.NetworkId!).ToHashSet(StringComparer.Ordinal);
        var rows = await parent.NetworksAsync(ids, cancelled);
        var subnets = (await parent.SubnetsAsync(ids, cancelled)).Where(SubnetMap.IsReal).ToLookup(subnet => subnet.NetworkId!, StringComparer.Ordinal);
        var reserved = reservations.Of(onHost);
        var projects = here.ToLookup(port => port.NetworkId!, port => port.ProjectId ?? "", StringComparer.Ordinal);
        var ours = await child.ProjectAsync(cancelled);
        var todo = 0;
        foreach (var row in rows)
        {
            var facts = seen.Facts(row, [.. subnets[row.Id]], reserved, ours);
            todo += await CompareAsync(facts, [.. projects[row.Id].Distinct(StringComparer.Ordinal)], cancelled) ? 0 : 1;
        }

        return todo;
    }

    /// <returns>Whether it is as it shall be.</returns>
    async Task<bool> CompareAsync(NetworkFacts facts, IReadOnlyCollection<string> projects, CancellationToken cancelled)
    {
        try
        {
            var wanted = await networks.WantedAsync(facts.Parent, cancelled);
            if (book.Touched.Has(facts.Parent.Id))
            {
                // Looked at by itself meanwhile: what we hold is older.
                return true;
            }

            if (!facts.Differences(wanted, book.LargestMtu(wanted.Provider), projects).Any())
            {
                book.Set(facts.Mirrored(wanted));
                return true;
            }

            if (facts.Child is not null)
            {
                // At once: its ports, however many, can then be compared by the lists.
                await networks.RenewAsync(facts.Parent.Id, projects, cancelled);
            }
        }
#pragma warning disable CA1031 // One network must not stop the others; its ports say why, each by itself.
        catch (Exception) when (!cancelled.IsCancellationRequested)
#pragma warning restore CA1031
        {
            book.Remove(facts.Parent.Id);
        }

        return false;
    }
}
