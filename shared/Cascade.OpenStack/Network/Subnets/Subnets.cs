using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Subnets. A range that overlaps another of the same network is 400 InvalidInput (neutron/db/ipam_backend_mixin.py:
/// _validate_subnet_cidr); a delete with addresses in use is <see cref="NetworkError.SubnetInUse"/>.
/// </summary>
public sealed class Subnets : ChangeableCollection<Subnet, SubnetCreate, SubnetUpdate, SubnetFilter>
{
    internal Subnets(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/subnets", "subnet", "subnets", NetworkJson.Default.Subnet), NetworkJson.Default.SubnetCreate, NetworkJson.Default.SubnetUpdate)
    {
    }
}
