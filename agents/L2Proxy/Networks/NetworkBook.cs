using System.Collections.Concurrent;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Ports;

namespace Cascade.L2Proxy.Networks;

/// <summary>What stands for which network: a cache, rebuilt by every resync.</summary>
internal sealed class NetworkBook
{
    readonly ConcurrentDictionary<string, MirroredNetwork> byParent = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> byChild = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> bySubnet = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, IReadOnlyCollection<string>> subnetsOf = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, int> largest = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MirroredNetwork> All => [.. byParent.Values];

    /// <summary>Networks of the parent.</summary>
    public Touched Touched { get; } = new();

    public MirroredNetwork? Find(string networkId) => byParent.GetValueOrDefault(networkId);

    /// <summary>The parent's network that the child's stands for.</summary>
    public string? ParentOf(string? childId) => childId is null ? null : byChild.GetValueOrDefault(childId);

    /// <summary>The parent's network of one of its subnets: a deleted one says nothing but its id.</summary>
    public string? NetworkOfSubnet(string subnetId) => bySubnet.GetValueOrDefault(subnetId);

    /// <summary>A network of the child that is ours although no port needs it: ports on it are still ours to see and to take away.</summary>
    public void Know(string childId, string networkId) => byChild[childId] = networkId;

    /// <summary>It is no longer there.</summary>
    public void Unknow(string childId) => byChild.TryRemove(childId, out _);

    public void Set(MirroredNetwork network)
    {
        Remove(network.ParentId);
        byParent[network.ParentId] = network;
        byChild[network.ChildId] = network.ParentId;
        KnowSubnets(network.ParentId, [.. network.Subnets.Keys]);
    }

    /// <summary>The parent's subnets of it as they were just read, also while it is not made yet; none when it has ended.</summary>
    public void KnowSubnets(string networkId, IReadOnlyCollection<string> subnetIds)
    {
        foreach (var subnet in subnetIds)
        {
            bySubnet[subnet] = networkId;
        }

        foreach (var gone in (subnetsOf.GetValueOrDefault(networkId) ?? []).Except(subnetIds, StringComparer.Ordinal))
        {
            bySubnet.TryRemove(new(gone, networkId));
        }

        subnetsOf[networkId] = subnetIds;
        if (subnetIds.Count == 0)
        {
            subnetsOf.TryRemove(networkId, out _);
        }
    }

    public void Remove(string networkId)
    {
        if (byParent.TryRemove(networkId, out var known))
        {
            byChild.TryRemove(new(known.ChildId, networkId));
        }
    }

    /// <summary>The largest packet that the child carries on such a network, as far as it was found out.</summary>
    public int? LargestMtu(Provider? on) => largest.TryGetValue(Kind(on), out var size) ? size : null;

    public void LearnMtu(Provider? on, int size) => largest[Kind(on)] = size;

    static string Kind(Provider? on) => on is null ? "" : $"{on.NetworkType}/{on.PhysicalNetwork}";
}

/// <summary>A network of the parent and what stands for it.</summary>
/// <param name="Subnets">The parent's subnet → the child's.</param>
/// <param name="Projects">Who may use it in the child.</param>
/// <param name="OtherSegment">Where the child has another number than the parent.</param>
internal sealed record MirroredNetwork(
    string ParentId, string ChildId, IReadOnlyDictionary<string, ChildSubnet> Subnets, IReadOnlySet<string> Projects, string? OtherSegment);
