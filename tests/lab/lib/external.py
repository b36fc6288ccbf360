"""The external network of a cloud, the same in all of them; idempotent.  Arguments: the clouds.yaml entry, the first three numbers of its addresses, and the first
and the last one that this cloud may give away."""
import sys

import openstack

entry, segment, first, last = sys.argv[1:]
cloud = openstack.connect(cloud=entry)
net = cloud.network.find_network('public')
if not net:
    net = cloud.network.create_network(name='public', is_router_external=True, provider_network_type='flat', provider_physical_network='physext')
if not net.subnet_ids:
    cloud.network.create_subnet(network_id=net.id, name='public', ip_version=4, cidr=f'{segment}.0/24', gateway_ip=f'{segment}.1', is_dhcp_enabled=False,
                                allocation_pools=[{'start': f'{segment}.{first}', 'end': f'{segment}.{last}'}])
