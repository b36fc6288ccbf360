using Cascade.NovaProxy.Capacity;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Keeps the parent's picture of us: service, compute node, provider with inventory and traits (nova/compute/resource_tracker.py, each 60 s). What is
/// as it should be is not written again.
/// </summary>
internal sealed class HostKeeper(
    ServiceKeeper service,
    ComputeNodes nodes,
    ParentProvider provider,
    ChildCapacity child,
    IOwnUse own,
    HostIdentity identity,
    HostAddress address,
    ILogger<HostKeeper> log) : IDisposable
{
    readonly SemaphoreSlim one = new(1, 1);
    VersionedObject? node;
    ChildView? view;

    /// <summary>
    /// Everything that makes us a host: at start, and again after an operator deleted the service. A new host needs the child's word once, for an
    /// inventory that is made up would be filled.
    /// </summary>
    /// <returns>False when the child does not answer and we were a host before: all is as it was left.</returns>
    /// <exception cref="CloudFault">The child does not answer and we were no host yet, or the parent's placement does not.</exception>
    public async Task<bool> RegisterAsync(CancellationToken cancelled)
    {
        await service.RegisterAsync(cancelled);
        node = await nodes.FindAsync(cancelled);
        try
        {
            await PassAsync(cancelled);
            return true;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Unavailable && node is not null)
        {
            Log.CapacityUnread(log, fault);
            return false;
        }
    }

    /// <summary>One pass. A parent's record that an operator deleted ends it with the fault that says so.</summary>
    /// <exception cref="RpcFault">ComputeHostNotFound, ServiceNotFound.</exception>
    /// <exception cref="CloudFault">The parent's placement, or at the first pass the child, does not answer.</exception>
    public async Task PassAsync(CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            var ours = await own.ReadAsync(cancelled);
            view = await LookAsync(ours, cancelled);
            await SaveNodeAsync(view.Capacity, ours, cancelled);
            await provider.EnsureAsync(cancelled);
            // Traits first: a host that is disabled must not be choosable for a moment.
            await provider.PutTraitsAsync(await service.ReviewAsync(cancelled), view.Traits, view.Custom.Traits, cancelled);
            await provider.PutInventoriesAsync(view.Capacity, view.Custom.Classes, cancelled);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>What nova-api asks when an operator enables or disables the service: the trait follows at once.</summary>
    public async Task SetEnabledAsync(bool enabled, CancellationToken cancelled)
    {
        await one.WaitAsync(cancelled);
        try
        {
            await provider.PutTraitsAsync(!enabled, view?.Traits ?? [], (view?.Custom ?? CustomNames.None).Traits, cancelled);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    async Task<ChildView> LookAsync(OwnUse ours, CancellationToken cancelled)
    {
        try
        {
            return await child.ReadAsync(ours, cancelled);
        }
        catch (CloudFault fault) when (view is not null)
        {
            // The last numbers stand: a child that does not answer is told by the heartbeat, not by an inventory.
            Log.CapacityUnread(log, fault);
            return view;
        }
    }

    async Task SaveNodeAsync(HostCapacity capacity, OwnUse ours, CancellationToken cancelled)
    {
        node ??= await nodes.FindAsync(cancelled);
        if (node is null)
        {
            node = await nodes.CreateAsync(ComputeNodeMap.New(identity, address.MyIp, service.Id, capacity, ours), cancelled);
            Log.ComputeNodeCreated(log, identity.NodeName, identity.NodeUuid.ToString("D"));
            return;
        }

        var changes = ComputeNodeMap.Changes(node.Data, ComputeNodeMap.Numbers(capacity, ours));
        if (changes.Count > 0)
        {
            node = await nodes.SaveAsync(node, changes, cancelled);
        }
    }
}
