"""Shows a recording (lib/record.py) as what one host and its parent said to each other, in words that are the same for two hosts doing the same.

Arguments: the recording, the host, and --json for a list of {section, who, way, what, of, values, read, fails}.  `way` is < for what the host was asked
or told, > for what it said.  Servers, ports and floating IPs are numbered as they come, moments are "set", the host is HOST.  A read is what changes nothing; without
--json reads are left out, and what is said again without a change is said once.
"""
import json
import re
import sys

path, host, *more = sys.argv[1:]
AGENT = {'Open vSwitch agent': 'l2', 'DHCP agent': 'dhcp', 'L3 agent': 'l3'}
READ = re.compile(r'^(get_(?!devices?_details)|bulk_pull|refresh|obj_load|ping|has_alive|security_group_info|object_backport|provider_fw|.*_get_all|.*\.(get|refresh|obj_load))')
TOLD_BY_VALUE = {'vm_state', 'task_state', 'power_state', 'host', 'node', 'launched_on', 'deleted', 'cleaned', 'progress', 'disabled', 'disabled_reason', 'forced_down'}
UUID = re.compile(r'^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$')


def data(thing):
    """The fields of a versioned object of Nova or Neutron."""
    return next((thing[k] for k in ('nova_object.data', 'versioned_object.data') if k in thing), {}) if isinstance(thing, dict) else {}


class Names:
    """server1, port1, ... in the order in which they come."""

    def __init__(self):
        self.known = {}

    def __call__(self, kind, uuid):
        if not uuid:
            return ''
        of_kind = self.known.setdefault(kind, {})
        return of_kind.setdefault(uuid, f'{kind}{len(of_kind) + 1}')

    def has(self, kind, uuid):
        return uuid in self.known.get(kind, {})


def brief(name, value):
    if name in TOLD_BY_VALUE:
        return 'HOST' if value == host else value
    return None if value is None else 'set'


def speaks_for_host(line):
    """By what it says itself; most messages do not say who sends them."""
    args = line['args'] or {}
    if line['key'] == 'conductor':
        kind, fields = (args.get('objinst') or {}).get('nova_object.name'), data(args.get('objinst'))
        # A compute's own records name their host; of an instance's it may still be without.
        return (fields.get('host') == host and kind in ('Service', 'ComputeNode', 'Instance')) or host in [a for a in args.get('args') or [] if isinstance(a, str)]
    state = (args.get('agent_state') or {}).get('agent_state') or {}
    return host in (args.get('host'), state.get('host')) or args.get('agent_id') == f'ovs-agent-{host}'


def port_of(fields):
    """(id, host, status, owner) of a port, as the API says it or as a versioned object."""
    bound = [data(b).get('host') for b in fields.get('bindings') or [] if data(b).get('status') != 'INACTIVE']
    return fields.get('id'), fields.get('binding:host_id', bound[0] if bound else ''), fields.get('status'), fields.get('device_owner')


