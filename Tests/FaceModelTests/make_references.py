#!/usr/bin/env python3
"""Writes References/: what LiteRT computes for a drawn face, for ReferenceTests.

Run once, and again only when the drawing or the models change:

    python3 -m venv venv && venv/bin/pip install ai-edge-litert numpy
    venv/bin/python Tests/FaceModelTests/make_references.py Models

The drawing repeats DrawnFace.swift in whole numbers, so both sides see the same input bit for bit.
Of a long output every n-th number is kept; n is chosen so that about 1500 remain. Of the face network's
activations, averaged over 6×6 places, all are kept, for the face and for the same face with a mask;
`Training/train.py --reference` then writes their scores.
"""

import pathlib
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter

# Ellipses in 1/1024 of the picture's side: centre, radii, colour, shading towards the edge.
ELLIPSES = [
    (512, 1150, 330, 330, (60, 70, 110), 0),
    (512, 430, 300, 340, (58, 40, 30), 0),
    (512, 800, 110, 190, (176, 128, 104), 0),
    (512, 520, 240, 310, (224, 172, 144), 48),
    (512, 300, 190, 110, (226, 176, 148), 0),
    (405, 430, 70, 18, (70, 48, 38), 0),
    (619, 430, 70, 18, (70, 48, 38), 0),
    (408, 490, 62, 38, (196, 142, 118), 0),
    (616, 490, 62, 38, (196, 142, 118), 0),
    (408, 494, 50, 22, (240, 236, 232), 0),
    (616, 494, 50, 22, (240, 236, 232), 0),
    (408, 494, 21, 21, (80, 56, 40), 0),
    (616, 494, 21, 21, (80, 56, 40), 0),
    (408, 494, 10, 10, (16, 12, 12), 0),
    (616, 494, 10, 10, (16, 12, 12), 0),
    (512, 560, 26, 95, (236, 186, 158), 0),
    (512, 640, 58, 30, (206, 150, 124), 0),
    (488, 652, 14, 9, (110, 66, 54), 0),
    (536, 652, 14, 9, (110, 66, 54), 0),
    (512, 738, 88, 34, (186, 92, 88), 0),
    (512, 738, 70, 7, (96, 36, 40), 0),
]

# File name, side of the input, part of the picture (left, top, side), whether −1…1.
MODELS = [
    ("face_detection_short_range", 128, (0, 0, 1024), True),
    ("face_detection_full_range_sparse", 192, (0, 0, 1024), True),
    ("face_landmark", 192, (62, 70, 900), False),
    ("iris_landmark", 64, (293, 379, 230), False),
    ("palm_detection_full", 192, (0, 0, 1024), False),
    ("hand_landmark_lite", 224, (262, 262, 500), False),
]


# A mask, and the tensors that FaceActivations.swift reads.
MASK = (512, 720, 200, 140, (235, 238, 240), 30)
TAPS = (86, 113, 141)


def draw(size, window, ellipses=tuple(ELLIPSES)):
    left, top, side = window
    index = np.arange(size)
    x, y = np.meshgrid(
        left + (2 * index + 1) * side // (2 * size), top + (2 * index + 1) * side // (2 * size)
    )
    picture = np.stack([96 + y // 16, 112 + y // 16, 120 + x // 16], -1)
    for cx, cy, rx, ry, colour, shading in ellipses:
        distance = ((x - cx) * ry) ** 2 + ((y - cy) * rx) ** 2
        radius = (rx * ry) ** 2
        painted = np.array(colour) - (distance * shading // radius)[..., None]
        picture = np.where((distance <= radius)[..., None], painted, picture)
    return picture


def main():
    models = pathlib.Path(sys.argv[1])
    references = pathlib.Path(__file__).parent / "References"
    references.mkdir(exist_ok=True)
    for name, size, window, signed in MODELS:
        interpreter = Interpreter(str(models / f"{name}.tflite"), num_threads=1)
        interpreter.allocate_tensors()
        tensor = draw(size, window).astype(np.float32) / np.float32(255)
        if signed:
            tensor = tensor * np.float32(2) - np.float32(1)
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], tensor[None])
        interpreter.invoke()
        for index, detail in enumerate(interpreter.get_output_details()):
            output = interpreter.get_tensor(detail["index"]).ravel()
            step = -(-output.size // 1500)
            output[::step].astype("<f4").tofile(references / f"{name}.{index}.f32")
    write_activations(str(models / "face_landmark.tflite"), references / "occlusion_features.f32")


def write_activations(model, path):
    """The activations of the drawn face, bare and masked."""
    interpreter = Interpreter(model, num_threads=1, experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    features = []
    for ellipses in (ELLIPSES, ELLIPSES + [MASK]):
        tensor = draw(192, (62, 70, 900), ellipses).astype(np.float32) / np.float32(255)
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], tensor[None])
        interpreter.invoke()
        for tap in TAPS:
            layer = interpreter.get_tensor(tap)[0]
            step = layer.shape[0] // 6
            features.append(layer.reshape(6, step, 6, step, -1).mean((1, 3)).ravel())
    np.concatenate(features).astype("<f4").tofile(path)


main()
