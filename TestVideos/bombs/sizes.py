"""Pictures that are larger than what the container says of them (ITU-T H.264, H.265)."""
import os
import struct
import subprocess

from mp4 import MP4, repeated
from pictures import patched
from tools import bomb, encoded, ffmpeg


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


@bomb()
def large_picture_three_thousand_times(_):
    mp4 = MP4(patched_h264(8190, 8190))
    repeated(mp4, mp4.track, 3_000, 1, 30)
    return mp4.bytes()
