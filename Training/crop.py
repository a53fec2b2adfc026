"""A crop of a face, an array of SIDE×SIDE×3 of 0–1 with the landmarks in its pixels, and what lies on it."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 192
# Numbers of MediaPipe's canonical face model.
JAW = [234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454]
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
EYES = ([33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
        [362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382])
SKIN = [50, 280, 101, 330, 118, 347, 36, 266, 151, 9, 108, 337]


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
