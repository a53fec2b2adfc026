#!/usr/bin/env python3
"""Small files that claim or unfold to far more than a selfie video holds.

    bombs.py NAME PATH    writes one of them
    bombs.py --list       prints the names

Each is made from a clip of TestVideos/clips and from boxes, elements and chunks that are written here;
large ones are sparse. Layouts: ISO/IEC 14496-12 (MP4), RFC 9559 (Matroska), Microsoft's RIFF and ASF,
Adobe's FLV, W3C PNG, ITU-T T.81 (JPEG), H.264 and H.265.
"""
import os
import struct
import subprocess
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
GIGABYTE = 1 << 30
MAKERS = {}


def bomb(*arguments, name=None):
    """Enters a maker under its function's name, with `arguments` behind it where there are several."""
    def enter(make):
        stem = (name or make.__name__).replace("_", "-")
        for argument in arguments or [None]:
            key = stem if argument is None else f"{stem}-{argument}"
            MAKERS[key] = (make, argument)
        return make
    return enter


def clip(name):
    with open(os.path.join(HERE, "clips", name), "rb") as file:
        return file.read()


def ffmpeg(*arguments):
    """What ffmpeg writes to standard output."""
    command = ["ffmpeg", "-nostdin", "-v", "error", *map(str, arguments), "-"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def encoded(codec, container, *options, size=64, seconds=0.4):
    """A grey clip of a codec."""
    return ffmpeg(
        "-f", "lavfi", "-i", f"color=gray:s={size}x{size}:r=10:d={seconds}", "-c:v", codec, *options,
        "-pix_fmt", "yuvj420p" if codec == "mjpeg" else "rgb24" if codec == "png" else "yuv420p",
        "-f", container)


class Sparse:
    """Bytes with holes: what is written to a file without storing zeros."""

    def __init__(self, *parts):
        self.parts = parts

    def __len__(self):
        return sum(part if isinstance(part, int) else len(part) for part in self.parts)

    def write(self, file):
        for part in self.parts:
            if isinstance(part, int):
                file.seek(part, os.SEEK_CUR)
            elif isinstance(part, Sparse):
                part.write(file)
            else:
                file.write(part)


# MP4: a tree of boxes that can be changed and written again.

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
def large_picture_three_thousand_times(_):
    mp4 = MP4(patched_h264(8190, 8190))
    repeated(mp4, mp4.track, 3_000, 1, 30)
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


@bomb("png", "jpeg")
def cover(kind):
    """Cover art of 16,000 × 16,000."""
    if kind == "png":
        picture, number = png(16_000, 16_000), 14
    else:
        picture, number = sized_jpeg(jpeg(), 16_000, 16_000), 13
    data = Box(b"data", struct.pack(">2I", number, 0) + picture)
    handler = Box(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    ilst = Box(b"ilst", Box(b"covr", data.bytes()).bytes())
    mp4 = MP4()
    mp4.moov.children = [box for box in mp4.moov.children if box.kind != b"udta"]
    mp4.moov.children.append(
        Box(b"udta", Box(b"meta", bytes(4) + handler.bytes() + ilst.bytes()).bytes()))
    return mp4.bytes()


# Pictures that are larger than what the container says of them.

class Bits:
    """A string of ones and zeros that is read from the front."""

    def __init__(self, data):
        self.rest = "".join(f"{byte:08b}" for byte in data)

    def take(self, count):
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def golomb(self):
        zeros = len(self.rest) - len(self.rest.lstrip("0"))
        return self.take(2 * zeros + 1)


def golomb(value):
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def packed(bits):
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits), 8))


def unescaped(unit):
    return unit.replace(b"\0\0\3", b"\0\0")


def escaped(unit):
    out = bytearray()
    for byte in unit:
        if byte <= 3 and len(out) >= 2 and out[-1] == 0 and out[-2] == 0:
            out.append(3)
        out.append(byte)
    return bytes(out)


