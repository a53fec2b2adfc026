"""Small pictures whose headers can be changed: JPEG (ITU-T T.81), VP8 (RFC 6386), PNG (W3C) and MPEG-2."""
import struct
import zlib

from tools import ffmpeg


def jpeg():
    return ffmpeg(
        "-f", "lavfi", "-i", "color=gray:s=64x64", "-frames:v", 1, "-c:v", "mjpeg", "-f", "image2pipe")


def patched(data, name, width, height):
    """Other sizes in the first key frame's own header."""
    data = bytearray(data)
    if name == "mjpeg":
        at = data.index(b"\xff\xc0")
        struct.pack_into(">2H", data, at + 5, height, width)
    elif name == "vp8":
        at = data.index(b"\x9d\x01\x2a")
        struct.pack_into("<2H", data, at + 3, min(width, 16383), min(height, 16383))
    elif name == "png":
        at = data.index(b"IHDR")
        struct.pack_into(">2I", data, at + 4, width, height)
        struct.pack_into(">I", data, at + 17, zlib.crc32(data[at:at + 17]))
    elif name == "mpeg2":
        at = data.index(b"\0\0\1\xb3")
        value = min(width, 4095) << 12 | min(height, 4095)
        data[at + 4:at + 7] = value.to_bytes(3, "big")
        at = data.index(b"\0\0\1\xb5", at)
        # Two more bits of each size in the extension.
        number = int.from_bytes(data[at + 4:at + 8], "big")
        number |= 3 << 15 | 3 << 13
        data[at + 4:at + 8] = number.to_bytes(4, "big")
    return bytes(data)
