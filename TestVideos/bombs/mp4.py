"""Boxes that claim too much (ISO/IEC 14496-12)."""
import struct
import zlib

from tools import GIGABYTE, Sparse, bomb, clip


CONTAINERS = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl", b"udta", b"mvex"}


class Box:
    def __init__(self, kind, data=b"", children=None):
        self.kind, self.data, self.children = kind, data, children

    def bytes(self):
        data = self.data
        if self.children is not None:
            data = b"".join(child.bytes() for child in self.children)
        return struct.pack(">I4s", 8 + len(data), self.kind) + data

    def find(self, *path):
        for child in self.children:
            if child.kind == path[0]:
                return child if len(path) == 1 else child.find(*path[1:])
        return None

    def put(self, kind, data):
        """Replaces the child of that kind, or adds it."""
        child = self.find(kind)
        if child is None:
            self.children.append(Box(kind, data))
        else:
            child.data, child.children = data, None


def parsed(data):
    children, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        content = data[at + 8: at + size]
        children.append(
            Box(kind, children=parsed(content)) if kind in CONTAINERS else Box(kind, content))
        at += size
    return children


class MP4:
    """A clip whose index is written behind its data, so that no offset changes with it."""

    def __init__(self, data=None):
        root = Box(b"", children=parsed(clip("short-0.4.mp4") if data is None else data))
        self.moov = root.find(b"moov")
        # An empty box in the old index's place keeps the data where it was.
        self.rest = b"".join(
            struct.pack(">I4s", len(box.bytes()), b"free") + bytes(len(box.bytes()) - 8)
            if box is self.moov else box.bytes() for box in root.children)

    @property
    def track(self):
        return self.moov.find(b"trak")

    def tracks(self, kind):
        return [box for box in self.moov.children if box.kind == b"trak"
                and box.find(b"mdia", b"hdlr").data[8:12] == kind]

    @property
    def tables(self):
        return self.track.find(b"mdia", b"minf", b"stbl")

    @property
    def samples(self):
        return struct.unpack_from(">I", self.tables.find(b"stsz").data, 8)[0]

    def bytes(self):
        return self.rest + self.moov.bytes()


def full(*numbers, flags=0):
    return struct.pack(f">I{len(numbers)}I", flags, *numbers)


@bomb()
def claimed_frames(_):
    """One sample table says that there are a thousand million frames of one byte."""
    mp4 = MP4()
    mp4.tables.put(b"stts", full(1, 10 ** 9, 1))
    mp4.tables.put(b"stsz", full(1, 10 ** 9))
    return mp4.bytes()


@bomb("stsz", "stz2", "stts", "ctts", "stsc", "stco", "co64", "stss")
def table(kind):
    """A sample table that claims two thousand million entries and holds none of them."""
    mp4 = MP4()
    count = 2 ** 31 - 1
    data = {"stsz": full(0, count), "stz2": full(4, count)}.get(kind, full(count))
    if kind == "stz2":
        mp4.tables.children = [box for box in mp4.tables.children if box.kind != b"stsz"]
    mp4.tables.put(kind.encode(), data + bytes(64))
    return mp4.bytes()


@bomb()
def table_outside(_):
    """The same behind the index, where no table belongs; FFmpeg reads it all the same."""
    return MP4().bytes() + Box(b"stsz", full(0, 2 ** 31 - 1) + bytes(64)).bytes()


@bomb()
def fragment(_):
    """A fragment of sixteen bytes that claims a thousand million samples."""
    mp4 = MP4()
    mp4.moov.children.append(Box(b"mvex", children=[
        Box(b"trex", struct.pack(">6I", 0, 1, 1, 512, 1, 0))]))
    tfhd = Box(b"tfhd", struct.pack(">2I", 0, 1))
    trun = Box(b"trun", struct.pack(">2I", 0, 10 ** 9))
    traf = Box(b"traf", children=[tfhd, trun])
    moof = Box(b"moof", children=[Box(b"mfhd", struct.pack(">2I", 0, 1)), traf])
    return mp4.bytes() + moof.bytes()


@bomb(900, 10_000)
def streams(count):
    mp4 = MP4()
    mp4.moov.children += [mp4.track] * count
    return mp4.bytes()


@bomb(1_000, 50_000)
def edits(count):
    """An edit list that repeats the clip many times, and one that holds still."""
    mp4 = MP4()
    entries = b"".join(
        struct.pack(">IiHH", 1, index % 100, index % 2, 0) for index in range(count))
    edts = Box(b"edts", children=[Box(b"elst", full(count) + entries)])
    mp4.track.children = [box for box in mp4.track.children if box.kind != b"edts"]
    mp4.track.children.insert(1, edts)
    return mp4.bytes()


def grown(mp4, box_path, kind):
    """The clip with one box of a gigabyte, all zeros, at the end of the boxes of `box_path`."""
    sizes = []
    for index in range(len(box_path) + 1):
        box = mp4.moov if index == 0 else mp4.moov.find(*box_path[:index])
        sizes.append(box)
    index = mp4.moov.bytes()
    big = struct.pack(">I4s", GIGABYTE, kind)
    # Only boxes that end where the index ends are grown, so that their sizes can be patched.
    out, at = bytearray(index), 0
    for box in sizes:
        size = len(box.bytes())
        at = len(index) - size
        struct.pack_into(">I", out, at, size + GIGABYTE)
    return Sparse(mp4.rest, bytes(out), big, GIGABYTE - 8 - 1, b"\0")


