using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>What the parent says of its address groups.</summary>
internal sealed class AddressGroupReader(INeutronServer server)
{
    /// <summary>Ids in one question.</summary>
    const int Chunk = 200;

    public async Task<NeutronAddressGroup?> FindAsync(string id, CancellationToken cancelled) => (await AllAsync([id], cancelled)).GetValueOrDefault(id);

    public async Task<IReadOnlyDictionary<string, NeutronAddressGroup>> AllAsync(IEnumerable<string> ids, CancellationToken cancelled)
    {
        var found = new Dictionary<string, NeutronAddressGroup>(StringComparer.Ordinal);
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(Chunk))
        {
            foreach (var one in (await server.AskAsync(BulkPull.Of(NeutronObjects.AddressGroup, "id", some), cancelled)).Select(NeutronAddressGroup.Read).OfType<NeutronAddressGroup>())
            {
                found[one.Id] = one;
            }
        }

        return found;
    }
}
