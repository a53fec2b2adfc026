#!/usr/bin/env python3
"""Makes training crops: covers laid on bare faces, and every crop in other light, size and quality.

    compose.py CROPS MEDIA OUT [--copies N] [--seed S]

CROPS is a folder that `extract` wrote from the files in MEDIA, which gather.py filled. OUT gets `crops.u8` and
`index.tsv`: of each crop the row of CROPS that it comes from, who and what it shows, how it was made, and its
target values. The same arguments give the same bytes: each crop has a random generator of its own.
"""

import argparse
import csv
import io
import multiprocessing
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import gather

SIDE = 192
# Numbers of MediaPipe's canonical face model.
JAW = [234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454]
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
EYES = ([33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
        [362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382])
SKIN = [50, 280, 101, 330, 118, 347, 36, 266, 151, 9, 108, 337]
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
# From this share of the lips on, a hand covers them: fingers that hold something at the mouth hide about a quarter.
TOUCHED = 0.25
# A bare face in this many, and every covered one, is also shown as it moves: by how much, in pixels of the crop. A face
# is some 128 wide, and one that crosses a seventh of itself while it is lit keeps no lips.
MOVING, SMEARS = 3, (6, 24)
# Where a mask's upper edge crosses the nose, from the bridge to below the tip.
OVER_NOSE, BELOW_NOSE = [6, 197, 195, 5], [2, 164]


def filled(points):
    """The share of each pixel within a polygon: an array of SIDE×SIDE, 0–1."""
    picture = Image.new("L", (2 * SIDE, 2 * SIDE))
    ImageDraw.Draw(picture).polygon([(2 * x, 2 * y) for x, y in points], fill=255)
    return np.asarray(picture.resize((SIDE, SIDE), Image.BOX), np.float32) / 255


def blurred(array, radius):
    """An array of 0–1, one or three channels, blurred."""
    picture = Image.fromarray((np.clip(array, 0, 1) * 255).astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def overlay(face, colour, alpha):
    return face * (1 - alpha[..., None]) + colour * alpha[..., None]


def covered(alpha, points):
    """The share of a polygon that an overlay hides."""
    part = filled(points)
    return float((part * alpha).sum() / max(part.sum(), 1e-6))


def skin_colour(face, landmarks):
    places = np.clip(landmarks[SKIN].round().astype(int), 0, SIDE - 1)
    return np.median(face[places[:, 1], places[:, 0]], axis=0)


# Hands

def cut_out(path):
    """A hand as RGBA, 0–1, cropped to itself; None where the wall cannot be told from it.

    Skin is redder than a wall: the border is that of Otsu between the two heaps of red less blue.
    """
    picture = Image.open(path).convert("RGB")
    picture.thumbnail((240, 240), Image.BOX)
    pixels = np.asarray(picture, np.float32) / 255
    redness = pixels[..., 0] - 0.5 * (pixels[..., 1] + pixels[..., 2])
    counts, edges = np.histogram(redness, 64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * edges[:-1])
    above = below[-1] - below
    between = (sums[-1] * below / below[-1] - sums) ** 2 / np.maximum(below * above, 1)
    threshold = edges[np.argmax(between) + 1]
    mask = Image.fromarray(((redness > threshold) * 255).astype(np.uint8))
    mask = mask.filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(0.8))
    alpha = np.asarray(mask, np.float32) / 255
    rows, columns = np.where(alpha > 0.5)
    if not 0.05 < alpha.mean() < 0.7 or len(rows) == 0:
        return None
    box = np.s_[rows.min():rows.max() + 1, columns.min():columns.max() + 1]
    hand = np.dstack([pixels, alpha])[box]
    # Fingers up: the wrist is where the hand leaves the photograph.
    if rows.min() < 2 and rows.max() < len(alpha) - 2:
        hand = hand[::-1, ::-1]
    return hand


def placed(cover, centre, height, angle, mirrored):
    """An RGBA cover turned and sized, as an overlay of the crop: colours and alpha."""
    picture = Image.fromarray((np.clip(cover, 0, 1) * 255).astype(np.uint8), "RGBA")
    if mirrored:
        picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
    scale = height / picture.height
    size = (max(2, int(picture.width * scale)), max(2, int(height)))
    picture = picture.resize(size, Image.BICUBIC).rotate(angle, Image.BICUBIC, expand=True)
    whole = Image.new("RGBA", (SIDE, SIDE))
    whole.paste(picture, (int(centre[0] - picture.width / 2), int(centre[1] - picture.height / 2)))
    pixels = np.asarray(whole, np.float32) / 255
    return pixels[..., :3], pixels[..., 3]


def recoloured(cover, skin, random):
    """The hand in the light and skin colour of the face, give or take."""
    colours, alpha = cover[..., :3], cover[..., 3]
    own = np.median(colours[alpha > 0.8], axis=0) if (alpha > 0.8).any() else np.full(3, 0.5)
    change = random.normal(0, 0.18) + random.normal(0, 0.05, 3)
    gain = (skin + 0.03) / (own + 0.03) * np.exp(change)
    return np.dstack([np.clip(colours * gain, 0, 1), alpha])


def with_hand(face, landmarks, hands, random, target):
    """A hand before the mouth or the eyes, or beside both; None where none fits after some tries."""
    width = np.linalg.norm(landmarks[454] - landmarks[234])
    places = {"mouth": landmarks[LIPS].mean(0), "eyes": landmarks[EYES[0] + EYES[1]].mean(0),
              "eye": landmarks[EYES[random.integers(2)]].mean(0),
              "beside": landmarks[[50, 280, 152, 10, 172, 397][random.integers(6)]]}
    for _ in range(12):
        hand = recoloured(hands[random.integers(len(hands))], skin_colour(face, landmarks), random)
        scale = random.uniform(0.8, 1.7) if target != "eye" else random.uniform(0.6, 1)
        centre = places[target] + random.normal(0, 0.18 * width, 2)
        # Most hands come from below.
        angle = random.normal(0, 50) if random.random() < 0.7 else random.uniform(-180, 180)
        colours, alpha = placed(hand, centre, scale * width, angle, random.random() < 0.5)
        lips = covered(alpha, landmarks[LIPS])
        eyes = [covered(alpha, landmarks[eye]) for eye in EYES]
        fits = {"mouth": lips > TOUCHED and max(eyes) < 0.4,
                "eyes": min(eyes) > 0.7,
                "eye": max(eyes) > 0.8 and min(eyes) < 0.1 and lips < 0.1,
                "beside": lips < 0.08 and max(eyes) < 0.05 and alpha.mean() > 0.02}[target]
        if not fits:
            continue
        shadow = blurred(np.roll(alpha, random.integers(-6, 7, 2), (0, 1)), 5)
        face = face * (1 - random.uniform(0, 0.5) * shadow[..., None])
        return overlay(face, colours, alpha), lips, eyes
    return None


# Cloth, lenses and other things

def texture(random, others, shape=(SIDE, SIDE)):
    """A colour, a print or a part of another picture, as an array of 0–1."""
    kind = random.integers(5)
    base = random.random(3) if kind else np.array([random.uniform(0, 1)] * 3)
    if random.random() < 0.5:
        base = [(0.93, 0.94, 0.95), (0.55, 0.75, 0.85), (0.08, 0.08, 0.09), (0.35, 0.36, 0.4),
                (0.12, 0.16, 0.3), (0.85, 0.6, 0.65), (0.4, 0.6, 0.5)][random.integers(7)]
    plain = np.ones(shape + (3,)) * np.asarray(base)
    rows, columns = np.mgrid[:shape[0], :shape[1]]
    if kind == 1:
        other = others[random.integers(len(others))].astype(np.float32) / 255
        return np.clip(np.roll(other, random.integers(0, SIDE, 2), (0, 1)), 0, 1)
    if kind == 2:
        angle, period = random.uniform(0, np.pi), random.uniform(4, 30)
        wave = np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * 2 * np.pi / period)
        return np.where(wave[..., None] > random.uniform(-0.5, 0.8), random.random(3), plain)
    if kind == 3:
        spots = blurred(random.random(shape).astype(np.float32), random.uniform(1.5, 5))
        limit = np.quantile(spots, random.uniform(0.5, 0.9))
        return np.where((spots > limit)[..., None], random.random(3), plain)
    return plain


