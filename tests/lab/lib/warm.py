"""The first network, DHCP port and router of a child, which take long, for the agents start their helpers then; and what tells whether they do it at all.
Argument: the clouds.yaml entry."""
import sys
import time

import openstack

NAME = 'warm'
cloud = openstack.connect(cloud=sys.argv[1]).network


def clean():
    router = cloud.find_router(NAME)
    if router:
        for port in list(cloud.ports(device_id=router.id, device_owner='network:router_interface')):
            cloud.remove_interface_from_router(router, port_id=port.id)
        cloud.delete_router(router)
    net = cloud.find_network(NAME)
    if net:
        cloud.delete_network(net)


def states(net):
    return {port.device_owner: port.status for port in cloud.ports(network_id=net.id)}


clean()
made = cloud.create_network(name=NAME)
subnet = cloud.create_subnet(network_id=made.id, name=NAME, ip_version=4, cidr='192.168.254.0/24')
cloud.add_interface_to_router(cloud.create_router(name=NAME), subnet_id=subnet.id)
end = time.monotonic() + 300
while (seen := states(made)) != {'network:dhcp': 'ACTIVE', 'network:router_interface': 'ACTIVE'}:
    if time.monotonic() > end:
        sys.exit(f'the ports of a first network: {seen}')
    time.sleep(1)
clean()
