"""AVI, FLV and ASF with too many tags (Microsoft RIFF and ASF, Adobe FLV), large files, and JSON."""
import struct

from tools import GIGABYTE, Sparse, bomb, clip, encoded


@bomb()
def avi_tags(_):
    tags = b"".join(b"%04d" % (index % 10_000) + struct.pack("<I", 2) + b"x\0" for index in range(20_000))
    data = encoded("mjpeg", "avi")
    at = data.index(b"LIST", data.index(b"movi") - 8)
    return data[:at] + b"LIST" + struct.pack("<I", 4 + len(tags)) + b"INFO" + tags + data[at:]


@bomb()
def avi_index(_):
    """An index of half a gigabyte."""
    movi = b"LIST" + struct.pack("<I", 4) + b"movi"
    data = encoded("mjpeg", "avi")
    return Sparse(data[:data.index(b"LIST", data.index(b"movi") - 8)], movi, b"idx1" + struct.pack("<I", GIGABYTE // 2), GIGABYTE // 2 - 1, b"\0")


@bomb()
def flv_script(_):
    """A script with twenty thousand named values."""
    values = b"".join(
        struct.pack(">H", 6) + b"%06d" % index + b"\0" + struct.pack(">d", 1) for index in range(20_000))
    body = b"\x02\0\x0aonMetaData\x08" + struct.pack(">I", 20_000) + values + b"\0\0\x09"
    tag = b"\x12" + len(body).to_bytes(3, "big") + bytes(7) + body
    data = clip("flv.flv")
    return data[:13] + tag + struct.pack(">I", len(tag)) + data[13:]


@bomb()
def asf_tags(_):
    data = clip("asf.asf")
    objects = b"".join(
        struct.pack("<H", 14) + f"{index:06d}".encode("utf-16le") + b"\0\0" + struct.pack("<2H", 0, 2)
        + b"x\0" for index in range(20_000))
    guid = bytes.fromhex("40a4d0d207e3d21197f000a0c95ea850")
    body = struct.pack("<H", 20_000) + objects
    added = guid + struct.pack("<Q", 24 + len(body)) + body
    head = bytearray(data[:30])
    struct.pack_into("<Q", head, 16, struct.unpack_from("<Q", data, 16)[0] + len(added))
    struct.pack_into("<I", head, 24, struct.unpack_from("<I", data, 24)[0] + 1)
    return bytes(head) + added + data[30:]


@bomb()
def terabyte(_):
    return Sparse(clip("short-0.4.mp4"), 1 << 40, b"\0")


@bomb()
def zeros(_):
    """A transport stream of two packets and nearly two gigabytes of nothing."""
    return Sparse(clip("mpegts.ts")[:1880], 1_900_000_000, b"\0")


@bomb("large", "deep", "wide")
def json_that_is(what):
    if what == "deep":
        return b'{"a":' + b"[" * 400_000 + b"]" * 400_000 + b"}"
    if what == "wide":
        return b"{" + b",".join(b'"%d":1' % index for index in range(200_000)) + b"}"
    return Sparse(b'{"a":"', 100_000_000, b'"}')
