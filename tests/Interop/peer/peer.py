"""What the scripts share: commands as JSON lines on standard input, events as JSON lines on standard output, transports by options."""
import json
import logging
import os
import sys
import tempfile
import threading

from oslo_config import cfg
import oslo_messaging as messaging
from oslo_messaging._metrics import client as metrics

# The queue manager of newer releases reads /proc of its process group's leader, and a run in the background may have lost it.
os.setpgrp()

_write = threading.Lock()
_making = threading.Lock()
_transports = {}

try:
    # The queue manager of newer releases counts in a file that it locks.
    from oslo_concurrency import lockutils
    lockutils.set_defaults(os.path.dirname(os.path.abspath(__file__)))
except ImportError:
    pass

logging.basicConfig(stream=sys.stderr, level=os.environ.get("PEER_LOG", "WARNING"))


def say(event, **members):
    line = json.dumps({"event": event, **members}, default=repr)
    with _write:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def transport(command, make, **more):
    """One transport per url, exchange and option set, as a service has one."""
    options = dict(command.get("options") or {})
    if command.get("exchange"):
        options["DEFAULT"] = {"control_exchange": command["exchange"], **options.get("DEFAULT", {})}
    key = json.dumps([command["url"], options, make.__name__, sorted(more.items())], default=repr)
    with _making:
        if key not in _transports:
            _transports[key] = make(_configuration(options), url=command["url"], **more)
        return _transports[key]


def _configuration(options):
    conf = cfg.ConfigOpts()
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        for group, members in options.items():
            file.write("[%s]\n" % group)
            for name, value in members.items():
                file.write("%s = %s\n" % (name, value))
        file.flush()
        # oslo.messaging registers these on the global configuration only, and its client reads them.
        conf.register_opts(metrics.oslo_messaging_metrics, group="oslo_messaging_metrics")
        conf([], project="peer", default_config_files=[file.name], default_config_dirs=[])
    return conf


def serve(**verbs):
    """Runs each command in a thread of its own, so that one that waits holds up no other."""
    def run(command):
        try:
            verbs[command["do"]](command)
        except Exception as failure:  # noqa: the test wants to see it, whatever it is
            logging.exception("%s", command.get("do"))
            say("refused", id=command.get("id"), text=repr(failure))

    say("ready", pid=os.getpid(), oslo=messaging.__file__)
    for line in sys.stdin:
        threading.Thread(target=run, args=(json.loads(line),), daemon=True).start()
    os._exit(0)