def sized_h264(unit, width, height):
    """A sequence parameter set of profile Baseline to High with other sizes (H.264, 7.3.2.1.1)."""
    bits = Bits(unescaped(unit[1:]))
    head = bits.take(24) + bits.golomb()
    if unit[1] in (100, 110, 122, 244):
        head += bits.golomb() + bits.golomb() + bits.golomb() + bits.take(2)
    head += bits.golomb()
    order = bits.golomb()
    head += order
    if order == golomb(0):
        head += bits.golomb()
    head += bits.golomb() + bits.take(1)
    bits.golomb(), bits.golomb()
    head += golomb((width + 15) // 16 - 1) + golomb((height + 15) // 16 - 1)
    return unit[:1] + escaped(packed(head + bits.rest))


def sized_hevc(unit, width, height):
    """A sequence parameter set of one layer with other sizes (H.265, 7.3.2.2.1)."""
    bits = Bits(unescaped(unit[2:]))
    head = bits.take(8 + 96) + bits.golomb() + bits.golomb()
    bits.golomb(), bits.golomb()
    return unit[:2] + escaped(packed(head + golomb(width) + golomb(height) + bits.rest))


def patched_h264(width, height):
    """An MP4 of 64 × 64 whose pictures say that they are larger."""
    mp4 = MP4(encoded_mp4("libx264", "-profile:v", "high", "-g", "1"))
    box = mp4.tables.find(b"stsd")
    at = box.data.index(b"avcC") + 4
    length, = struct.unpack_from(">H", box.data, at + 6)
    unit = box.data[at + 8:at + 8 + length]
    replace(box, unit, sized_h264(unit, width, height))
    return mp4.bytes()


def replace(stsd, old, new):
    """Puts other bytes, with their length in front, into the one description of a track."""
    def prefixed(unit):
        return struct.pack(">H", len(unit)) + unit
    grown_by = len(new) - len(old)
    data = stsd.data.replace(prefixed(old), prefixed(new), 1)
    box = data.index(b"avcC" if b"avcC" in data else b"hvcC") - 4
    data = bytearray(data)
    for at in (8, box):
        struct.pack_into(">I", data, at, struct.unpack_from(">I", data, at)[0] + grown_by)
    stsd.data = bytes(data)


def encoded_mp4(codec, *options, **how):
    """An MP4 needs to seek, so it is written to a file first."""
    path = f"/tmp/vprep-bomb-{os.getpid()}.mp4"
    try:
        with open(path, "wb") as file:
            file.write(encoded(codec, "matroska", *options, **how))
        moved = path + ".moved.mp4"
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", path, "-c", "copy", moved], check=True)
        with open(moved, "rb") as file:
            return file.read()
    finally:
        for name in (path, path + ".moved.mp4"):
            if os.path.exists(name):
                os.remove(name)


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


@bomb("h264", "hevc", "mjpeg", "vp8", "png", "mpeg2")
def huge_picture_in(codec):
    """A clip whose container says 64 × 64 and whose pictures say 16,384 × 16,384."""
    size = 16_384
    if codec == "h264":
        return patched_h264(size, size)
    if codec == "hevc":
        mp4 = MP4(encoded_mp4("libx265", "-x265-params", "log-level=none"))
        box = mp4.tables.find(b"stsd")
        units = []
        place = box.data.index(b"hvcC") + 4 + 22
        for _ in range(box.data[place]):
            count, = struct.unpack_from(">H", box.data, place + 2)
            place += 3
            for _ in range(count):
                length, = struct.unpack_from(">H", box.data, place + 1)
                units.append(box.data[place + 3:place + 3 + length])
                place += 2 + length
        unit = next(unit for unit in units if unit[0] >> 1 & 63 == 33)
        replace(box, unit, sized_hevc(unit, size, size))
        return mp4.bytes()
    encoder = {"vp8": "libvpx", "mpeg2": "mpeg2video"}.get(codec, codec)
    container = {"mpeg2": "mpegts", "mjpeg": "avi"}.get(codec, "matroska")
    return patched(encoded(encoder, container), codec, size, size)


@bomb("mp4", "flv", "mpegts")
def huge_picture_claimed_by(container):
    """A container that says 16,384 × 16,384 of pictures that are small, and pictures that agree."""
    size = 16_384
    if container == "mp4":
        mp4 = MP4(patched_h264(size, size))
        box = mp4.tables.find(b"stsd")
        data = bytearray(box.data)
        struct.pack_into(">2H", data, 8 + 32, size, size)
        box.data = bytes(data)
        return mp4.bytes()
    if container == "flv":
        return flv(annexb(size, size))
    return ffmpeg_from(annexb(size, size), container)


def flv(stream):
    """H.264 in start codes as the tags of an FLV."""
    units = [part.rstrip(b"\0") for part in stream.split(b"\0\0\1")[1:]]
    sps = next(unit for unit in units if unit[0] & 31 == 7)
    pps = next(unit for unit in units if unit[0] & 31 == 8)
    config = (b"\1" + sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(sps)) + sps + b"\1"
              + struct.pack(">H", len(pps)) + pps)
    tags = [(b"\x17\0\0\0\0" + config, 0)]
    slices = [unit for unit in units if unit[0] & 31 in (1, 5)]
    tags += [(b"\x17\1\0\0\0" + struct.pack(">I", len(unit)) + unit, 100 * index)
             for index, unit in enumerate(slices)]
    out = b"FLV\1\1\0\0\0\x09\0\0\0\0"
    for body, time in tags:
        tag = b"\x09" + len(body).to_bytes(3, "big") + time.to_bytes(3, "big") + bytes(4) + body
        out += tag + struct.pack(">I", len(tag))
    return out