def light_of(face):
    """How light falls on the face: blurred luma by its median."""
    luma = face @ np.array([0.299, 0.587, 0.114])
    low = blurred(luma, 14)
    lit = low[low > 0.02]
    return low / (np.median(lit) if len(lit) else 1)


def with_mask(face, landmarks, random, others):
    below = random.random() < 0.25
    top = landmarks[(BELOW_NOSE if below else OVER_NOSE)[random.integers(2 if below else 4)]]
    jaw = landmarks[JAW].copy()
    # A mask stands off the cheeks and ends before the ears.
    middle = landmarks[[2, 164]].mean(0)
    jaw = middle + (jaw - middle) * random.uniform(0.92, 1.12)
    start = random.integers(0, 4)
    edge = jaw[start:len(jaw) - start]
    alpha = filled(list(edge) + [(edge[-1] + top) / 2 + random.normal(0, 3, 2), top,
                                 (edge[0] + top) / 2 + random.normal(0, 3, 2)])
    alpha = blurred(alpha, random.uniform(0.3, 1))
    cloth = texture(random, others)
    if random.random() < 0.5:
        rows = np.mgrid[:SIDE, :SIDE][0]
        cloth = cloth * (1 + random.uniform(0.03, 0.12) * np.sin(rows * 2 * np.pi / random.uniform(8, 20)))[..., None]
    bulge = np.hypot(*(np.mgrid[:SIDE, :SIDE] - middle[::-1, None, None]))
    cloth = cloth * (1.1 - random.uniform(0.1, 0.5) * bulge / 80)[..., None]
    exposure = np.median(face[face.sum(-1) > 0.05] if (face.sum(-1) > 0.05).any() else face) * 1.5 + 0.15
    cloth = np.clip(cloth * light_of(face)[..., None] * min(exposure, 1.1), 0, 1)
    shadow = blurred(alpha, 4)
    face = face * (1 - random.uniform(0, 0.35) * shadow[..., None])
    return overlay(face, cloth, alpha)