@bomb()
def tags_of_a_gigabyte(_):
    mp4 = MP4()
    mp4.moov.children = [box for box in mp4.moov.children if box.kind != b"udta"]
    mp4.moov.children.append(Box(b"udta", children=[]))
    return grown(mp4, [b"udta"], b"\xa9nam")


@bomb()
def codec_header_of_a_gigabyte(_):
    """`avcC` is where FFmpeg reads a codec's header from; here it has a gigabyte."""
    mp4 = MP4()
    mp4.moov.children = [mp4.moov.find(b"mvhd"), mp4.track]
    track, media = mp4.track, mp4.track.find(b"mdia")
    track.children = [box for box in track.children if box.kind != b"mdia"] + [media]
    info = media.find(b"minf")
    media.children = [box for box in media.children if box.kind != b"minf"] + [info]
    stbl = info.find(b"stbl")
    info.children = [box for box in info.children if box.kind != b"stbl"] + [stbl]
    stsd = stbl.find(b"stsd")
    stbl.children = [box for box in stbl.children if box.kind != b"stsd"] + [stsd]
    entry = stsd.data[8:8 + 86]
    stsd.data = full(1) + struct.pack(">I", len(entry) + GIGABYTE) + entry[4:]
    return grown(mp4, [b"trak", b"mdia", b"minf", b"stbl", b"stsd"], b"avcC")


def compressed_index(claimed, content):
    mp4 = MP4()
    packed = struct.pack(">I", claimed) + zlib.compress(content, 9)
    cmov = Box(b"cmov", children=[Box(b"dcom", b"zlib"), Box(b"cmvd", packed)])
    return mp4.rest + Box(b"moov", children=[cmov]).bytes()


@bomb("claims", "unfolds", "holds")
def compressed_index_that(what):
    """A compressed index that claims two gigabytes; one that unfolds to 64 MB; one with a table."""
    if what == "claims":
        return compressed_index(2 * GIGABYTE, b"\0" * 1000)
    if what == "unfolds":
        content = struct.pack(">I4s", 1 << 26, b"moov") + bytes((1 << 26) - 8)
        return compressed_index(1 << 26, content)
    mp4 = MP4()
    mp4.tables.put(b"stsz", full(0, 2 ** 31 - 1))
    content = mp4.moov.bytes()
    return compressed_index(len(content), content)


def repeated(mp4, track, count, delta, timescale):
    """Shows a track's first sample `count` times, for `delta` ticks each."""
    tables = track.find(b"mdia", b"minf", b"stbl")
    sizes, offsets = tables.find(b"stsz").data, tables.find(b"stco").data
    fixed, = struct.unpack_from(">I", sizes, 4)
    size = fixed or struct.unpack_from(">I", sizes, 12)[0]
    offset, = struct.unpack_from(">I", offsets, 8)
    tables.children = [
        box for box in tables.children if box.kind not in (b"ctts", b"stss", b"sgpd", b"sbgp")]
    tables.put(b"stts", full(1, count, delta))
    tables.put(b"stsz", full(size, count))
    tables.put(b"stsc", full(1, 1, 1, 1))
    tables.put(b"stco", full(count) + struct.pack(">I", offset) * count)
    header = bytearray(track.find(b"mdia", b"mdhd").data)
    struct.pack_into(">2I", header, 12, timescale, count * delta)
    track.find(b"mdia", b"mdhd").data = bytes(header)
    track.children = [box for box in track.children if box.kind != b"edts"]


@bomb()
def one_frame_a_second_for_ten_hours(_):
    mp4 = MP4()
    repeated(mp4, mp4.track, 36_000, 1, 1)
    return mp4.bytes()


@bomb()
def eight_hours_of_aac(_):
    """A block of sound that the index repeats for eight hours, beside a third of a second of pictures."""
    mp4 = MP4(clip("good-megvii.mp4"))
    repeated(mp4, mp4.tracks(b"soun")[0], 60_000, 480, 1000)
    return mp4.bytes()


@bomb()
def one_picture_for_ten_minutes(_):
    """An index that gives the same bytes for every one of 36,000 pictures."""
    mp4 = MP4()
    repeated(mp4, mp4.track, 36_000, 1, 60)
    return mp4.bytes()


@bomb()
def many_tags(_):
    items = b"".join(
        Box(struct.pack(">I", 0x61000000 + index), children=[
            Box(b"data", struct.pack(">2I", 1, 0) + b"x")]).bytes() for index in range(20_000))
    handler = Box(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    meta = Box(b"meta", bytes(4) + handler.bytes() + Box(b"ilst", items).bytes())
    mp4 = MP4()
    mp4.moov.children = [box for box in mp4.moov.children if box.kind != b"udta"]
    mp4.moov.children.append(Box(b"udta", meta.bytes()))
    return mp4.bytes()