def annexb(width, height):
    """H.264 in start codes whose parameter set says another size."""
    data = encoded("libx264", "h264", "-profile:v", "high", "-g", "1", "-bf", "0")
    parts = data.split(b"\0\0\1")
    out = [parts[0]]
    for part in parts[1:]:
        trailing = b"\0" if part.endswith(b"\0") else b""
        unit = part.rstrip(b"\0")
        out.append((sized_h264(unit, width, height) if unit[0] & 31 == 7 else unit) + trailing)
    return b"\0\0\1".join(out)


def ffmpeg_from(stream, container):
    """H.264 in start codes, put into a container without being looked at more than needed."""
    path = f"/tmp/vprep-bomb-{os.getpid()}.h264"
    try:
        with open(path, "wb") as file:
            file.write(stream)
        return ffmpeg(
            "-f", "h264", "-framerate", 10, "-i", path, "-c", "copy", "-f", container)
    finally:
        os.remove(path)


@bomb()
def picture_that_grows(_):
    """A transport stream whose pictures are 64 × 64 first and 9,600 × 9,600 later."""
    small = encoded("libx264", "h264", "-profile:v", "high", "-g", "1", "-bf", "0", seconds=2)
    return ffmpeg_from(small + annexb(9600, 9600) * 3, "mpegts")


# Photos.

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *extra, rows=bytes(100_000)):
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra)
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def jpeg():
    return ffmpeg(
        "-f", "lavfi", "-i", "color=gray:s=64x64", "-frames:v", 1, "-c:v", "mjpeg", "-f", "image2pipe")


def sized_jpeg(data, width, height):
    return patched(data, "mjpeg", width, height)


@bomb("png", "jpeg")
def photo_huge(kind):
    return png(16_384, 16_384) if kind == "png" else sized_jpeg(jpeg(), 16_384, 16_384)


@bomb("zTXt", "iCCP", "iTXt", "fifty")
def photo_text(kind):
    """Compressed text or a profile of 64 MB in a small photo; fifty of a megabyte."""
    if kind == "fifty":
        small = zlib.compress(bytes(1_000_000), 9)
        return png(64, 64, *[chunk(b"zTXt", b"a\0\0" + small)] * 50)
    head = {"zTXt": b"a\0\0", "iCCP": b"a\0\0", "iTXt": b"a\0\1\0\0\0"}[kind]
    return png(64, 64, chunk(kind.encode(), head + zlib.compress(bytes(64_000_000), 9)))


@bomb()
def photo_rows(_):
    """A photo of 64 × 64 whose rows unfold to 64 MB."""
    return png(64, 64, rows=bytes(64_000_000))


@bomb()
def photo_chunks(_):
    return png(64, 64, *[chunk(b"tEXt", b"%d\0x" % index) for index in range(20_000)])


@bomb()
def photo_scans(_):
    """A JPEG of 3,000 scans over the same picture."""
    data = jpeg()
    start, end = data.index(b"\xff\xda"), data.rindex(b"\xff\xd9")
    return data[:start] + data[start:end] * 3_000 + data[end:]


@bomb()
def scans_in_a_clip(_):
    """The same JPEG as a picture of a clip."""
    return matroska([picture_track()], cluster(0, block(1, 0, photo_scans(None))))


# Matroska.

def element(identifier, data):
    length = len(data)
    return identifier + struct.pack(">Q", 1 << 56 | length) + (data if isinstance(data, bytes) else b"")


def number(identifier, value):
    return element(identifier, struct.pack(">Q", value))


EBML = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"matroska"))
SEGMENT, TRACKS, TRACK, CLUSTER = b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\xae", b"\x1f\x43\xb6\x75"
LIVE = b"\x01\xff\xff\xff\xff\xff\xff\xff"


def picture_track():
    """A track of MJPEG."""
    video = element(b"\xe0", number(b"\xb0", 64) + number(b"\xba", 64))
    return element(TRACK, number(b"\xd7", 1) + number(b"\x73\xc5", 1) + number(b"\x83", 1)
                   + element(b"\x86", b"V_MJPEG") + video)


def sound_track(rate, codec=b"A_PCM/INT/LIT", bits=16, channels=1, private=b""):
    audio = element(b"\xe1", element(b"\xb5", struct.pack(">d", rate)) + number(b"\x9f", channels)
                    + number(b"\x62\x64", bits))
    return element(TRACK, number(b"\xd7", 2) + number(b"\x73\xc5", 2) + number(b"\x83", 2)
                   + element(b"\x86", codec) + audio + private)


