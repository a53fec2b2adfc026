"""Clips of TestVideos/, which `make setup` makes."""

from __future__ import annotations

import pathlib

import pytest

CLIPS = pathlib.Path(__file__).resolve().parents[2] / "TestVideos" / "clips"


@pytest.fixture
def clip() -> pathlib.Path:
    """A good clip of 2.4 s."""
    return CLIPS / "good-silent.mp4"


@pytest.fixture
def clips() -> pathlib.Path:
    """The folder of clips."""
    return CLIPS
