"""Photos and covers that unfold to too much (W3C PNG, ITU-T T.81)."""
import struct
import zlib

from mp4 import MP4, Box
from pictures import jpeg, patched
from tools import bomb


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *extra, rows=bytes(100_000)):
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra)
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


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
