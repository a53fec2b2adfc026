"""Damage that ffmpeg will not do: patches of one clip's bytes into another, untrustworthy one.

Box layouts: ISO/IEC 14496-12; the alias record of a data reference: QuickTime File Format, `alis`.
"""
import random
import struct

CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"edts")


def boxes(data, start=0, end=None):
    """Every box as (path, start, size), parents before children; the path is slash-separated."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < 8:
            return
        name = kind.decode("latin-1")
        yield name, start, size
        if kind in CONTAINERS or kind == b"dref":
            # A `dref` holds a version, flags and a count before its entries.
            inner = start + (16 if kind == b"dref" else 8)
            for path, at, length in boxes(data, inner, start + size):
                yield f"{name}/{path}", at, length
        start += size


def truncate(data, recipe):
    """Keeps the first `keep` share of the file, or of the box named `inside` and all before it."""
    start, size = 0, len(data)
    if "inside" in recipe:
        start, size = next((at, n) for path, at, n in boxes(data) if path == recipe["inside"])
    return data[: start + int(size * recipe["keep"])]


def corrupt(data, recipe):
    """Overwrites `bytes` bytes with noise, in `runs` places of the middle half of the mdat box."""
    start, size = next((at, n) for path, at, n in boxes(data) if path == "mdat")
    noise, damaged = random.Random(1), bytearray(data)
    for _ in range(recipe["runs"]):
        length = recipe["bytes"] // recipe["runs"]
        at = start + size // 4 + noise.randrange(size // 2 - length)
        damaged[at: at + length] = noise.randbytes(length)
    return bytes(damaged)


def false_duration(data, recipe):
    """Multiplies every duration in the headers by `factor`; the sample tables stay true."""
    # Offset of the 32-bit duration in version 0 of each box, from the box's start.
    at = {"mvhd": 24, "tkhd": 28, "mdhd": 24, "elst": 16}
    lying = bytearray(data)
    for path, start, _ in boxes(data):
        offset = at.get(path.rsplit("/", 1)[-1])
        if offset:
            value, = struct.unpack_from(">I", data, start + offset)
            struct.pack_into(">I", lying, start + offset, value * recipe["factor"])
    return bytes(lying)


def display_matrix(data, recipe):
    """Writes into the first track's header that it is to be turned clockwise by `turn` degrees."""
    start = next(at for path, at, _ in boxes(data) if path == "moov/trak/tkhd")
    # 16.16 fixed point: width and height follow the nine numbers of the matrix.
    width, height = (n >> 16 for n in struct.unpack_from(">2I", data, start + 84))
    a, b, c, d, x, y = {
        90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width),
    }[recipe["turn"]]
    fixed = [n << 16 for n in (a, b)] + [0] + [n << 16 for n in (c, d)] + [0] + [x << 16, y << 16, 1 << 30]
    turned = bytearray(data)
    struct.pack_into(">9i", turned, start + 48, *fixed)
    return bytes(turned)


def external_data(data, recipe):
    """Keeps `ftyp` and `moov` alone and refers every track to the file `target` beside this one.

    The samples are found at the same offsets in that file, so a reader that follows the
    reference plays it. The file must have its moov box last, or the offsets of a second file.
    """
    record = alias(recipe["target"])
    top = {path: data[at: at + size] for path, at, size in boxes(data) if "/" not in path}
    moov = top["moov"]
    # From the back, so that the places found stay true while boxes grow.
    for path, at, size in reversed(list(boxes(moov))):
        if path.endswith("dref/url "):
            moov = moov[:at] + record + moov[at + size:]
            for parent, start, length in boxes(moov):
                if path.startswith(parent + "/") and start < at < start + length:
                    grown = struct.pack(">I", length + len(record) - size)
                    moov = moov[:start] + grown + moov[start + 4:]
    return top["ftyp"] + moov


def alias(name):
    """A data reference box of type `alis` that names a file in the same folder."""
    path, encoded = name.encode(), name.encode()[:63]
    body = bytes(10) + bytes([0]) + bytes(27) + bytes(12)
    body += bytes([len(encoded)]) + encoded.ljust(63, b"\0") + bytes(16)
    # Levels from the alias to the common folder and from there to the target, then reserved bytes.
    body += struct.pack(">HH", 1, 1) + bytes(16)
    # Record 2 is the target's path; -1 ends the list.
    body += struct.pack(">HH", 2, len(path)) + path + bytes(len(path) & 1)
    body += struct.pack(">hH", -1, 0)
    return struct.pack(">I4sI", 12 + len(body), b"alis", 0) + body
