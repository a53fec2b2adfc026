"""The labelled media: lists in TSV, one file a line.

A list has a header and at least the columns `file` and `labels` (or `condition`). Further columns are read where
they are there: sha256, source, commit, licence, person, kind, split, skin, glasses, faces, notes. `file` is the
path below the folder `media` beside the list, or below the list's own folder.
"""
import csv, dataclasses, hashlib, pathlib

PHOTOS = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}
CLIPS = {".mp4", ".mov", ".webm", ".mkv", ".avi", ".flv", ".mpg", ".mpeg", ".3gp", ".m4v", ".ts"}


@dataclasses.dataclass(frozen=True)
class Item:
    path: pathlib.Path
    labels: frozenset
    person: str
    split: str
    skin: str
    glasses: bool
    sha256: str
    source: str
    commit: str
    licence: str
    # How the picture was changed before it was checked; "" for one that is as it was found.
    change: str = ""

    @property
    def is_photo(self):
        return self.path.suffix.lower() in PHOTOS


def split_of(person, sha256):
    """Which part a person's media belong to; the same for all of them, and not chosen."""
    key = sha256 if person in ("", "?", "-") else hashlib.sha256(person.encode()).hexdigest()
    return "held" if int(key[:2], 16) <= 101 else "train"


def read(folder):
    """Every usable item of the lists in a folder. A line whose labels two passes disagreed on is left out."""
    items, seen = [], set()
    for listing in sorted(pathlib.Path(folder).glob("*.tsv")):
        with open(listing, newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                item = item_of(row, listing.parent)
                if item and item.sha256 not in seen:
                    seen.add(item.sha256)
                    items.append(item)
    return items


def item_of(row, folder):
    labels = frozenset(part.strip() for part in (row.get("labels") or row.get("condition") or "").split(",")) - {"", "-"}
    if not labels or "?" in (row.get("notes") or "").split():
        return None
    path = next((p for p in (folder / "media" / row["file"], folder / row["file"]) if p.is_file()), None)
    if path is None or path.suffix.lower() not in PHOTOS | CLIPS:
        return None
    if "ok" in labels and row.get("faces", "1") not in ("1", ""):
        return None
    sha256 = row.get("sha256") or hashlib.sha256(path.read_bytes()).hexdigest()
    person = row.get("person") or "?"
    return Item(
        path, labels, row["file"] if person in ("?", "-") else person, split_of(person, sha256), row.get("skin") or "-",
        row.get("glasses") == "1", sha256, row.get("source") or "", row.get("commit") or "", row.get("licence") or "")
