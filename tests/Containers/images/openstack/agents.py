"""Stands for the Neutron agents of a host whose guests are Nova's FakeDriver: there is nothing to plug, so every port that is bound to it is up at once."""
import socket
import sys
import time

from neutron.common import eventlet_utils
eventlet_utils.monkey_patch()

import oslo_messaging
from neutron.agent import rpc
from neutron.common import config
from neutron.conf.agent import common
from neutron_lib import context, rpc as n_rpc
from neutron_lib.agent import topics
from oslo_config import cfg

config.register_common_config_options()
common.register_agent_state_opts_helper(cfg.CONF)
config.init(sys.argv[1:])
config.setup_logging()
host, admin = cfg.CONF.host, context.get_admin_context()


class Ports:
    target = oslo_messaging.Target(version='1.4')
    plugin = rpc.PluginApi(topics.PLUGIN)

    def port_update(self, _, port, **__):
        if port.get('binding:host_id') == host:
            self.plugin.update_device_up(admin, port['id'], 'ovs-agent-' + host, host)


updates = n_rpc.Connection()
updates.create_consumer(topics.get_topic_name(topics.AGENT, topics.PORT, topics.UPDATE), [Ports()], fanout=True)
updates.consume_in_threads()
reports = rpc.PluginReportStateAPI(topics.REPORTS)
routers = n_rpc.get_client(oslo_messaging.Target(topic=topics.L3PLUGIN, version='1.1'))
switch = {'binary': 'neutron-openvswitch-agent', 'agent_type': 'Open vSwitch agent', 'host': host, 'topic': 'N/A', 'start_flag': True, 'configurations': {
    'bridge_mappings': {'physext': 'br-ex'}, 'tunnel_types': ['vxlan'], 'tunneling_ip': socket.gethostbyname(socket.gethostname())}}
router = {'binary': 'neutron-l3-agent', 'agent_type': 'L3 agent', 'host': host, 'topic': topics.L3_AGENT, 'availability_zone': 'nova', 'start_flag': True,
          'configurations': {'agent_mode': 'legacy', 'handle_internal_only_routers': True}}


def report():
    for agent in (switch, router):
        reports.report_state(admin, agent, True)
        agent.pop('start_flag', None)
    for known in routers.prepare().call(admin, 'sync_routers', host=host, router_ids=None):
        up = {address['id']: 'ACTIVE' for address in known.get('_floatingips', [])}
        if up:
            routers.prepare().call(admin, 'update_floatingip_statuses', router_id=known['id'], fip_statuses=up)


while True:
    try:
        report()
    except oslo_messaging.MessagingTimeout:
        pass  # the server is not there yet
    time.sleep(5)