def with_object(face, landmarks, random, others):
    """A phone, a cup, a sheet of paper or the like before the mouth."""
    width = np.linalg.norm(landmarks[454] - landmarks[234])
    for _ in range(12):
        centre = landmarks[LIPS].mean(0) + random.normal(0, 0.12 * width, 2)
        half = np.array([random.uniform(0.16, 0.6), random.uniform(0.16, 0.7)]) * width
        angle, power = random.uniform(-0.7, 0.7), random.choice([2, 4, 12])
        offset = np.mgrid[:SIDE, :SIDE][::-1] - centre[:, None, None]
        turned = np.einsum("ij,jyx->iyx", [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], offset)
        shape = np.clip(8 * (1 - np.sum(np.abs(turned / half[:, None, None]) ** power, 0)), 0, 1)
        lips = covered(shape, landmarks[LIPS])
        eyes = [covered(shape, landmarks[eye]) for eye in EYES]
        if lips < 0.65 or max(eyes) > 0.4:
            continue
        shade = 1 + random.uniform(-0.5, 0.5) * turned[random.integers(2)] / (2 * half.max())
        colours = np.clip(texture(random, others) * shade[..., None] * random.uniform(0.4, 1.1), 0, 1)
        face = face * (1 - random.uniform(0, 0.4) * blurred(shape, 5)[..., None])
        return overlay(face, colours, blurred(shape, random.uniform(0.2, 0.8))), lips, eyes
    return None


