#!/usr/bin/env python3
"""Trains the scores that tell what covers a face, from what `extract` makes of the training crops.

    train.py CROPS PLACES MEDIA [--weights FILE] [--folds K]
    train.py --reference FOLDER [--weights FILE]

CROPS holds `index.tsv` of compose.py, PLACES that of `extract --places`, and both `features.f32` of `extract
--features`; MEDIA is what gather.py filled. The weights go to FILE (occlusion.weights beside this script). Of the
people, a sixth is left out of training; how the weights judge these is printed. With --folds, the people who are
trained on are split into K parts as well, and each part is judged by what the others teach: rougher, but of more
people. --reference writes the scores of the features that Tests/FaceModelTests/make_references.py computed, for the
parity test.

One thread and no chance: the same features give the same bytes on the same processor and numpy.
"""

import os

os.environ.update({name: "1" for name in
                   ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")})

import argparse  # noqa: E402: numpy reads the number of threads when it is imported
import csv
import json
import pathlib

import numpy as np

from logistic import fit
from people import HELD, LEFT_OUT, first_byte
from places import LEAST_SUM, SURE_SUM, places
from weights import CHANNELS, COUNT, QUESTIONS, channel_of_feature, scores, written

HERE = pathlib.Path(__file__).parent
LIMITS = (0.5, 0.8)
# Log odds added to each score. Chosen on the people who are left out: with 1 instead of 0.5 twice as many bare
# faces, most with heavy rims, pass the limits of the rules and no further cover; with 0 fewer dark glasses do. By two
# folds, 48 of 5,498 bare faces and 97.3 % of 406 dark glasses pass 0.5 at the eyes; with 1, 70 and 97.8 %. Spectacles
# that count fourfold in training give the same at another amount.
SHIFT = (0.5, 0.0, 0.5)
# The same for the score of a face, chosen on three folds of the places that are asked about, before pictures of several
# people were among them: with -2, 372 of 414 faces and 2 of 100 places without one pass the limit of 0.5; with -1, 380
# and 9.
FACE_SHIFT = -2.0


def load(folder):
    """Scaled features, targets, sample weights, the rows of the index, which are trained on, and the scales."""
    with open(folder / "index.tsv") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    features = np.memmap(folder / "features.f32", "<f4", "r").reshape(-1, COUNT)
    assert len(features) == len(rows), "features and index differ"
    digests = np.array([first_byte(row["person"]) for row in rows])
    assert digests.min() > HELD, "a held-out person is in the list"
    taught = digests > LEFT_OUT
    channel = channel_of_feature()
    sums, squares = np.zeros(COUNT), np.zeros(COUNT)
    for start in range(0, len(features), 1024):
        part = features[start:start + 1024][taught[start:start + 1024]].astype(np.float64)
        sums += part.sum(0)
        squares += (part ** 2).sum(0)
    places = np.bincount(channel, minlength=CHANNELS) * taught.sum()
    mean = np.bincount(channel, sums) / places
    variance = np.bincount(channel, squares) / places - mean ** 2
    scales = (1 / np.sqrt(np.maximum(variance, 1e-6))).astype(np.float32)
    scaled = np.empty(features.shape)
    for start in range(0, len(features), 1024):
        scaled[start:start + 1024] = features[start:start + 1024] * scales[channel]
    cloth, hand, eyes = (np.array([float(row[name]) for row in rows]) for name in ("mask", "hand", "eyes"))
    targets = np.stack([np.maximum(cloth, hand), hand, eyes], 1)
    # What covers is asked only where something does.
    weights = np.stack([np.ones(len(rows)), ((cloth + hand) == 1).astype(float), np.ones(len(rows))], 1)
    return scaled, targets, weights, rows, taught, scales


def face_score(scaled, rows, taught, found, scales, folds=1):
    """Slopes and intercept of the score of a face, and what it makes of the places that it is not fitted to.

    Faces are the crops that are plain or show a cover, and places in pictures of covered faces; both kinds of
    examples weigh the same together. With several folds, each part of the taught places is judged by the others.
    """
    features, is_face, weights, digests, _ = found
    places_scaled = features * scales[channel_of_feature()]
    chosen = taught & np.array([row["recipe"] == "plain" or "1" in (row["mask"], row["hand"], row["eyes"])
                                for row in rows])
    chosen &= np.array([row["label"] != "ok" or row["recipe"] != "plain" or number % 3 == 0
                        for number, row in enumerate(rows)])
    crops, crop_digests = scaled[chosen], np.array([first_byte(row["person"]) for row in rows])[chosen]
    odds = np.zeros(len(features))
    known = digests > LEFT_OUT
    parts = [(known & (digests % folds != fold), known & (digests % folds == fold), crop_digests % folds != fold)
             for fold in range(folds)] if folds > 1 else [(known, ~known, np.ones(len(crops), bool))]
    for mine, test, others in parts:
        matrix = np.concatenate([crops[others], places_scaled[mine]])
        target = np.concatenate([np.ones(others.sum()), is_face[mine]])
        weight = np.concatenate([np.ones(others.sum()), weights[mine]])
        for kind in (0, 1):
            weight[target == kind] /= weight[target == kind].sum()
        slopes, intercepts = fit(matrix, target[:, None], weight[:, None])
        odds[test] = places_scaled[test] @ slopes[:, 0] + intercepts[0] + FACE_SHIFT
    return slopes, intercepts + FACE_SHIFT, odds


def faces_told(title, found, odds, tested):
    """Prints how many places are taken for faces."""
    _, is_face, _, _, sums = found
    print(title)
    for least, most in ((0.0, LEAST_SUM), (LEAST_SUM, 1.5), (1.5, SURE_SUM), (SURE_SUM, 9.0)):
        part = tested & (sums >= least) & (sums < most)
        for name, group in (("a covered face", part & is_face), ("no face", part & ~is_face)):
            if group.any():
                print(f"looks' scores {least}-{most}: {name:15} n {group.sum():5}, above 0.5: {(odds[group] > 0).sum()}")


def groups(row):
    """The groups that a crop belongs to."""
    if row["recipe"] != "plain":
        return [(row["label"], "made: " + row["recipe"])]
    names = ["all", "Monk " + row["skin"], "spectacles" if row["glasses"] == "1" else "-"]
    names += row["conditions"].split(",")
    return [(row["label"], name.replace("_", " ")) for name in names if name not in ("-", "Monk -")]


def rates(rows, found):
    """Prints for each group how many scores pass the limits of the rules."""
    asked = QUESTIONS[:found.shape[1]]
    print(f"{'label':16} {'group':20} {'n':>5}" + "".join(f"  {name} >{limit}" for name in asked for limit in LIMITS))
    members = {}
    for number, row in enumerate(rows):
        for group in groups(row):
            members.setdefault(group, []).append(number)
    for (label, name), numbers in sorted(members.items()):
        part = found[numbers]
        print(f"{label:16} {name:20} {len(numbers):5}" + "".join(
            f"  {(part[:, question] > limit).mean():{len(name) + len(str(limit)) + 2}.3f}"
            for question, name in enumerate(asked) for limit in LIMITS))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("crops", type=pathlib.Path, nargs="?")
    parser.add_argument("places", type=pathlib.Path, nargs="?")
    parser.add_argument("media", type=pathlib.Path, nargs="?")
    parser.add_argument("--weights", type=pathlib.Path, default=HERE / "occlusion.weights")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--reference", type=pathlib.Path)
    options = parser.parse_args()
    if options.reference:
        features = np.fromfile(options.reference / "occlusion_features.f32", "<f4").reshape(-1, COUNT)
        found = scores(options.weights, features).tolist()
        (options.reference / "occlusion_scores.json").write_text(json.dumps(found, indent=1) + "\n")
        return
    if not options.media:
        parser.error("CROPS, PLACES and MEDIA are needed")
    features, targets, weights, rows, taught, scales = load(options.crops)
    found_places = places(options.places, options.media)
    if options.folds:
        people = sorted({row["person"] for row, is_taught in zip(rows, taught) if is_taught})
        fold_of = {person: number % options.folds for number, person in enumerate(people)}
        folds = np.array([fold_of.get(row["person"], -1) for row in rows])
        found = np.zeros_like(targets)
        for fold in range(options.folds):
            others = taught & (folds != fold)
            slopes, intercepts = fit(features[others], targets[others], weights[others])
            test = folds == fold
            found[test] = 1 / (1 + np.exp(-(features[test] @ slopes + intercepts + SHIFT)))
        print(f"{options.folds} folds of the people who are trained on")
        rates([row for row, is_taught in zip(rows, taught) if is_taught], found[taught])
        _, _, odds = face_score(features, rows, taught, found_places, scales, options.folds)
        faces_told("what might be faces, by folds", found_places, odds, found_places[3] > LEFT_OUT)
    face, face_intercept, odds = face_score(features, rows, taught, found_places, scales)
    slopes, intercepts = fit(features[taught], targets[taught], weights[taught])
    written(options.weights, np.hstack([slopes, face]), np.append(intercepts + SHIFT, face_intercept), scales)
    left_out = np.flatnonzero(~taught)
    raw = np.memmap(options.crops / "features.f32", "<f4", "r").reshape(-1, COUNT)
    print("people who were left out")
    rates([rows[number] for number in left_out], scores(options.weights, raw[left_out]))
    faces_told("what might be faces, of people who were left out", found_places, odds, found_places[3] <= LEFT_OUT)


if __name__ == "__main__":
    main()
