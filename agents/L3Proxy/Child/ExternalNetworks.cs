using System.Collections.Concurrent;
using System.Net;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Child;

/// <summary>
/// The external networks that both clouds have, as an operator declared them: one segment, so that an address of the parent's is the same address in the child. The
/// child's subnet of an address is the one whose range holds it. A cache: read anew for each comparison, for an address that no known one holds, and when the child refuses one.
/// </summary>
internal sealed class ExternalNetworks(ChildCloud child, L3ProxyOptions options)
{
    readonly ConcurrentDictionary<string, IReadOnlyList<Subnet>> subnets = new(StringComparer.Ordinal);

    /// <exception cref="RefusedException">It is not declared.</exception>
    public string Of(string? networkId) => networkId is not null && options.ExternalNetworks.TryGetValue(networkId, out var mapped) ? mapped
        : throw new RefusedException($"the parent's external network {networkId} is not among those that the child is declared to have ([cascade] external_networks)");

    /// <summary>An address of the parent's as one of the child's network.</summary>
    /// <exception cref="RefusedException">None of the child's subnets there holds it.</exception>
    public async Task<FixedIp> AddressAsync(string childNetworkId, string? address, CancellationToken cancelled)
    {
        if (!subnets.TryGetValue(childNetworkId, out var known) || Holder(known, address) is null)
        {
            known = subnets[childNetworkId] = await ReadAsync(childNetworkId, cancelled);
        }

        return Holder(known, address) is { } subnet ? new(subnet.Id, address)
            : throw new RefusedException($"no subnet of the child's external network {childNetworkId} holds the address {address}");
    }

    /// <summary>The child refused what was made of them, or all is compared: an operator there may have changed them.</summary>
    public void Forget(string? childNetworkId = null)
    {
        if (childNetworkId is null)
        {
            subnets.Clear();
        }
        else
        {
            subnets.TryRemove(childNetworkId, out _);
        }
    }

    static Subnet? Holder(IEnumerable<Subnet> of, string? address) => !IPAddress.TryParse(address, out var parsed) ? null
        : of.FirstOrDefault(subnet => IPNetwork.TryParse(subnet.Cidr, out var range) && range.Contains(parsed));

    async Task<IReadOnlyList<Subnet>> ReadAsync(string childNetworkId, CancellationToken cancelled) =>
        await child.Cloud.Network.Subnets.ListAsync(Scope.Own, new() { NetworkIds = [childNetworkId] }, cancelled).ToListAsync(cancelled);
}
