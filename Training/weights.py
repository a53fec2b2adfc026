"""The file of weights: what OcclusionWeights.swift reads, and the features that it is applied to."""

import struct

import numpy as np

FORMAT, FEATURES = 1, 1
GRID, LAYERS = 6, (64, 128, 128)
CHANNELS, COUNT = sum(LAYERS), GRID * GRID * sum(LAYERS)
QUESTIONS = ("lower face", "hand", "eyes", "face")


def channel_of_feature():
    """The channel, counted through the layers, of each feature."""
    parts, start = [], 0
    for channels in LAYERS:
        parts.append(np.tile(np.arange(start, start + channels), GRID * GRID))
        start += channels
    return np.concatenate(parts)


def written(path, slopes, intercepts, scales):
    """Writes the file that OcclusionWeights.swift reads."""
    units = np.abs(slopes).max(0) / 127
    numbers = np.rint(slopes / units).astype(np.int8)
    parts = [b"vprepocc", struct.pack("<5I", FORMAT, FEATURES, len(QUESTIONS), CHANNELS, COUNT),
             scales.astype("<f4").tobytes()]
    parts += [struct.pack("<2f", intercept, unit) for intercept, unit in zip(intercepts, units)]
    parts += [np.ascontiguousarray(numbers[:, question]).tobytes() for question in range(len(QUESTIONS))]
    path.write_bytes(b"".join(parts))


def scores(path, features):
    """What OcclusionWeights.swift computes, from the file that it reads."""
    data = path.read_bytes()
    assert data[:8] == b"vprepocc"
    assert struct.unpack_from("<5I", data, 8) == (FORMAT, FEATURES, len(QUESTIONS), CHANNELS, COUNT)
    scales = np.frombuffer(data, "<f4", CHANNELS, 28)
    offset = 28 + 4 * CHANNELS
    parameters = np.frombuffer(data, "<f4", 2 * len(QUESTIONS), offset).reshape(-1, 2)
    offset += 8 * len(QUESTIONS)
    numbers = np.frombuffer(data, np.int8, len(QUESTIONS) * COUNT, offset).reshape(len(QUESTIONS), COUNT)
    scaled = features.astype(np.float64) * scales[channel_of_feature()]
    return 1 / (1 + np.exp(-(parameters[:, 0] + parameters[:, 1] * (scaled @ numbers.T.astype(np.float64)))))
