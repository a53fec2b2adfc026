"""Small files that claim or unfold to far more than a selfie video holds.

    python3 TestVideos/bombs NAME PATH    writes one of them
    python3 TestVideos/bombs --list       prints the names

Each is made from a clip of TestVideos/clips and from boxes, elements and chunks that are written here;
large ones are sparse.
"""
import sys

import matroska  # noqa: F401
import mp4  # noqa: F401
import others  # noqa: F401
import photos  # noqa: F401
import sizes  # noqa: F401
from tools import MAKERS, Sparse


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
