"""The stock openstack command, kept loaded: to start it costs more than what it does, and the lab's tests ask hundreds of times.

Every request is a fork that runs the command's own main with the caller's arguments, files and directory; nothing of one request is seen by the next.
Its other side is client_ask.py.
"""
import importlib.metadata
import json
import os
import signal
import socket
import sys

from openstackclient import shell

SOCKET = "/run/lab-client.sock"


def load():
    """Imports every command, as the shell would on its first use. One that cannot be imported says so when it is asked for."""
    known = importlib.metadata.entry_points()
    for group in known.groups:
        if not group.startswith("openstack."):
            continue
        for point in known.select(group=group):
            try:
                point.load()
            except Exception:  # noqa: BLE001
                continue
    # Reads the table of commands. Nothing that talks to a cloud: the client of a service is kept for the process (osc_lib/clientmanager.py: ClientCache).
    shell.main(["module", "list"])


def serve(peer):
    request, files, _, _ = socket.recv_fds(peer, 1 << 20, 3)
    request = json.loads(request)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(request["directory"])
    os.environ.update(request["environment"])
    try:
        code = shell.main(request["arguments"])
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    peer.send(b"%d" % (code if isinstance(code, int) else code is not None))


def main():
    load()
    # What is still in a buffer would be in every fork's.
    sys.stdout.flush()
    sys.stderr.flush()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if os.path.exists(SOCKET):
        os.unlink(SOCKET)
    os.umask(0o077)
    # A request is one message: nothing has to say where it ends.
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(SOCKET)
    listener.listen(64)
    while True:
        peer, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            code = 1
            try:
                serve(peer)
                code = 0
            finally:
                os._exit(code)
        peer.close()


main()
