using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Networks. Refusals of a create: <see cref="NetworkError.TunnelIdInUse"/>, <see cref="NetworkError.VlanIdInUse"/>,
/// <see cref="NetworkError.FlatNetworkInUse"/> (409), MTU too big or an unknown physical network (400 InvalidInput); of a delete:
/// <see cref="NetworkError.NetworkInUse"/> while there are ports that Neutron does not delete by itself (db/models_v2.py and
/// neutron/db/db_base_plugin_v2.py: AUTO_DELETE_PORT_OWNERS); its subnets go with it.
/// </summary>
public sealed class Networks : ChangeableCollection<NetworkInfo, NetworkCreate, NetworkUpdate, NetworkFilter>
{
    internal Networks(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/networks", "network", "networks", NetworkJson.Default.NetworkInfo), NetworkJson.Default.NetworkCreate, NetworkJson.Default.NetworkUpdate)
    {
    }
}