def with_glasses(face, landmarks, random, others, dark):
    """Dark glasses, or clear spectacles with rims and glare."""
    centres = [landmarks[eye].mean(0) for eye in EYES]
    apart = np.linalg.norm(centres[1] - centres[0])
    axis = (centres[1] - centres[0]) / max(apart, 1)
    across = np.array([-axis[1], axis[0]])
    width = apart * random.uniform(0.33, 0.58 if dark else 0.5)
    height = width * random.uniform(0.6, 1.05)
    power, drop = random.choice([2, 2.5, 3, 5]), random.uniform(0, 0.25)
    lenses = np.zeros((SIDE, SIDE), np.float32)
    rims = np.zeros((SIDE, SIDE), np.float32)
    rim = random.uniform(0, 4 if dark else 5) / max(width, 1)
    grid = np.mgrid[:SIDE, :SIDE][::-1].astype(np.float32)
    down = np.zeros((SIDE, SIDE), np.float32)
    for sign, centre in zip((-1, 1), centres):
        centre = centre + sign * axis * random.uniform(0, 0.06) * apart + across * drop * height
        offset = grid - centre[:, None, None]
        x = (offset * axis[:, None, None]).sum(0) / width
        y = (offset * across[:, None, None]).sum(0) / height
        # Aviators are narrower below.
        taper = 1 - random.uniform(0, 0.25) * np.clip(y, 0, 1)
        distance = (np.abs(x / taper) ** power + np.abs(y) ** power) ** (1 / power)
        inside = np.clip((1 - distance) * width, 0, 1)
        lenses = np.maximum(lenses, inside)
        rims = np.maximum(rims, np.clip((1 + rim - distance) * width, 0, 1) - inside)
        down = np.where(inside > 0, y, down)
    bridge = filled([centres[0] + axis * width * 0.9 - across * 2, centres[1] - axis * width * 0.9 - across * 2,
                     centres[1] - axis * width * 0.9 + across * 1.5, centres[0] + axis * width * 0.9 + across * 1.5])
    rims = np.clip(np.maximum(rims, bridge * (random.random() < 0.9)) * random.uniform(0.6, 1), 0, 1)
    colour = random.random(3) * (0.4 if random.random() < 0.8 else 1)
    if dark:
        tint = random.random(3) * random.uniform(0.02, 0.35)
        if random.random() < 0.15:
            tint = random.random(3) * 0.9
        fade = 1 + random.uniform(0, 1.2) * np.clip(down, -1, 1) * 0.5
        lens = np.ones((SIDE, SIDE, 3)) * tint * fade[..., None]
        if random.random() < 0.6:
            other = others[random.integers(len(others))].astype(np.float32) / 255
            lens = lens + random.uniform(0.03, 0.3) * np.roll(other, random.integers(0, SIDE, 2), (0, 1))
        # Mirrored: the sky above, the ground below, in the coating's colour.
        if random.random() < 0.2:
            coating = random.random(3) * random.uniform(0.4, 1)
            sky = 1 / (1 + np.exp((down - random.uniform(-0.4, 0.6)) / random.uniform(0.03, 0.3)))
            lens = coating * (random.uniform(0.1, 0.5) + random.uniform(0.4, 0.9) * sky)[..., None]
        # Many let the eyes be guessed, above all in the sun and where the tint fades below.
        opacity = random.uniform(0.86, 1) if random.random() < 0.7 else random.uniform(0.7, 0.86)
        if random.random() < 0.25:
            opacity = (opacity - random.uniform(0, 0.35) * np.clip((down + 1) / 2, 0, 1))
    else:
        lens = np.ones((SIDE, SIDE, 3)) * random.random(3)
        opacity = random.uniform(0, 0.15)
        if random.random() < 0.4:
            place = random.uniform(-0.6, 0.6)
            streak = np.exp(-((down - place) / random.uniform(0.05, 0.3)) ** 2)
            face = np.clip(face + random.uniform(0.1, 0.6) * (streak * lenses)[..., None], 0, 1)
    face = overlay(face, np.clip(lens, 0, 1), (lenses * opacity).astype(np.float32))
    return overlay(face, np.ones((SIDE, SIDE, 3)) * colour, rims)


# Light, size and quality

def moved(face, landmarks, random):
    """Mirrored half of the time, and shifted, turned and sized a little as landmarks err."""
    if random.random() < 0.5:
        face = face[:, ::-1]
        landmarks = np.stack([SIDE - landmarks[:, 0], landmarks[:, 1]], 1)
        landmarks = landmarks[MIRROR]
    angle, scale = random.normal(0, 0.05), np.exp(random.normal(0, 0.04))
    cosine, sine = np.cos(angle) / scale, np.sin(angle) / scale
    middle = SIDE / 2
    shift = random.normal(0, 0.02 * SIDE, 2)
    matrix = np.array([[cosine, sine], [-sine, cosine]])
    offset = middle - matrix @ (np.array([middle, middle]) + shift)
    picture = Image.fromarray((np.clip(face, 0, 1) * 255).round().astype(np.uint8))
    picture = picture.transform(
        (SIDE, SIDE), Image.AFFINE, (matrix[0, 0], matrix[0, 1], offset[0], matrix[1, 0], matrix[1, 1], offset[1]),
        Image.BILINEAR)
    landmarks = (landmarks - offset) @ np.linalg.inv(matrix).T
    return np.asarray(picture, np.float32) / 255, landmarks


