"""How a camera sees a face: its place, light, size, motion and quality."""

import io

import numpy as np
from PIL import Image, ImageFilter

from crop import EYES, JAW, LIPS, SIDE

# By how much a face moves while it is lit, in pixels of the crop. A face is some 128 wide, and one that crosses a
# seventh of itself keeps no lips.
SMEARS = (6, 24)


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
