"""Names of the report's keys in Python."""

import re


def snake(name: str) -> str:
    """`voicedLoudnessLUFS` as `voiced_loudness_lufs`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
