"""RPC servers of oslo.messaging. Commands: start, stop, open (a gate that a method waits at)."""
import threading

import peer
from nova_like import exception
import oslo_messaging as messaging

servers = {}
gates = {}
making = threading.Lock()


def gate(name):
    with making:
        return gates.setdefault(name, threading.Event())


class Endpoint:
    """Tells the test of every call before it answers."""

    def __init__(self, id, target):
        self.id = id
        self.target = target

    def _told(self, context, method, **args):
        peer.say("called", id=self.id, method=method, args=args, context=context)

    def echo(self, context, data=None):
        self._told(context, "echo", data=data)
        return data

    def size(self, context, data):
        return len(data)

    def nothing(self, context):
        self._told(context, "nothing")

    def whoami(self, context):
        return [self.target.namespace, self.target.version]

    def not_a_number(self, context):
        return [float("nan"), float("inf"), float("-inf")]

    def huge(self, context):
        return 2 ** 80

    def wait(self, context, name):
        self._told(context, "wait", name=name)
        gate(name).wait()
        return name

    def fail_plain(self, context, text):
        raise ValueError(text)

    def fail_nova(self, context, instance_id):
        raise exception.InstanceNotFound(instance_id=instance_id)

    @messaging.expected_exceptions(exception.InstanceNotFound)
    def fail_expected(self, context, instance_id):
        raise exception.InstanceNotFound(instance_id=instance_id)

    def _private(self, context):
        return "never"


def start(command):
    id = command["id"]
    transport = peer.transport(command, messaging.get_rpc_transport)
    endpoints = [
        Endpoint(id, messaging.Target(version=command.get("version", "6.1"))),
        Endpoint(id, messaging.Target(version="1.24", namespace="compute_task")),
    ]
    server = messaging.get_rpc_server(
        transport, messaging.Target(topic=command["topic"], server=command["server"]), endpoints, executor="threading",
        access_policy=messaging.DefaultRPCAccessPolicy)
    server.start()
    servers[id] = (transport, server)
    peer.say("started", id=id)


def stop(command):
    transport, server = servers.pop(command["id"])
    server.stop()
    server.wait()
    peer.say("stopped", id=command["id"])


peer.serve(start=start, stop=stop, open=lambda command: gate(command["gate"]).set())