class Recording:
    def __init__(self, lines):
        self.lines = lines
        requests = [x for x in lines if 'method' in x]
        self.failed = {x['id']: json.loads(x['failure'])['class'] for x in lines if x.get('failure')}
        # Who has told us its name once is known by the queue of its replies.
        self.queues = {}
        for x in requests:
            if x['reply'] and x['key'] in ('conductor', 'q-plugin', 'q-reports-plugin', 'q-l3-plugin') and speaks_for_host(x):
                state = ((x['args'] or {}).get('agent_state') or {}).get('agent_state') or {}
                who = AGENT.get(state.get('agent_type')) or self.queues.get(x['reply']) or ('nova' if x['key'] == 'conductor' else '')
                self.queues[x['reply']] = who
        # The server pushes at its own version, and at the older ones that agents ask for.
        self.pushes = max((x['exchange'] for x in requests if x['exchange'].startswith('neutron-vo-Port-')), key=lambda name: int(re.findall(r'\d+', name)[1]), default='')
        self.names = Names()

    def entries(self):
        section = ''
        for x in self.lines:
            if 'mark' in x:
                section = x['mark']
            elif 'method' in x:
                for who, way, what, of, values in self.told(x) or self.said(x):
                    yield {'section': section, 'at': x['at'], 'who': who, 'way': way, 'what': what, 'of': of, 'values': values, 'read': bool(READ.match(what)),
                           'fails': self.failed.get(x['id'])}

    def told(self, x):
        """What the host is asked or told."""
        args = x['args'] or {}
        topic, _, to = x['key'].partition('.')
        if to == host:
            who = 'nova' if topic.startswith('compute') else {'dhcp_agent': 'dhcp', 'l3_agent': 'l3'}.get(topic, 'l2')
            if x['method'] == 'external_instance_event':
                return [(who, '<', 'external_instance_event', self.names('server', e['instance_uuid']),
                         {'name': e['name'], 'status': e['status'], 'port': self.names('port', e['tag']) if UUID.match(e['tag'] or '') else e['tag']})
                        for e in map(data, args['events'])]
            instance = data(args.get('instance') or (args.get('request_spec') or {}).get('instance'))
            return [(who, '<', x['method'], self.names('server', instance.get('uuid')), {})]
        if x['exchange'] == 'q-agent-notifier-port-update_fanout' and port_of(args['port'])[1] == host:
            return [('l2', '<', 'port_update', self.names('port', args['port']['id']), {'status': args['port']['status']})]
        if x['exchange'] == self.pushes:
            ports = [port_of(data(p)) for p in args['resource_list']]
            # One that leaves the host is told with no host, or another.
            return [('l2', '<', f'push Port {args["event_type"]}', self.names('port', p), {'status': status, 'host': 'HOST' if at == host else at, 'owner': owner})
                    for p, at, status, owner in ports if at == host or self.names.has('port', p)]
        return []

    def said(self, x):
        """What the host says."""
        who = self.queues.get(x['reply'])
        if who is None and not (x['key'].startswith('q-') and '.' not in x['key'] and speaks_for_host(x)):
            return []
        args = x['args'] or {}
        if x['method'] in ('object_action', 'object_class_action_versions'):
            return [self.conductor(args)]
        ports = [p for key in ('devices', 'devices_up', 'devices_down') for p in args.get(key) or []]
        port = args.get('device') or args.get('port_id') or ((args.get('port') or {}).get('id') if isinstance(args.get('port'), dict) else None)
        of = ' '.join(self.names('port', p) for p in ports) or self.names('port', port)
        values = {}
        if x['method'] == 'report_state':
            state = args['agent_state']['agent_state']
            values = {k: v for k, v in state.items() if k not in ('uuid', 'host')}
        elif 'devices_up' in args:
            values = {'up': [self.names('port', p) for p in args['devices_up']], 'down': [self.names('port', p) for p in args['devices_down']]}
        elif 'fip_statuses' in args:
            values = {self.names('fip', fip): status for fip, status in args['fip_statuses'].items()}
        elif x['method'] == 'bulk_pull':
            values = {'type': args.get('resource_type')}
        return [(who or 'l2', '>', x['method'], of, values)]

    def conductor(self, args):
        if 'objinst' in args:
            thing, kind = data(args['objinst']), args['objinst']['nova_object.name']
            changed = args['objinst'].get('nova_object.changes') or []
            values = {name: brief(name, thing.get(name)) for name in sorted(changed) if name not in ('updated_at', 'created_at')}
            values.update({k: v for k, v in (args.get('kwargs') or {}).items() if k.startswith('expected_') and v is not None and k != 'expected_attrs'})
            server = thing.get('uuid') if kind == 'Instance' else thing.get('instance_uuid')
            return 'nova', '>', f'{kind}.{args["objmethod"]}', self.names('server', server), values
        values, words = {}, [a for a in args.get('args') or [] if isinstance(a, str)]
        if args['objname'] == 'InstanceActionEvent':
            values = {'event': words[1] if len(words) > 1 else None}
            if 'finish' in args['objmethod']:
                values['result'] = 'Error' if (args.get('kwargs') or {}).get('exc_val') else 'Success'
        server = next((w for w in words if UUID.match(w)), None) if args['objname'].startswith('Instance') else None
        return 'nova', '>', f'{args["objname"]}.{args["objmethod"]}', self.names('server', server), values


def text(values):
    return ' '.join(f'{k}={v if isinstance(v, str) else json.dumps(v)}' for k, v in values.items())


with open(path) as f:
    recording = Recording([json.loads(line) for line in f if line.strip()])
entries = list(recording.entries())
if '--json' in more:
    json.dump(entries, sys.stdout)
else:
    section, before = '', set()
    for e in entries:
        if e['section'] != section:
            section, before = e['section'], set()
            print(f'== {section}')
        line = f'{e["who"]:<4} {e["way"]} {e["what"]:<40} {e["of"]:<8} {text(e["values"])}{" FAILS " + e["fails"] if e["fails"] else ""}'.rstrip()
        # heartbeats and the like once in a section
        again = (e['who'], e['what']) if not e['of'] else line
        if e['read'] or (not e['of'] and again in before):
            continue
        before.add(again)
        print(line)
