"""What all makers use: the clips, ffmpeg, and files with holes."""
import os
import subprocess


CLIPS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "clips")
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
    with open(os.path.join(CLIPS, name), "rb") as file:
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
