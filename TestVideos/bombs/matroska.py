"""Elements that claim too much (RFC 9559), and sound that lasts too long."""
import bz2
import os
import struct
import zlib

from photos import photo_scans
from pictures import jpeg
from tools import GIGABYTE, Sparse, bomb, ffmpeg


def element(identifier, data):
    length = len(data)
    return identifier + struct.pack(">Q", 1 << 56 | length) + (data if isinstance(data, bytes) else b"")


def number(identifier, value):
    return element(identifier, struct.pack(">Q", value))


EBML = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"matroska"))
SEGMENT, TRACKS, TRACK, CLUSTER = b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\xae", b"\x1f\x43\xb6\x75"
LIVE = b"\x01\xff\xff\xff\xff\xff\xff\xff"


def picture_track(more=b""):
    """A track of MJPEG."""
    video = element(b"\xe0", number(b"\xb0", 64) + number(b"\xba", 64))
    return element(TRACK, number(b"\xd7", 1) + number(b"\x73\xc5", 1) + number(b"\x83", 1)
                   + element(b"\x86", b"V_MJPEG") + video + more)


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


@bomb()
def scans_in_a_clip(_):
    """The same JPEG as a picture of a clip."""
    return matroska([picture_track()], cluster(0, block(1, 0, photo_scans(None))))


def encoding(algorithm, settings=b""):
    """Says that a track's packets are compressed: by zlib (0), bzlib (1), or a left out beginning (3)."""
    compression = element(
        b"\x50\x34", number(b"\x42\x54", algorithm) + element(b"\x42\x55", settings))
    return element(b"\x6d\x80", element(b"\x62\x40", compression))


@bomb("zlib", "bzlib", "header")
def packets_that_unfold(how):
    """Packets that unfold to 40 MB each."""
    if how == "header":
        track, packet = picture_track(encoding(3, jpeg() + bytes(8_000_000))), b"x"
    elif how == "bzlib":
        track, packet = picture_track(encoding(1)), bz2.compress(jpeg() + bytes(40_000_000))
    else:
        track, packet = picture_track(encoding(0)), zlib.compress(jpeg() + bytes(40_000_000), 9)
    return matroska([track], *[cluster(10 * index, block(1, 0, packet)) for index in range(1_000)])


@bomb()
def clusters_without_packets(_):
    return matroska([picture_track()], cluster(0) * 1_000_000, *pictures())