def block(track, time, data):
    head = struct.pack(">BhB", 0x80 | track, time, 0x80)
    return element(b"\xa3", head + data)


def cluster(time, *blocks):
    return element(CLUSTER, number(b"\xe7", time) + b"".join(blocks))


def pictures(seconds=2):
    data = jpeg()
    return [cluster(100 * index, block(1, 0, data)) for index in range(10 * seconds)]


def matroska(tracks, *rest):
    return EBML + SEGMENT + LIVE + element(TRACKS, b"".join(tracks)) + b"".join(rest)


@bomb()
def block_of_a_gigabyte(_):
    start = matroska([picture_track()], *pictures(1))
    head = CLUSTER + LIVE + number(b"\xe7", 1000) + b"\xa3" + struct.pack(">Q", 1 << 56 | GIGABYTE)
    return Sparse(start, head, b"\x81\0\0\x80", GIGABYTE - 5, b"\0")


@bomb()
def codec_private_of_a_gigabyte(_):
    track = picture_track()
    private = b"\x63\xa2" + struct.pack(">Q", 1 << 56 | GIGABYTE)
    body = track[9:] + private
    entry = TRACK + struct.pack(">Q", 1 << 56 | len(body) + GIGABYTE)
    tracks = TRACKS + struct.pack(">Q", 1 << 56 | len(entry) + len(body) + GIGABYTE)
    return Sparse(EBML + SEGMENT + LIVE + tracks + entry + body, GIGABYTE - 1, b"\0")


@bomb()
def attachments(_):
    """Three hundred attachments."""
    files = b"".join(
        element(b"\x61\xa7", element(b"\x46\x6e", b"a.ttf") + element(b"\x46\x60", b"font/ttf")
                + element(b"\x46\x5c", b"x") + number(b"\x46\xae", index + 1)) for index in range(300))
    return matroska([picture_track()], element(b"\x19\x41\xa4\x69", files), *pictures())


@bomb()
def matroska_tags(_):
    tags = b"".join(
        element(b"\x67\xc8", element(b"\x45\xa3", b"T%d" % index) + element(b"\x44\x87", b"x"))
        for index in range(20_000))
    return matroska(
        [picture_track()], element(b"\x12\x54\xc3\x67", element(b"\x73\x73", tags)), *pictures())


@bomb()
def tiny_packets(_):
    """A hundred thousand packets of one sample each."""
    one = block(2, 0, b"\0\0")
    return matroska([picture_track(), sound_track(48_000)], *pictures(), *[
        cluster(10 * index, one * 1000) for index in range(100)])


@bomb(1, 7, 100)
def samples_a_second(rate):
    """Sound of one sample a second, a thousand seconds of it in a packet."""
    return matroska([picture_track(), sound_track(rate)], *pictures(), cluster(0, *[
        block(2, index, bytes(2_000)) for index in range(100)]))


@bomb(3_200, 1_000_000)
def samples_a_packet(count):
    """Packets of many samples whose times say that they last a thousandth of a second."""
    return matroska([picture_track(), sound_track(8_000)], *pictures(), cluster(0, *[
        block(2, index, bytes(2 * count)) for index in range(6_000_000 // count)]))


@bomb("flac", "opus")
def long_sound_in(codec):
    """Twenty minutes of sound beside two seconds of pictures."""
    return long_sound(codec, 1, 21)


@bomb()
def three_hours_of_eight_channels(_):
    return long_sound("flac", 8, 180)


def long_sound(codec, channels, minutes):
    path = f"/tmp/vprep-bomb-{os.getpid()}.mka"
    try:
        with open(path, "wb") as file:
            file.write(ffmpeg(
                "-f", "lavfi", "-i", f"anullsrc=r=48000:cl={channels}c,atrim=0:60", "-c:a",
                "libopus" if codec == "opus" else codec, "-f", "matroska"))
        return ffmpeg(
            "-f", "lavfi", "-i", "color=gray:s=64x64:r=10:d=2", "-stream_loop", minutes - 1, "-i", path,
            "-map", "0:v", "-map", "1:a", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "copy",
            "-f", "matroska")
    finally:
        os.remove(path)


# AVI, FLV, ASF.

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


# Files.

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


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(MAKERS))
        return 0
    name, path = arguments
    make, argument = MAKERS[name]
    made = make(argument)
    with open(path, "wb") as file:
        if isinstance(made, Sparse):
            made.write(file)
        else:
            file.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
