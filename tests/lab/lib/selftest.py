"""Boots real guests in a child, natively, and removes them.  Arguments: the clouds.yaml entry, `boot` or `finish`."""
import sys
import time

import openstack

entry, stage = sys.argv[1:3]
cloud = openstack.connect(cloud=entry)
started = time.monotonic()
NAME = 'selftest'


def say(text):
    print(f'[{time.monotonic() - started:4.0f}s] {text}', file=sys.stderr, flush=True)


def until(what, seconds, probe):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = probe()
        if got:
            return got
        time.sleep(1)
    sys.exit(f'selftest: gave up after {seconds} s: {what}')


def server(name):
    return cloud.compute.find_server(name, ignore_missing=True)


def reach(name, status, seconds=180):
    def probe():
        s = cloud.compute.get_server(server(name).id)
        if s.status == 'ERROR':
            sys.exit(f'selftest: {name} is in ERROR: {s.to_dict().get("fault") or "see nova-compute.log"}')
        return s if s.status == status and not s.task_state else None
    s = until(f'{name} to be {status}', seconds, probe)
    say(f'{name} is {status}')
    return s


def console(name, text, seconds=120):
    s = server(name)
    log = until(f'"{text}" on the console of {name}', seconds,
                lambda: (lambda t: t if text in t else None)(cloud.compute.get_server_console_output(s, length=400)['output'] or ''))
    line = next(x for x in log.splitlines() if text in x)
    say(f'{name} console: {line.strip()}')


def clean():
    router = cloud.network.find_router(NAME)
    for ip in cloud.network.ips():
        if router and ip.router_id == router.id:
            cloud.network.delete_ip(ip)
    servers = [s for s in cloud.compute.servers() if s.name.startswith(NAME)]
    for s in servers:
        cloud.compute.delete_server(s)
    until('the servers to be gone', 120, lambda: not [s for s in cloud.compute.servers() if s.name.startswith(NAME)])
    if router:
        for p in list(cloud.network.ports(device_id=router.id, device_owner='network:router_interface')):
            cloud.network.remove_interface_from_router(router, port_id=p.id)
        cloud.network.delete_router(router)
    net = cloud.network.find_network(NAME)
    if net:
        for p in cloud.network.ports(network_id=net.id):
            if not p.device_owner.startswith('network:'):
                cloud.network.delete_port(p)
        cloud.network.delete_network(net)
    for find, delete in ((cloud.network.find_security_group, cloud.network.delete_security_group),
                         (cloud.compute.find_flavor, cloud.compute.delete_flavor), (cloud.image.find_image, cloud.image.delete_image)):
        thing = find(NAME)
        if thing:
            delete(thing)
    volume = cloud.block_storage.find_volume(NAME)
    if volume:
        cloud.block_storage.delete_volume(volume)
        until('the volume to be gone', 60, lambda: not cloud.block_storage.find_volume(NAME))


def boot():
    clean()
    image = cloud.create_image(NAME, filename='/srv/image/tiny.qcow2', disk_format='qcow2', container_format='bare', wait=True)
    flavor = cloud.compute.create_flavor(name=NAME, ram=96, vcpus=1, disk=1)
    say('image and flavor are there')
    group = cloud.network.create_security_group(name=NAME)
    cloud.network.create_security_group_rule(security_group_id=group.id, direction='ingress', ethertype='IPv4', protocol='icmp')
    net = cloud.network.create_network(name=NAME)
    subnet = cloud.network.create_subnet(network_id=net.id, name=NAME, ip_version=4, cidr='192.168.77.0/24')
    ext = cloud.network.find_network('public', ignore_missing=False)
    router = cloud.network.create_router(name=NAME, external_gateway_info={'network_id': ext.id})
    cloud.network.add_interface_to_router(router, subnet_id=subnet.id)
    say('network, router and security group are there')
    data = 'aGVsbG8gZnJvbSB0aGUgbGFi'  # hello from the lab
    plain = cloud.compute.create_server(name=NAME + '-plain', image_id=image.id, flavor_id=flavor.id, networks='none',
                                        config_drive=True, user_data=data)
    wired = cloud.compute.create_server(name=NAME + '-wired', image_id=image.id, flavor_id=flavor.id, networks=[{'uuid': net.id}],
                                        security_groups=[{'name': NAME}])
    reach(plain.name, 'ACTIVE')
    console(plain.name, 'cascade guest up')
    console(plain.name, 'hello from the lab')
    reach(wired.name, 'ACTIVE')
    console(wired.name, 'cascade guest address')
    port = next(iter(cloud.network.ports(device_id=wired.id)))
    fip = cloud.network.create_ip(floating_network_id=ext.id, port_id=port.id)
    volume = cloud.block_storage.create_volume(name=NAME, size=1)
    until('the volume', 60, lambda: cloud.block_storage.get_volume(volume.id).status == 'available')
    cloud.compute.create_volume_attachment(wired.id, volume_id=volume.id)
    until('the attachment', 60, lambda: cloud.block_storage.get_volume(volume.id).status == 'in-use')
    say('a volume is attached')
    print(fip.floating_ip_address)


def finish():
    for name in (NAME + '-plain',):
        s = server(name)
        begun = time.monotonic()
        cloud.compute.stop_server(s)
        reach(name, 'SHUTOFF')
        took = time.monotonic() - begun
        if took > 15:
            sys.exit(f'selftest: {took:.0f} s to stop: the guest ignored its power button')
        cloud.compute.start_server(s)
        reach(name, 'ACTIVE')
        console(name, 'cascade guest up')
    s = server(NAME + '-wired')
    volume = cloud.block_storage.find_volume(NAME)
    cloud.compute.delete_volume_attachment(cloud.compute.find_server(s.id), volume.id) if _old() else cloud.compute.delete_volume_attachment(volume.id, s.id)
    until('the detachment', 60, lambda: cloud.block_storage.get_volume(volume.id).status == 'available')
    say('the volume is detached')
    clean()
    say('everything is deleted')


def _old():
    """openstacksdk turned the arguments of delete_volume_attachment round in 1.0."""
    from openstack import version
    return int(version.__version__.split('.')[0]) >= 1


{'boot': boot, 'finish': finish, 'clean': clean}[stage]()
