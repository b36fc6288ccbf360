using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>The verbs of an address group: its addresses only as a difference.</summary>
internal sealed class AddressGroupActuator(ChildCloud child, string projectId) : StampedActuator<WantedAddresses, AddressGroup>("address group", projectId)
{
    /// <summary>Addresses in one request.</summary>
    const int Chunk = 500;

    /// <summary>Somebody else may change it between our look and our word.</summary>
    const int Tries = 3;

    OpenStack.Network.AddressGroups Groups => child.Cloud.Network.AddressGroups;

    protected override Task<AddressGroup?> ReadAsync(string childId, CancellationToken cancelled) => Groups.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<AddressGroup> ListAsync(string parentId, CancellationToken cancelled) =>
        Groups.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = ProjectId }, cancelled);

    /// <summary>With the first of its addresses; the others are put in by <see cref="UpdateAsync"/>, which can be gone on with.</summary>
    protected override async Task<AddressGroup> MakeAsync(string parentId, WantedAddresses wanted, CancellationToken cancelled)
    {
        var first = wanted.Must.Order(StringComparer.Ordinal).Take(Chunk).ToList();
        return await Groups.CreateAsync(
            Scope.Own,
            new() { Name = wanted.Name, Description = wanted.Description, ProjectId = ProjectId, Addresses = first.Count == 0 ? null : first },
            cancelled);
    }

    public override async Task UpdateAsync(AddressGroup seen, WantedAddresses wanted, CancellationToken cancelled)
    {
        if (seen.Name != wanted.Name)
        {
            await Groups.UpdateAsync(Scope.Own, seen.Id, new() { Name = wanted.Name }, cancelled);
        }

        var now = seen;
        for (var left = Tries; now is not null && !AddressGroupMap.Difference(now.Addresses, wanted).IsNone; left--)
        {
            try
            {
                await ChangeAsync(now.Id, AddressGroupMap.Difference(now.Addresses, wanted), cancelled);
                return;
            }
            catch (CloudFault fault) when (left > 1 && (fault.ResultUnknown || fault.Kind is FaultKind.Conflict or FaultKind.NotFound || fault.Code is NetworkError.AddressesAlreadyExist))
            {
                // An earlier word of ours arrived after all, or somebody else's did: what is left of the difference?
                now = await FindAsync(now.Id, cancelled);
            }
        }
    }

    /// <exception cref="CloudFault"><see cref="NetworkError.AddressGroupInUse"/>: a rule names it.</exception>
    public override Task DeleteAsync(AddressGroup seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Groups.DeleteAsync(Scope.Own, seen.Id, cancelled));

    async Task ChangeAsync(string id, AddressDifference difference, CancellationToken cancelled)
    {
        foreach (var some in difference.Missing.Chunk(Chunk))
        {
            await Groups.AddAddressesAsync(Scope.Own, id, some, cancelled);
        }

        foreach (var some in difference.Surplus.Chunk(Chunk))
        {
            await Groups.RemoveAddressesAsync(Scope.Own, id, some, cancelled);
        }
    }
}
