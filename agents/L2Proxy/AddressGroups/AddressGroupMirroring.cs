using System.Collections.Concurrent;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>
/// Sets of addresses that rules in the child name: the parent's address groups, one to one, and the members of its security groups that live elsewhere. A child
/// without address groups has none; then only the addresses are kept here, for rules of their own.
/// </summary>
internal sealed class AddressGroupMirroring(ChildCloud child, ILogger<AddressGroupMirroring> log)
{
    const int Budget = 8;

    // Above what the agendas and a resync may have under way.
    const int Capacity = 100_000;

    readonly KeyedQueue lanes = new(Budget, Capacity);
    readonly ConcurrentDictionary<string, RemoteAddresses> book = new(StringComparer.Ordinal);

    /// <summary>As it was when it was last compared; null when it is not mirrored.</summary>
    public RemoteAddresses? Find(string parentId) => book.GetValueOrDefault(parentId);

    public IReadOnlyCollection<KeyValuePair<string, RemoteAddresses>> All => [.. book];

    /// <summary>All of ours that carry a stamp.</summary>
    public async Task<IReadOnlyList<AddressGroup>> OursAsync(CancellationToken cancelled)
    {
        var project = await child.ProjectIdAsync(cancelled);
        var ours = new List<AddressGroup>();
        await foreach (var seen in child.Cloud.Network.AddressGroups.ListAsync(Scope.Own, new() { ProjectId = project }, cancelled))
        {
            if (seen.ProjectId == project && Stamp.ParentOf(seen.Description) is not null)
            {
                ours.Add(seen);
            }
        }

        return ours;
    }

    /// <summary>Makes it, or brings it to what is wanted.</summary>
    /// <param name="parentId">The parent's group or address group.</param>
    /// <param name="read">What is wanted, and what stands in the child when that was read already. Asked while nobody else writes it: who reads last writes last.</param>
    /// <param name="inChild">False for a child without address groups.</param>
    /// <param name="cancelled">Ends it.</param>
    public Task<RemoteAddresses> EnsureAsync(
        string parentId, Func<CancellationToken, Task<(WantedAddresses Wanted, AddressGroup? Seen)>> read, bool inChild, CancellationToken cancelled) => lanes.RunAsync(
        parentId,
        async turn =>
        {
            var (wanted, seen) = await read(turn.Cancelled);
            return book[parentId] = new(inChild ? await BringAsync(wanted, seen, turn.Cancelled) : null, wanted.Must);
        },
        cancelled: cancelled);

    /// <summary>Takes it out of the child.</summary>
    /// <exception cref="LaterException">A rule still names it.</exception>
    public Task EndAsync(string parentId, CancellationToken cancelled) => lanes.RunAsync(
        parentId,
        async turn =>
        {
            var known = Find(parentId)?.ChildId;
            book.TryRemove(parentId, out _);
            var actuator = new AddressGroupActuator(child, await child.ProjectIdAsync(turn.Cancelled));
            try
            {
                foreach (var gone in await new Mirror<WantedAddresses, AddressGroup>(actuator, log).RemoveAsync(parentId, known, turn.Cancelled))
                {
                    Log.AddressGroupRemoved(log, gone, parentId);
                }
            }
            catch (CloudFault fault) when (fault.Code is NetworkError.AddressGroupInUse)
            {
                throw new LaterException(TimeSpan.FromSeconds(30), $"a rule still names the address group for {parentId}");
            }
        },
        cancelled: cancelled);

    public void Forget(string parentId) => book.TryRemove(parentId, out _);

    async Task<string> BringAsync(WantedAddresses wanted, AddressGroup? seen, CancellationToken cancelled)
    {
        var actuator = new AddressGroupActuator(child, await child.ProjectIdAsync(cancelled));
        seen ??= (await new Mirror<WantedAddresses, AddressGroup>(actuator, log)
            .EnsureAsync(wanted.ParentId, new BookLink(Find(wanted.ParentId)?.ChildId), _ => Task.FromResult(wanted), cancelled)).Seen;
        var difference = AddressGroupMap.Difference(seen.Addresses, wanted);
        if (!difference.IsNone)
        {
            Log.AddressesChanged(log, seen.Id, difference.Missing.Count, difference.Surplus.Count);
        }

        await actuator.UpdateAsync(seen, wanted, cancelled);
        return seen.Id;
    }
}
