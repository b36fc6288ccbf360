"""RPC clients of oslo.messaging. Commands: call, cast, pack. What a call ends in is told as `returned` or `raised`."""
import kombu

import nova_like  # noqa: F401  makes nova.exception importable where nova is not installed
import peer
import oslo_messaging as messaging


def client(command):
    transport = peer.transport(command, messaging.get_rpc_transport, allowed_remote_exmods=command.get("allowed", ["nova.exception"]))
    target = messaging.Target(topic=command["topic"], version=command.get("version"))
    make = getattr(messaging, "get_rpc_client", None) or messaging.RPCClient
    prepare = {name: command[name] for name in ("server", "namespace", "fanout", "timeout") if command.get(name) is not None}
    if command.get("monitor"):
        prepare["call_monitor_timeout"] = command["monitor"]
    return make(transport, target, version_cap=command.get("cap")).prepare(**prepare)


def call(command):
    try:
        value = client(command).call(command.get("context") or {}, command["method"], **(command.get("args") or {}))
        peer.say("returned", id=command["id"], value=value)
    except Exception as failure:
        peer.say(
            "raised", id=command["id"], type=type(failure).__name__, module=type(failure).__module__, text=str(failure),
            bases=[base.__name__ for base in type(failure).__mro__], args=[arg for arg in failure.args],
            kwargs=getattr(failure, "kwargs", None), exc_type=getattr(failure, "exc_type", None), value=getattr(failure, "value", None))


def cast(command):
    client(command).cast(command.get("context") or {}, command["method"], **(command.get("args") or {}))
    peer.say("sent", id=command["id"])


def pack(command):
    """Publishes a finished body as kombu packs it: oslo's own kombu_compression=bz2 is a KeyError in kombu, which calls it bzip2."""
    with kombu.Connection(command["url"].replace("rabbit://", "pyamqp://")) as connection:
        connection.Producer().publish(
            command["body"], exchange=command["exchange"], routing_key=command["key"], compression=command["compression"],
            content_type="application/json", content_encoding="utf-8", serializer=None)
    peer.say("sent", id=command["id"])


peer.serve(call=call, cast=cast, pack=pack)