def mirror_table():
    """Which landmark is on the other side of each that this file uses; others stay."""
    table = np.arange(468)
    pairs = list(zip(JAW, JAW[::-1])) + list(zip(LIPS, LIPS[10::-1] + LIPS[:10:-1]))
    pairs += list(zip(EYES[0], EYES[1][8::-1] + EYES[1][:8:-1]))
    pairs += [(50, 280), (101, 330), (118, 347), (36, 266), (108, 337)]
    for first, second in pairs:
        table[first], table[second] = second, first
    return table


MIRROR = mirror_table()


def relit(face, random):
    """Dimmer or lighter, lit from a side, tinted, grey."""
    if random.random() < 0.35:
        angle = random.uniform(0, 2 * np.pi)
        rows, columns = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
        way = (columns * np.cos(angle) + rows * np.sin(angle) + random.uniform(-0.15, 0.15))
        soft = 1 / (1 + np.exp(-way / random.uniform(0.02, 0.2)))
        face = face * (1 - random.uniform(0.2, 0.75) * soft)[..., None]
    if random.random() < 0.3:
        face = face ** random.uniform(0.7, 1.5)
    if random.random() < 0.5:
        face = face * np.exp(random.uniform(-1.2, 0.25))
    if random.random() < 0.5:
        face = face * np.exp(random.normal(0, 0.1, 3))
    if random.random() < 0.12:
        face = np.repeat((face @ np.array([0.299, 0.587, 0.114]))[..., None], 3, -1)
    return np.clip(face, 0, 1)


def smeared(picture, length, angle):
    """A picture as of a face that moves by a length while it is lit."""
    pixels, count = np.asarray(picture, np.float32), max(2, int(np.ceil(length)))
    total = np.zeros_like(pixels)
    for step in np.linspace(-0.5, 0.5, count):
        along = np.round(step * length * np.array([np.sin(angle), np.cos(angle)])).astype(int)
        total += np.roll(pixels, along, (0, 1))
    return Image.fromarray((total / count).round().astype(np.uint8))


def degraded(face, random):
    """Smaller, blurred, smeared, noisy, compressed."""
    picture = Image.fromarray((face * 255).round().astype(np.uint8))
    if random.random() < 0.5:
        side = int(SIDE * random.uniform(0.4, 1))
        picture = picture.resize((side, side), Image.BOX if random.random() < 0.5 else Image.BILINEAR)
    if random.random() < 0.35:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.2, 1.4)))
    if random.random() < 0.15:
        picture = smeared(picture, random.uniform(2, 9) * picture.width / SIDE, random.uniform(0, np.pi))
    if random.random() < 0.3:
        noise = random.normal(0, random.uniform(1, 9), (picture.height, picture.width, 3))
        picture = Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))
    if random.random() < 0.5:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=int(random.uniform(25, 90)))
        picture = Image.open(stream).convert("RGB")
    if picture.width != SIDE:
        picture = picture.resize((SIDE, SIDE), Image.BILINEAR)
    return np.asarray(picture, np.float32) / 255


def finished(face, random):
    """A crop as the network may see it; black stays black where the picture ends."""
    inside = face.sum(-1, keepdims=True) > 0
    if random.random() < 0.08:
        border = int(random.uniform(0.05, 0.2) * SIDE)
        side = random.integers(4)
        cut = [np.s_[:border], np.s_[-border:], np.s_[:, :border], np.s_[:, -border:]][side]
        inside = inside.copy()
        inside[cut] = False
    face = degraded(relit(face, random), random) * inside
    return (np.clip(face, 0, 1) * 255).round().astype(np.uint8)


def in_motion(face, landmarks, random):
    """A crop as of a face that moves fast."""
    face, _ = moved(face, landmarks, random)
    inside = face.sum(-1, keepdims=True) > 0
    picture = Image.fromarray((relit(face, random) * 255).round().astype(np.uint8))
    picture = smeared(picture, random.uniform(*SMEARS), random.uniform(0, np.pi))
    return np.asarray(picture) * inside.astype(np.uint8)


# One crop a recipe

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
