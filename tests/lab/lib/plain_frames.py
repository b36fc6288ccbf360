"""plain_frames.py DEVICE: switches its checksum and segmentation offload off (ethtool -K DEVICE tx off), for what reads its frames from a raw socket."""
import array
import fcntl
import socket
import struct
import sys

SIOCETHTOOL = 0x8946
ETHTOOL_STXCSUM, ETHTOOL_STSO, ETHTOOL_SGSO = 0x17, 0x1F, 0x24
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    for what in (ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_STXCSUM):
        value = array.array('B', struct.pack('II', what, 0))
        fcntl.ioctl(s, SIOCETHTOOL, struct.pack('16sP', sys.argv[1].encode(), value.buffer_info()[0]))
