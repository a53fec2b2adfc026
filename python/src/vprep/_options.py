"""The options of a call. Written by generate.py from Docs/options.schema.json; do not edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict


class Options(TypedDict, total=False):
    """What may be asked of a call; each may be left out."""

    provider: Literal["megvii", "megvii-video", "tencent", "tencent-compare-face", None]
    """The service that will judge the clip. check, fit and prep need it."""
    mode: Literal["lip", "action", "silent", None]
    """Tencent's LivenessType; silent unless the request says otherwise. Megvii has none."""
    actions: Sequence[int] | None
    """Tencent's action sequence: 1 is to open the mouth, 2 to close the eyes, 3 to nod, 4 to shake the head.
    tencent takes [1, 2] and [2, 1], and [1, 2] by default; tencent-compare-face takes one or two of the four,
    and none by default. The request says otherwise."""
    bandwidth: float | None
    """Bits per second at which the provider will fetch the clip; unknown by default."""
    face_occlusion_detection: bool | None
    """Whether the request turns Megvii's face_occlusion_detection on. Default false."""
    eye_close_detection: bool | None
    """Whether the request leaves Megvii's eye_close_detection on. Default true."""
    judged_window: tuple[float, float]
    """The window to judge, in seconds from the clip's start, as if the clip were cut to it; the whole clip by
    default."""
    strict: bool | None
    """Whether a warning counts as a refusal, in the status. Default false."""
    explore: float | None
    """Share of the clips that are predicted to fail that is let through, to learn what the service says:
    their report says so in exploration.chosen, and the status is 0. 1 holds nothing back. Default 0."""
    explore_seed: str | None
    """A text that another choice of clips comes from."""
    rules: Mapping[str, Any] | None
    """Your own limits for single rules, in the form that --rules takes: an object of codes, which hold
    measures, which hold limits."""
    photo: str | None
    """Path of the JPG or PNG that the clip is compared with, Tencent's ImageUrl."""
    request: Mapping[str, Any] | None
    """The request's parameters, to be checked with the clip: strings and numbers by their names."""
    window: Literal["auto", "all"] | tuple[float, float]
    """The window that fit and prep keep: [start, end] in seconds, "all" for everything, or "auto" (the
    default) to leave the choice to vprep."""
    max_bytes: int | None
    """Your own limit for the output in bytes, below the provider's."""
    keep_metadata: bool | None
    """Whether location, device, names and other data that may identify people stay in a clip that can stay as
    it is. Default false."""
    even_if_hopeless: bool | None
    """Whether prep also encodes a clip that only a new recording can help. Default false: nothing is written
    then, and fit.skipped says why."""
    previews: int | None
    """Previews of prep and preview. Default 2."""
    preview_size: int | None
    """Longest side of a preview in pixels. Default 1280."""
    preview_quality: int | None
    """Quality of a preview's JPEG on libjpeg's scale. Default 90."""
    preview_crop: Literal["none", "face", None]
    """What a preview shows: the whole frame (none, the default), or the face and what is around it."""
    timeline: bool | None
    """Whether the report holds the values of every measured frame. Default false."""
    language: str | None
    """The language of the advice, as a BCP 47 tag. Default en."""
    annotate: str | None
    """Folder for the measured frames as JPEG with the face, its landmarks and the values drawn; made when it
    is missing."""
    md5: bool | None
    """Whether probe computes the clip's MD5, which reads the whole file. Default true."""
    dry_run: bool | None
    """Whether fit and prep only say what they would do; they then need no output. Default false."""
    exhaustive: bool | None
    """Whether every frame is measured, not as many as the verdict needs. Default false."""
    threads: int | None
    """Threads that decode a clip's pictures, and threads that encode them. Default 2; 1 is best where many
    calls run at once."""
    limits: Mapping[str, Any] | None
    """How much of the clip is read before it is refused: values by the names of limits.md, which vprep doctor
    prints."""
    time_limit: float | None
    """Seconds that the call may take. Default 300."""


# What the library calls each option.
KEYS = {
    "provider": "provider",
    "mode": "mode",
    "actions": "actions",
    "bandwidth": "bandwidth",
    "face_occlusion_detection": "faceOcclusionDetection",
    "eye_close_detection": "eyeCloseDetection",
    "judged_window": "judgedWindow",
    "strict": "strict",
    "explore": "explore",
    "explore_seed": "exploreSeed",
    "rules": "rules",
    "photo": "photo",
    "request": "request",
    "window": "window",
    "max_bytes": "maxBytes",
    "keep_metadata": "keepMetadata",
    "even_if_hopeless": "evenIfHopeless",
    "previews": "previews",
    "preview_size": "previewSize",
    "preview_quality": "previewQuality",
    "preview_crop": "previewCrop",
    "timeline": "timeline",
    "language": "language",
    "annotate": "annotate",
    "md5": "md5",
    "dry_run": "dryRun",
    "exhaustive": "exhaustive",
    "threads": "threads",
    "limits": "limits",
    "time_limit": "timeLimit",
}
