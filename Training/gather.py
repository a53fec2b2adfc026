#!/usr/bin/env python3
"""Collects the media of media.tsv from local clones, and checks each against its digest.

    gather.py CLONES MEDIA

CLONES holds a git directory for each repository, called OWNER+NAME or OWNER+NAME/repo. MEDIA gets the files
under OWNER+NAME, `list.txt`, in which `extract` is to find the face of each picture, and `places.txt`, in
which it is to find what might be one. What is missing or differs is named; exit status 1 then.
"""

import csv
import hashlib
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
# Labels of pictures from which only the score of a face learns.
PLACES_ONLY = {"none", "covered", "several"}


def table(name):
    """The lines of a table as dictionaries."""
    with open(HERE / name) as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows():
    """The files of media.tsv, each with the commit of its repository."""
    commits = {row["source"]: row["commit"] for row in table("sources.tsv")}
    return [row | {"commit": commits[row["source"]]} for row in table("media.tsv")]


def place(row):
    """Where a file stands below MEDIA."""
    return row["source"].removeprefix("github:").replace("/", "+") + "/" + row["path"]


def read(clones, row):
    """The file's bytes from its clone; None where it cannot be had."""
    folder = clones / row["source"].removeprefix("github:").replace("/", "+")
    if (folder / "repo").is_dir():
        folder = folder / "repo"
    shown = subprocess.run(["git", "-C", str(folder), "cat-file", "blob", f"{row['commit']}:{row['path']}"],
                           capture_output=True)
    return shown.stdout if shown.returncode == 0 else None


def stored(clones, row, target):
    """Whether the file stands at TARGET as the list states it; it is taken out of its clone if it is not there."""
    data = target.read_bytes() if target.exists() else read(clones, row)
    if data is None or hashlib.sha256(data).hexdigest() != row["sha256"]:
        print(f"{place(row)}: {'missing' if data is None else 'differs'}", file=sys.stderr)
        return False
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return True


def main():
    clones, media = map(pathlib.Path, sys.argv[1:3])
    faults, faces, places = 0, [], []
    for row in rows():
        target = media / place(row)
        if not stored(clones, row, target):
            faults += 1
            continue
        if row["label"] not in PLACES_ONLY | {"hand_alone"}:
            faces.append(target)
        if row["label"] not in {"ok", "hand_alone"}:
            places.append(target)
    (media / "list.txt").write_text("".join(f"{face}\n" for face in faces))
    (media / "places.txt").write_text("".join(f"{place}\n" for place in places))
    print(f"{len(faces)} pictures of faces, {faults} missing or differing")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
