"""Users, roles, regions and endpoints of the lab in the parent's Keystone; idempotent.  Argument: a JSON file with what is wanted."""
import json
import sys
import urllib.parse

from keystoneauth1 import session
from keystoneauth1.identity import v3
from keystoneclient.v3 import client

want = json.load(open(sys.argv[1]))
auth = v3.Password(auth_url=want['url'], username='admin', password=want['admin'], project_name='admin',
                   user_domain_id='default', project_domain_id='default')
keystone = client.Client(session=session.Session(auth), interface='internal')


def named(manager, name, make):
    return next((x for x in manager.list() if getattr(x, 'name', None) == name), None) or make()


roles = {n: named(keystone.roles, n, lambda: keystone.roles.create(n)) for n in ('admin', 'service', 'member')}
service = named(keystone.projects, 'service', lambda: keystone.projects.create('service', 'default'))
demo = named(keystone.projects, 'demo', lambda: keystone.projects.create('demo', 'default'))
other = named(keystone.projects, 'other', lambda: keystone.projects.create('other', 'default'))
users = {u.name: u for u in keystone.users.list()}
known = set(users)


def user(name, password):
    if name not in users:
        users[name] = keystone.users.create(name, domain='default', password=password)
    return users[name]


for name in ('nova', 'placement', 'neutron', 'cinder', 'glance', 'cascade'):
    if name not in known:
        password = want['cascade'] if name == 'cascade' else want['service']
        for role in ('admin', 'service'):
            keystone.roles.grant(roles[role], user=user(name, password), project=service)
if 'cascade' not in known:
    # tokens scoped to any tenant's project: what our agents make in a child belongs to the tenant
    keystone.roles.grant(roles['member'], user=users['cascade'], domain='default', os_inherit_extension_inherited=True)
if 'demo' not in known:
    for project in (demo, other):
        keystone.roles.grant(roles['member'], user=user('demo', want['demo']), project=project)

services = {s.type: s for s in keystone.services.list()}
regions = {r.id for r in keystone.regions.list()}
endpoints = {(e.region_id, e.service_id, e.interface): e for e in keystone.endpoints.list()}
for region, address in want['regions'].items():
    if region not in regions:
        keystone.regions.create(id=region)
    for name, kind, port, path in (
            ('keystone', 'identity', 5000, '/v3'),
            ('nova', 'compute', 8774, '/v2.1'),
            ('placement', 'placement', 8778, ''),
            ('neutron', 'network', 9696, ''),
            ('glance', 'image', 9292, ''),
            ('cinderv3', 'volumev3', 8776, '/v3/%(project_id)s')):
        # Keystone is the parent's, and the same in every region.
        at = urllib.parse.urlsplit(want['url']).hostname if kind == 'identity' else address
        if kind not in services:
            services[kind] = keystone.services.create(name, type=kind)
        for interface in ('public', 'internal', 'admin'):
            url = f'https://{at}:{port + want["tls"]}{path}' if want['tls'] and interface == 'public' else f'http://{at}:{port}{path}'
            old = endpoints.get((region, services[kind].id, interface))
            if old is None:
                keystone.endpoints.create(services[kind], url, interface=interface, region=region)
            elif old.url != url:
                keystone.endpoints.update(old, url=url)
