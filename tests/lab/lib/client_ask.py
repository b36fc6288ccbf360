"""client_ask.py SOCKET DIRECTORY [NAME=VALUE...] -- ARGS...: has the loaded openstack command (client.py) do one command with our own files."""
import json
import socket
import sys

path, directory, *rest = sys.argv[1:]
at = rest.index("--")
peer = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
try:
    peer.connect(path)
except OSError:
    sys.exit(250)  # none is running: the caller starts the command itself
request = {"directory": directory, "environment": dict(pair.split("=", 1) for pair in rest[:at]), "arguments": rest[at + 1:]}
socket.send_fds(peer, [json.dumps(request).encode()], [0, 1, 2])
answer = peer.recv(16)
if not answer:
    sys.exit("openstack: the loaded command died, see client.log of the parent")
sys.exit(int(answer))
