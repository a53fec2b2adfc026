"""The calls, and what they return."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, Self, Unpack

from . import _native
from ._decode import decoder
from ._native import Cancellation, Progress
from ._options import KEYS, Options
from ._picture import Picture
from ._report import FitOutput, NextStep, Report, Verdict
from .errors import error_of

Clip = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
"""A path, a clip's bytes, or a file object that is open for reading bytes."""

_PROVIDERS = {None: 0, "megvii": 1, "tencent": 2, "megvii-video": 3, "tencent-compare-face": 4}


@dataclass(frozen=True)
class Answer:
    """What every call returns."""

    status: int
    """0 passes or does not judge, 1 is predicted to be refused, 6 could not be decided: the program's exit status."""
    report: Report = field(repr=False)
    """All that is known of the clip."""
    json: str = field(repr=False)
    """The report as the library wrote it."""

    @classmethod
    def of(cls, status: int, text: str) -> Self:
        """The answer of a call; raises where it has no report."""
        value = json.loads(text)
        if "error" in value:
            raise error_of(status, value["error"])
        return cls(status, decoder(Report)(value), text)


@dataclass(frozen=True)
class Probe(Answer):
    """What a clip is; nothing was measured or judged."""


@dataclass(frozen=True)
class Check(Answer):
    """What the service is predicted to answer to a clip."""

    @property
    def verdict(self) -> Verdict:
        """The judgement; of the output where a file was made, else of the clip."""
        verdict = self.report.output_verdict or self.report.verdict
        if verdict is None:
            raise LookupError("the report has no verdict")
        return verdict

    @property
    def outcome(self) -> Literal["pass", "warn", "fail", "incomplete"]:
        """The verdict in one word."""
        return self.verdict.outcome

    @property
    def passes(self) -> bool:
        """Whether the clip may be uploaded: the service is not predicted to refuse it."""
        return self.status == 0

    @property
    def code(self) -> str | None:
        """The code that the service is predicted to answer; None where it is predicted to accept."""
        return next((p.code for p in self.verdict.predictions if p.severity == "fail"), None)

    @property
    def next_step(self) -> NextStep | None:
        """The one sentence for the person, and whether it asks for a new recording; None where all is well."""
        return self.verdict.next_step


@dataclass(frozen=True)
class Preview(Answer):
    """The best frames of a clip."""

    @property
    def previews(self) -> list[Picture]:
        """The frames, best first; empty where no frame shows a usable face."""
        return [Picture.of(preview) for preview in self.report.previews]


@dataclass(frozen=True)
class Fit(Answer):
    """A copy of a clip that meets the service's limits; nothing was judged."""

    @property
    def output(self) -> FitOutput | None:
        """The file that was written; None where none was, as with `dry_run`."""
        return self.report.fit.output if self.report.fit else None


@dataclass(frozen=True)
class Prepared(Check, Preview, Fit):
    """What `prepare` made: the file, the prediction for it, and previews."""


def probe(
    clip: Clip, *, name: str | None = None, progress: Progress | None = None,
    cancellation: Cancellation | None = None, **options: Unpack[Options],
) -> Probe:
    """Finds out what a clip is, without judging it."""
    return Probe.of(*_run("probe", clip, None, name, options, progress, cancellation))


def check(
    clip: Clip, *, name: str | None = None, progress: Progress | None = None,
    cancellation: Cancellation | None = None, **options: Unpack[Options],
) -> Check:
    """Measures a clip and predicts the answer of `provider`; writes nothing."""
    return Check.of(*_run("check", clip, None, name, options, progress, cancellation))


def fit(
    clip: Clip, output: str | os.PathLike[str] | None = None, *, name: str | None = None,
    progress: Progress | None = None, cancellation: Cancellation | None = None, **options: Unpack[Options],
) -> Fit:
    """Writes a copy that meets the limits of `provider`, changed as little as possible."""
    return Fit.of(*_run("fit", clip, output, name, options, progress, cancellation))


def prepare(
    clip: Clip, output: str | os.PathLike[str] | None = None, *, name: str | None = None,
    progress: Progress | None = None, cancellation: Cancellation | None = None, **options: Unpack[Options],
) -> Prepared:
    """The main job: checks a clip, writes a copy that fits, checks the copy, and picks previews."""
    return Prepared.of(*_run("prep", clip, output, name, options, progress, cancellation))


def preview(
    clip: Clip, output: str | os.PathLike[str] | None = None, *, name: str | None = None,
    progress: Progress | None = None, cancellation: Cancellation | None = None, **options: Unpack[Options],
) -> Preview:
    """Picks the best frames of a clip; with `output`, they are written there as well."""
    return Preview.of(*_run("preview", clip, output, name, options, progress, cancellation))


def codes(provider: Literal["megvii", "megvii-video", "tencent", "tencent-compare-face"] | None = None) -> list[
        dict[str, Any]]:
    """Every code of a service, or of all: what it means, how it is predicted, its limits and their sources."""
    found: list[dict[str, Any]] = json.loads(_native.codes(_PROVIDERS[provider]))
    return found


def version() -> str:
    """The version of the library in use."""
    text: bytes = _native.library().vprep_version()
    return text.decode()


def _run(
    call: str, clip: Clip, output: str | os.PathLike[str] | None, name: str | None, options: Mapping[str, Any],
    progress: Progress | None, cancellation: Cancellation | None,
) -> tuple[int, str]:
    request: dict[str, Any] = {"call": call, "options": keyed(options)}
    content: bytes | None = None
    if isinstance(clip, (str, os.PathLike)):
        request["clip"] = os.fspath(clip)
    elif isinstance(clip, (bytes, bytearray, memoryview)):
        content = bytes(clip)
    else:
        content = clip.read()
        name = name or _name_of(clip)
    if content is not None and name:
        request["name"] = name
    if output is not None:
        request["output"] = os.fspath(output)
    return _native.call(json.dumps(request), content, progress, cancellation)


def keyed(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options by the library's names; one that it does not know keeps its name, and is refused by it."""
    return {KEYS.get(key, key): os.fspath(value) if isinstance(value, Path) else value
            for key, value in options.items()}


def _name_of(file: IO[bytes]) -> str | None:
    name = getattr(file, "name", None)
    return os.path.basename(name) if isinstance(name, str) else None
