using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.NovaProxy.Networks.Mirrored;

/// <summary>
/// Finds what another agent made in the child for a port of the parent: the port with the same MAC on the network that is stamped with the parent's
/// network. The stamp counts only on a network of our own project, and on such a network no tenant can choose a MAC: nobody can put a port of his in its place.
/// </summary>
internal sealed class ChildPorts(ChildCloud child)
{
    const string Stamp = "cascade:";

    NetworkClient Neutron => child.Cloud.Network;

    /// <summary>Which of them are there: two lists, however many are asked for.</summary>
    /// <returns>The child's port for each parent port that has one.</returns>
    public async Task<IReadOnlyDictionary<string, Port>> FindAsync(IReadOnlyCollection<Nic> nics, CancellationToken cancelled)
    {
        var found = new Dictionary<string, Port>(StringComparer.Ordinal);
        foreach (var some in nics.Chunk(100))
        {
            var candidates = new List<Port>();
            await foreach (var port in Neutron.Ports.ListAsync(Scope.Own, new() { MacAddresses = [.. some.Select(nic => nic.MacAddress)] }, cancelled))
            {
                candidates.Add(port);
            }

            var networks = await NetworksAsync([.. candidates.Select(port => port.NetworkId).OfType<string>().Distinct()], cancelled);
            foreach (var nic in some)
            {
                if (candidates.Find(port => Same(port.MacAddress, nic.MacAddress) && networks.GetValueOrDefault(port.NetworkId ?? "") == nic.NetworkId) is { } port)
                {
                    found[nic.PortId] = port;
                }
            }
        }

        return found;
    }

    /// <summary>By the child's id; null when it is gone.</summary>
    public Task<Port?> FindAsync(string childId, CancellationToken cancelled) => Neutron.Ports.FindAsync(Scope.Own, childId, cancelled);

    /// <summary>Which network of the parent each of these stands for.</summary>
    async Task<Dictionary<string, string>> NetworksAsync(IReadOnlyList<string> ids, CancellationToken cancelled)
    {
        var ours = await child.Cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var stamped = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var network in Neutron.Networks.ListAsync(Scope.Own, new() { Ids = ids }, cancelled))
        {
            if (network.ProjectId == ours && network.Description?.StartsWith(Stamp, StringComparison.Ordinal) == true)
            {
                stamped[network.Id] = network.Description[Stamp.Length..];
            }
        }

        return stamped;
    }

    static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
