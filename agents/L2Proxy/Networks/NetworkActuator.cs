using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Networks;

/// <summary>The verbs of a network.</summary>
internal sealed class NetworkActuator(ChildCloud child, NetworkBook book, string projectId, ILogger log) : StampedActuator<WantedNetwork, NetworkInfo>("network", projectId)
{
    OpenStack.Network.Networks Networks => child.Cloud.Network.Networks;

    protected override Task<NetworkInfo?> ReadAsync(string childId, CancellationToken cancelled) => Networks.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<NetworkInfo> ListAsync(string parentId, CancellationToken cancelled) =>
        Networks.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = ProjectId }, cancelled);

    protected override bool IsRefusal(CloudFault fault) => Faults.IsFinal(fault) || fault.Code is NetworkError.VlanIdInUse or NetworkError.FlatNetworkInUse;

    public override async Task UpdateAsync(NetworkInfo seen, WantedNetwork wanted, CancellationToken cancelled)
    {
        if (NetworkBody.Difference(seen, wanted, book.LargestMtu(wanted.Provider)) is not { } change)
        {
            return;
        }

        Log.NetworkChanged(log, seen.Id, change.ToString());
        var update = change.Update with { ProviderSegmentationId = null };
        try
        {
            await SendAsync(seen, update, cancelled);
        }
        catch (CloudFault fault) when (MtuFault.Is(fault) && update.Mtu is { } size)
        {
            LearnMtu(wanted, MtuFault.Largest(fault) ?? Math.Min(seen.Mtu ?? size, size - 1), fault);
            await SendAsync(seen, update with { Mtu = null }, cancelled);
        }

        if (change.Update.ProviderSegmentationId is { } vlan)
        {
            await SendVlanAsync(seen, vlan, wanted, cancelled);
        }
    }

    async Task SendAsync(NetworkInfo seen, NetworkUpdate update, CancellationToken cancelled)
    {
        if (update != new NetworkUpdate())
        {
            await Networks.UpdateAsync(Scope.Own, seen.Id, update, cancelled);
        }
    }

    /// <summary>By itself: a child that will not have it takes the rest all the same.</summary>
    async Task SendVlanAsync(NetworkInfo seen, int vlan, WantedNetwork wanted, CancellationToken cancelled)
    {
        try
        {
            await SendAsync(seen, new() { ProviderSegmentationId = vlan }, cancelled);
        }
        catch (CloudFault fault) when (IsRefusal(fault))
        {
            if (Stamp.ParentOf(wanted.Description) is { } parentId)
            {
                // It is no longer the parent's network: no port comes to it before it is.
                book.Remove(parentId);
            }

            throw new RefusedException($"network {seen.Id} is VLAN {seen.ProviderSegmentationId} and the child does not make it VLAN {vlan}: {Faults.Text(fault)}", fault);
        }
    }

    /// <summary>Its subnets, shares and the child's own DHCP ports go with it.</summary>
    public override Task DeleteAsync(NetworkInfo seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Networks.DeleteAsync(Scope.Own, seen.Id, cancelled));

    protected override async Task<NetworkInfo> MakeAsync(string parentId, WantedNetwork wanted, CancellationToken cancelled)
    {
        var body = NetworkBody.Create(wanted, ProjectId, book.LargestMtu(wanted.Provider));
        while (true)
        {
            try
            {
                return await Networks.CreateAsync(Scope.Own, body, cancelled);
            }
            catch (CloudFault fault) when (MtuFault.Is(fault) && body.Mtu is { } size)
            {
                var largest = MtuFault.Largest(fault);
                LearnMtu(wanted, largest, fault);
                body = body with { Mtu = largest < size ? largest : null };
            }
            catch (CloudFault fault) when (body.ProviderNetworkType is not null && wanted.Provider!.IsTunnel && IsSegment(fault))
            {
                if (await AdoptAsync(parentId, cancelled) is { } late)
                {
                    // A create of an earlier life that came through since we looked has the number.
                    return late;
                }

                Log.OtherSegment(log, wanted.Description, wanted.Provider.NetworkType, wanted.Provider.SegmentationId ?? 0, Faults.Text(fault));
                body = body with { ProviderNetworkType = null, ProviderSegmentationId = null };
            }
        }
    }

    void LearnMtu(WantedNetwork wanted, int? largest, CloudFault fault)
    {
        Log.MtuTooBig(log, wanted.Description, wanted.Mtu ?? 0, Faults.Text(fault));
        if (largest is { } size)
        {
            book.LearnMtu(wanted.Provider, size);
        }
    }

    /// <summary>
    /// Another network of the child has the number (409), or the child has no such type of network (400: neutron/plugins/ml2/managers.py:
    /// validate_provider_segment, "network_type value '…' not supported").
    /// </summary>
    static bool IsSegment(CloudFault fault) => fault.Code is NetworkError.TunnelIdInUse
        || (fault.Code is NetworkError.InvalidInput && fault.Message.Contains("network_type", StringComparison.Ordinal));
}
