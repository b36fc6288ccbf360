using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Trunks; only where <see cref="Extension.Trunk"/> is (neutron/services/trunk/plugin.py). Refusals: <see cref="NetworkError.ParentPortInUse"/>,
/// <see cref="NetworkError.TrunkPortInUse"/>, <see cref="NetworkError.DuplicateSubPort"/>, <see cref="NetworkError.TrunkInUse"/> (deleting while the parent
/// port is bound), <see cref="NetworkError.TrunkDisabled"/>, <see cref="NetworkError.SubPortMtuTooBig"/>.
/// </summary>
public sealed class Trunks : ChangeableCollection<Trunk, TrunkCreate, TrunkUpdate, TrunkFilter>
{
    internal Trunks(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/trunks", "trunk", "trunks", NetworkJson.Default.Trunk), NetworkJson.Default.TrunkCreate, NetworkJson.Default.TrunkUpdate)
    {
    }

    /// <summary>Adds sub ports, all or none. Sent once: a port that is one already is <see cref="NetworkError.PortInUseAsSubPort"/>.</summary>
    public Task<Trunk> AddSubPortsAsync(Scope scope, string id, IReadOnlyList<SubPort> subPorts, CancellationToken cancelled) =>
        ChangeAsync(scope, id, "add_subports", subPorts, cancelled);

    /// <summary>Takes sub ports away; one that is not there is NotFound (SubPortNotFound).</summary>
    public Task<Trunk> RemoveSubPortsAsync(Scope scope, string id, IEnumerable<string> portIds, CancellationToken cancelled) =>
        ChangeAsync(scope, id, "remove_subports", [.. portIds.Select(port => new SubPort(port))], cancelled);

    private Task<Trunk> ChangeAsync(Scope scope, string id, string verb, IReadOnlyList<SubPort> subPorts, CancellationToken cancelled)
    {
        var request = ApiRequest.Put(PathOf(id, verb), new SubPortList(subPorts), NetworkJson.Default.SubPortList, idempotent: false);
        // neutron/services/trunk/plugin.py: add_subports answers the bare trunk, not one inside of "trunk".
        return Client.SendAsync(scope, request, NetworkJson.Default.Trunk, cancelled);
    }
}
