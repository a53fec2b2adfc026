"""What a call raises when it has no report."""

from __future__ import annotations

from typing import Any


class VPrepError(Exception):
    """A call could not be made; `str()` of it says what is wrong and what can be done."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        self.status = status
        """The exit status that the program has for it, 2 to 5."""
        self.kind: str = error.get("kind", "badRequest")
        """What went wrong: `badRequest`, `unusableInput`, …"""
        self.cause: str | None = error.get("cause")
        """Why, closer than `kind`: `damaged`, `missing`, `forbidden`, …"""
        self.stage: str | None = error.get("stage")
        """Where: `open`, `demux`, `decode`, `encode`, `write`, …"""
        self.file: str = error.get("file") or ""
        """The file it is about; empty where it is about none."""
        self.code: str | None = error.get("code")
        """What the service is expected to answer to such a clip."""
        self.message: str = error.get("message", "")
        """One sentence."""
        self.advice: str | None = error.get("advice")
        """What can be done about it."""
        place = f"{self.file}: " if self.file else ""
        super().__init__(f"{place}{self.message}{'. ' + self.advice if self.advice else ''}")


class BadRequest(VPrepError):
    """An argument is wrong."""


class UnusableInput(VPrepError):
    """The clip is missing, unreadable, damaged or refused."""


class LimitsCannotBeMet(VPrepError):
    """No copy of the clip meets the limits."""


class OutputNotWritten(VPrepError):
    """The output could not be written; what stood under its name is untouched."""


class ResourcesExhausted(VPrepError):
    """The machine has no memory or thread left to give, or the time limit has passed."""


class Cancelled(VPrepError):
    """The call was ended by its `Cancellation`."""


_KINDS: dict[str, type[VPrepError]] = {
    "badRequest": BadRequest, "unusableInput": UnusableInput, "limitsCannotBeMet": LimitsCannotBeMet,
    "outputNotWritten": OutputNotWritten, "resourcesExhausted": ResourcesExhausted, "cancelled": Cancelled,
}


def error_of(status: int, error: dict[str, Any]) -> VPrepError:
    """The exception for an error object of the library."""
    return _KINDS.get(error.get("kind", ""), VPrepError)(status, error)
