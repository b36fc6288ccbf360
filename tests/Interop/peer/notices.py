"""Notifications of oslo.messaging. Commands: notify, listen, stop."""
import peer
import oslo_messaging as messaging

listeners = {}


class Endpoint:
    def __init__(self, id):
        self.id = id

    def _heard(self, priority, context, publisher_id, event_type, payload, metadata):
        peer.say("heard", id=self.id, priority=priority, context=context, publisher_id=publisher_id,
                 event_type=event_type, payload=payload, metadata=metadata)


def _priority(name):
    return lambda self, *args: self._heard(name, *args)


for _name in ("debug", "info", "warn", "error", "critical", "audit", "sample"):
    setattr(Endpoint, _name, _priority(_name))


def listen(command):
    transport = peer.transport(command, messaging.get_notification_transport)
    listener = messaging.get_notification_listener(
        transport, [messaging.Target(topic=command["topic"])], [Endpoint(command["id"])], executor="threading")
    listener.start()
    listeners[command["id"]] = listener
    peer.say("started", id=command["id"])


def stop(command):
    listener = listeners.pop(command["id"])
    listener.stop()
    listener.wait()
    peer.say("stopped", id=command["id"])


def notify(command):
    transport = peer.transport(command, messaging.get_notification_transport)
    notifier = messaging.Notifier(transport, command["publisher_id"], driver=command.get("driver", "messagingv2"), topics=[command["topic"]])
    getattr(notifier, command.get("priority", "info"))(command.get("context") or {}, command["event_type"], command["payload"])
    peer.say("sent", id=command["id"])


peer.serve(listen=listen, stop=stop, notify=notify)
