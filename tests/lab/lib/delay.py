"""Passes frames between two interfaces, each MS milliseconds late (kernels without netem): delay.py A B MS."""
import collections
import select
import socket
import sys
import time

ETH_P_ALL, PACKET_OUTGOING = 3, 4


def packets(interface):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    s.bind((interface, ETH_P_ALL))
    s.setblocking(False)
    return s


a, b = packets(sys.argv[1]), packets(sys.argv[2])
late = float(sys.argv[3]) / 1000
across = {a: b, b: a}
queue = collections.deque()  # the same delay for all: in order of arrival is in order of departure
while True:
    wait = max(0.0, queue[0][0] - time.monotonic()) if queue else None
    for s in select.select([a, b], [], [], wait)[0]:
        try:
            while True:
                frame, address = s.recvfrom(65535)
                if address[2] != PACKET_OUTGOING and len(queue) < 20000:
                    queue.append((time.monotonic() + late, across[s], frame))
        except OSError:
            pass  # nothing more, or the link is cut
    while queue and queue[0][0] <= time.monotonic():
        _, out, frame = queue.popleft()
        try:
            out.send(frame)
        except OSError:
            pass  # the link is cut, or its queue is full: frames get lost, as on a real one
