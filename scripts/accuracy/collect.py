#!/usr/bin/env python3
"""Collects the media that the accuracy is measured on from local clones, each checked against its digest.

    scripts/accuracy/collect.py CLONES FOLDER

The files are those of Docs/accuracy-media.tsv, their commits and licences those of Training/sources.tsv. CLONES holds a
git directory for each repository, called OWNER+NAME or OWNER+NAME/repo. FOLDER gets `media/` and `media.tsv`, a list as
`make accuracy DIR=FOLDER` reads it. What is missing or differs is named and left out; exit status 1 then.
"""
import csv, pathlib, sys

import media

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = ROOT / "Docs" / "accuracy-media.tsv"
sys.path.insert(0, str(ROOT / "Training"))
import gather  # noqa: E402: it stands in another folder

COLUMNS = ["file", "sha256", "labels", "person", "skin", "glasses", "source", "commit", "licence"]


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def mistakes(rows):
    """What may not be measured: files that were trained on, people of the part that is trained on, twice the same."""
    trained = {row["sha256"] for row in read(ROOT / "Training" / "media.tsv")}
    seen = set()
    for row in rows:
        if row["sha256"] in trained:
            yield f"{gather.place(row)}: was trained on"
        if media.split_of(row["person"], row["sha256"]) != "held":
            yield f"{gather.place(row)}: of the part that is trained on"
        if row["sha256"] in seen:
            yield f"{gather.place(row)}: twice in the list"
        seen.add(row["sha256"])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    clones, folder = map(pathlib.Path, sys.argv[1:])
    sources = {row["source"]: row for row in read(ROOT / "Training" / "sources.tsv")}
    rows = read(LIST)
    if wrong := list(mistakes(rows)):
        sys.exit("\n".join(wrong))
    (folder / "media").mkdir(parents=True, exist_ok=True)
    faults = 0
    with open(folder / "media.tsv", "w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, delimiter="\t", extrasaction="ignore", quoting=csv.QUOTE_NONE, quotechar=None)
        table.writeheader()
        for row in rows:
            row |= {"file": gather.place(row), "commit": sources[row["source"]]["commit"],
                    "licence": sources[row["source"]]["licence"]}
            if gather.stored(clones, row, folder / "media" / row["file"]):
                table.writerow(row)
            else:
                faults += 1
    print(f"{len(rows) - faults} of {len(rows)} media are there")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
