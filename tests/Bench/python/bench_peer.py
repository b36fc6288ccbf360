"""Python's side of the bench, with the executor that services of that release run on: server PORT or client PORT; one command a line."""
import eventlet
from eventlet import event, tpool
eventlet.monkey_patch()

import json
import logging
import os
import statistics
import sys
import time

from oslo_config import cfg
import oslo_messaging as messaging
from oslo_messaging._metrics import client as metrics

# With 64 callers the pool says for each connection that it is over its 30.
logging.disable(logging.WARNING)
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


def transport(port):
    conf = cfg.ConfigOpts()
    conf.register_opts(metrics.oslo_messaging_metrics, group="oslo_messaging_metrics")
    conf([], project="bench", default_config_files=[], default_config_dirs=[])
    messaging.set_transport_defaults("bench")
    return messaging.get_rpc_transport(conf, url="rabbit://guest:guest@127.0.0.1:%s//" % port)


def read(kind):
    with open(os.path.join(DATA, kind + ".json")) as file:
        message = json.load(file)
    return message["context"], message["data"]


class Endpoint:
    target = messaging.Target(version="6.0")
    left = 0

    def echo(self, context, data):
        Endpoint.left -= 1
        if Endpoint.left == 0:
            Endpoint.drained.send(None)
        return data


def serve(made, topic):
    server = messaging.get_rpc_server(
        made, messaging.Target(topic=topic, server="host"), [Endpoint()], executor="eventlet", access_policy=messaging.DefaultRPCAccessPolicy)
    server.start()
    return server


def server(made, command):
    if command[0] == "serve":
        serve(made, command[1])
        return "serving"
    Endpoint.drained = event.Event()
    Endpoint.left = int(command[2])
    began = time.monotonic()
    started = serve(made, command[1])
    Endpoint.drained.wait()
    took = time.monotonic() - began
    started.stop()
    started.wait()
    return "done %s %.3f 0" % (command[2], took)


def client(made, command):
    context, data = read(command[2])
    target = messaging.Target(topic=command[1], version="6.0", server="host")
    ask = messaging.RPCClient(made, target)
    if command[0] == "calls":
        for _ in range(int(command[3])):
            ask.call(context, "echo", data=data)
        return "done"
    times = []
    began = time.monotonic()
    until = began + float(command[4])

    def caller():
        while time.monotonic() < until:
            start = time.monotonic()
            ask.call(context, "echo", data=data)
            times.append(time.monotonic() - start)

    pool = eventlet.GreenPool(int(command[3]))
    for _ in range(int(command[3])):
        pool.spawn(caller)
    pool.waitall()
    return "done %d %.3f %.3f" % (len(times), time.monotonic() - began, statistics.median(times) * 1000)


def main(role, port):
    made = transport(port)
    print("ready", flush=True)
    while True:
        # Waiting for a command must not hold up the loop that serves.
        line = tpool.execute(sys.stdin.readline)
        if not line or line.strip() == "quit":
            os._exit(0)
        print(role(made, line.split()), flush=True)


main({"server": server, "client": client}[sys.argv[1]], sys.argv[2])
