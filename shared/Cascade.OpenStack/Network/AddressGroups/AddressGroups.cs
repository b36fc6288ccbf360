using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Address groups; only where <see cref="Extension.AddressGroup"/> is. A delete is <see cref="NetworkError.AddressGroupInUse"/> while a rule
/// names it.
/// </summary>
public sealed class AddressGroups : ChangeableCollection<AddressGroup, AddressGroupCreate, AddressGroupUpdate, AddressGroupFilter>
{
    internal AddressGroups(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/address-groups", "address_group", "address_groups", NetworkJson.Default.AddressGroup), NetworkJson.Default.AddressGroupCreate, NetworkJson.Default.AddressGroupUpdate)
    {
    }

    /// <summary>
    /// Adds prefixes; adding what is there is refused: <see cref="NetworkError.AddressesAlreadyExist"/> (400, nothing is added;
    /// db/address_group_db.py: add_addresses), so it is sent once.
    /// </summary>
    public Task<AddressGroup> AddAddressesAsync(Scope scope, string id, IReadOnlyList<string> addresses, CancellationToken cancelled) =>
        ChangeAsync(scope, id, "add_addresses", addresses, cancelled);

    /// <summary>Takes prefixes away; one that is not there: <see cref="NetworkError.AddressesNotFound"/> (404, nothing is taken away).</summary>
    public Task<AddressGroup> RemoveAddressesAsync(Scope scope, string id, IReadOnlyList<string> addresses, CancellationToken cancelled) =>
        ChangeAsync(scope, id, "remove_addresses", addresses, cancelled);

    private Task<AddressGroup> ChangeAsync(Scope scope, string id, string verb, IReadOnlyList<string> addresses, CancellationToken cancelled)
    {
        // The body of a member action goes to the plugin as it is (neutron/pecan_wsgi/controllers/resource.py: MemberActionController.put), and
        // db/address_group_db.py: add_addresses reads "addresses" from its top.
        var request = ApiRequest.Put(PathOf(id, verb), new AddressList(addresses), NetworkJson.Default.AddressList, idempotent: false);
        return OneAsync(scope, request, cancelled);
    }
}
