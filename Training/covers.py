"""Hands, cloth, lenses and other things, laid on crops of bare faces."""

import numpy as np
from PIL import Image, ImageFilter

from crop import EYES, JAW, LIPS, SIDE, blurred, covered, filled, overlay, skin_colour

# From this share of the lips on, a hand covers them: fingers that hold something at the mouth hide about a quarter.
TOUCHED = 0.25
# Where a mask's upper edge crosses the nose, from the bridge to below the tip.
OVER_NOSE, BELOW_NOSE = [6, 197, 195, 5], [2, 164]


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
