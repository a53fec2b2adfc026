"""Places in pictures that may be faces, and which of them are."""

import csv

import numpy as np

import gather
from people import HELD, first_byte
from weights import COUNT

# Places with less of the looks' scores are as likely none, those with less than the second are what the score is
# asked about: each of them counts as much as this many that it is not asked about.
LEAST_SUM, SURE_SUM, ASKED = 1.0, 2.5, 8.0
# Columns of a box, and the overlap from which two are the same: a detector's reaches from the brow to the chin, a
# stated one often to the hair.
SIDES, SAME_PLACE = ("left", "top", "right", "bottom"), 0.3


def overlap(first, second):
    """Intersection by union of two boxes, and whether they touch."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(width, 0) * max(height, 0)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return shared / max(areas - shared, 1), shared > 0


def shows(place, label, stated):
    """Whether a place shows a face; None where that is not known.

    In a picture of one covered face, the likeliest place is that face. In one of several people, a place is a
    face if it is where one is stated, and none if it touches none of them.
    """
    if label == "none":
        return False
    if label == "several":
        box = [float(place[side]) for side in SIDES]
        found = [overlap(box, face) for face in stated]
        if max(share for share, _ in found) >= SAME_PLACE:
            return True
        return None if any(touches for _, touches in found) else False
    return True if place["place"] == "0" and float(place["sum"]) >= LEAST_SUM else None


def places(folder, media):
    """Features, whether each is a face, weights, labels, persons and sums of what might be faces."""
    stated = {}
    for row in gather.table("boxes.tsv"):
        stated.setdefault(row["path"], []).append([float(row[side]) for side in SIDES])
    rows = {str(media / gather.place(row)): row for row in gather.rows()}
    features = np.memmap(folder / "features.f32", "<f4", "r").reshape(-1, COUNT)
    with open(folder / "index.tsv") as file:
        found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(features) == len(found), "features and index differ"
    numbers, faces, people, sums = [], [], [], []
    for number, place in enumerate(found):
        row = rows[place["path"]]
        is_face = shows(place, row["label"], stated.get(row["path"], []))
        if is_face is not None:
            numbers.append(number)
            faces.append(is_face)
            people.append(row["sha256"] if row["person"] == "?" else row["person"])
            sums.append(float(place["sum"]))
    is_face, sums = np.array(faces), np.array(sums)
    weights = np.where(is_face & (sums < SURE_SUM), ASKED, 1.0)
    digests = np.array([first_byte(person) for person in people])
    assert digests.min() > HELD, "a held-out person is in the list"
    return features[numbers].astype(np.float64), is_face, weights, digests, sums
