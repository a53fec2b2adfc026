#!/usr/bin/env python3
"""Makes training crops: covers laid on bare faces, and every crop in other light, size and quality.

    compose.py CROPS MEDIA OUT [--copies N] [--seed S]

CROPS is a folder that `extract` wrote from the files in MEDIA, which gather.py filled. OUT gets `crops.u8` and
`index.tsv`: of each crop the row of CROPS that it comes from, who and what it shows, how it was made, and its
target values. The same arguments give the same bytes: each crop has a random generator of its own.
"""

import argparse
import csv
import multiprocessing
import pathlib

import numpy as np

import gather
from camera import finished, in_motion, moved
from covers import TOUCHED, cut_out, with_glasses, with_hand, with_mask, with_object
from crop import SIDE

# What each label says: covered by cloth, covered by a hand or an object, the eyes covered.
TARGETS = {"ok": (0.0, 0.0, 0.0), "mask": (1.0, 0.0, 0.0), "hand": (0.0, 1.0, 0.0),
           "object": (0.0, 1.0, 0.0), "hand_eyes": (0.0, 1.0, 1.0), "sunglasses": (0.0, 0.0, 1.0),
           "eyes_object": (0.0, 0.0, 1.0), "mask_sunglasses": (1.0, 0.0, 1.0)}
# What the list tells of a picture.
TOLD = ("label", "skin", "glasses", "conditions")
# Labels with few pictures are made more of: how many times the usual copies.
FEW = {"sunglasses": 2, "mask_sunglasses": 3, "hand": 4, "object": 4, "hand_eyes": 4, "eyes_object": 4}
# Covers on dark skin are rare among the pictures (14 masks), so more are made: the same for bare faces.
DARK = {"5-7": 2, "8-10": 4}
# A bare face in this many, and every covered one, is also shown as it moves.
MOVING = 3


def plan(label, skin):
    """Recipes for a face with a label and a skin group, with their weights."""
    bare = {"": 4, "spectacles": 1, "beside": 0.6, "mask": 2.4 if skin in DARK else 0.7, "hand": 2.4,
            "object": 0.8, "sunglasses": 1.6, "eyes": 0.6, "eye": 0.4}
    return {"ok": bare,
            "mask": {"": 2, "sunglasses": 0.25, "spectacles": 0.25},
            "mask_sunglasses": {"": 1},
            "hand": {"": 1}, "object": {"": 1}, "hand_eyes": {"": 1},
            "sunglasses": {"": 2, "mask": 0.15, "hand": 0.15}}.get(label, {"": 1})


def made(face, landmarks, label, skin, hands, others, random):
    """A crop with its targets (mask, hand or object, eyes), or None where a recipe did not fit."""
    recipes = plan(label, skin)
    names = sorted(recipes)
    weights = np.array([recipes[name] for name in names])
    recipe = names[random.choice(len(names), p=weights / weights.sum())]
    targets = list(TARGETS[label])
    face, landmarks = moved(face, landmarks, random)
    if recipe == "mask":
        face, targets[0] = with_mask(face, landmarks, random, others), 1.0
    elif recipe in ("hand", "object"):
        done = (with_hand(face, landmarks, hands, random, "mouth") if recipe == "hand"
                else with_object(face, landmarks, random, others))
        if done is None:
            return None
        face, targets[1] = done[0], 1.0
    elif recipe in ("eyes", "eye", "beside"):
        done = with_hand(face, landmarks, hands, random, recipe)
        if done is None:
            return None
        face, lips, eyes = done
        if 0.08 < lips < TOUCHED:
            return None
        targets[1] = max(targets[1], float(lips >= TOUCHED))
        targets[2] = max(targets[2], sum(float(eye > 0.5) for eye in eyes) / 2)
    elif recipe == "sunglasses":
        face, targets[2] = with_glasses(face, landmarks, random, others, True), 1.0
    elif recipe == "spectacles":
        face = with_glasses(face, landmarks, random, others, False)
    return finished(face, random), recipe, targets


def copies(row, number, crops, landmarks, hands, options):
    """The crops that one face gives, each with the end of its line of the index."""
    label, skin = row["label"], row["skin"]
    found = [(crops[number].tobytes(), "plain", TARGETS[label])]
    face = crops[number].astype(np.float32) / 255
    places = np.array(landmarks[number], np.float64)
    times = max(FEW.get(label, 1), DARK.get(skin, 1) if label == "ok" else 1)
    for copy in range(1, 1 + options.copies * times):
        random = np.random.default_rng([options.seed, number, copy])
        done = made(face, places, label, skin, hands, crops, random)
        if done is not None:
            found.append((np.ascontiguousarray(done[0]).tobytes(), done[1] or "as is", done[2]))
    if label != "ok" or number % MOVING == 0:
        # A copy's number that no other has.
        random = np.random.default_rng([options.seed, number, 1000])
        crop = in_motion(face, places, random)
        found.append((np.ascontiguousarray(crop).tobytes(), "in motion", TARGETS[label]))
    return found


def work(number):
    """`copies` of one face, in a process of its own that was forked from this one."""
    return copies(*shared(number))


def main():
    global shared
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("crops", type=pathlib.Path)
    parser.add_argument("media", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--copies", type=int, default=2, help="made crops beside each, more for rare labels")
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    media = {str(options.media / gather.place(row)): row for row in gather.rows()}
    with open(options.crops / "index.tsv") as file:
        rows = [media[row["path"]] for row in csv.DictReader(file, delimiter="\t")]
    crops = np.memmap(options.crops / "crops.u8", np.uint8, "r").reshape(-1, SIDE, SIDE, 3)
    landmarks = np.memmap(options.crops / "landmarks.f32", "<f4", "r").reshape(-1, 468, 2)
    paths = [path for path, row in media.items() if row["label"] == "hand_alone"]
    hands = [hand for hand in map(cut_out, paths) if hand is not None]
    print(f"{len(rows)} faces, {len(hands)} of {len(paths)} hands")
    options.out.mkdir(parents=True, exist_ok=True)

    def shared(number):
        return rows[number], number, crops, landmarks, hands, options

    with open(options.out / "crops.u8", "wb") as pixels, open(options.out / "index.tsv", "w") as index, \
            multiprocessing.get_context("fork").Pool() as pool:
        index.write("\t".join(("row", "person") + TOLD + ("recipe", "mask", "hand", "eyes")) + "\n")
        for number, found in enumerate(pool.imap(work, range(len(rows)), 8)):
            row = rows[number]
            person = row["sha256"] if row["person"] == "?" else row["person"]
            told = [str(number), person] + [row[name] for name in TOLD]
            for crop, recipe, targets in found:
                pixels.write(crop)
                index.write("\t".join(told + [recipe] + [f"{value:g}" for value in targets]) + "\n")


if __name__ == "__main__":
    main()
