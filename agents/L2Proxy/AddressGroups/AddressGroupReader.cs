using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Server;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>What the parent says of its address groups.</summary>
internal sealed class AddressGroupReader(INeutronServer server)
{
    public async Task<NeutronAddressGroup?> FindAsync(string id, CancellationToken cancelled) => (await AllAsync([id], cancelled)).GetValueOrDefault(id);

    public async Task<IReadOnlyDictionary<string, NeutronAddressGroup>> AllAsync(IEnumerable<string> ids, CancellationToken cancelled) =>
        (await server.PullAsync(NeutronObjects.AddressGroup, "id", ids.Distinct(StringComparer.Ordinal), NeutronAddressGroup.Read, cancelled)).ToDictionary(one => one.Id, StringComparer.Ordinal);
}
