"""Predicts whether a face-liveness service will accept a selfie video, and repairs what can be repaired.

    import vprep

    check = vprep.check("selfie.mov", provider="tencent")
    print(check.outcome, check.next_step)

A clip is a path, bytes, or a file object that is open for reading bytes. Every call raises `VPrepError` where it
has no report, runs without the interpreter's lock, and may be made from any thread. `vprep.aio` has the same calls
for asyncio.
"""

from __future__ import annotations

from ._calls import Check, Clip, Fit, Prepared, Preview, Probe, check, codes, fit, prepare, preview, probe, version
from ._native import Cancellation, Progress
from ._options import Options
from ._picture import Picture
from ._report import NextStep, Prediction, Report, Verdict
from ._version import VERSION as __version__
from .errors import (
    BadRequest, Cancelled, LimitsCannotBeMet, OutputNotWritten, ResourcesExhausted, UnusableInput, VPrepError)

__all__ = [
    "BadRequest", "Cancellation", "Cancelled", "Check", "Clip", "Fit", "LimitsCannotBeMet", "NextStep", "Options",
    "OutputNotWritten", "Picture", "Prediction", "Prepared", "Preview", "Probe", "Progress", "Report",
    "ResourcesExhausted", "UnusableInput", "VPrepError", "Verdict", "__version__", "check", "codes",
    "fit", "prepare", "preview", "probe", "version",
]
