"""The C library: how it is found, and the one function that is called."""

from __future__ import annotations

import ctypes
import functools
import os
import pathlib
from collections.abc import Callable

Progress = Callable[[str, float, float | None], None]
"""Told how far a call is: its stage, the share of the stage that is done, and the seconds that it may still
take, None while that is not known. Called on another thread, at most ten times a second."""

_PROGRESS = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double, ctypes.c_double)
_NAMES = ("libvprep.so.0", "libvprep.so")
_PACKAGES = "libavformat59 libavcodec59 libswscale6 libswresample4 libjpeg62-turbo libxnnpack0 libebur128-1"


def _candidates() -> list[str]:
    """Where the library may be: VPREP_LIBRARY, beside this file, then where the loader looks."""
    if given := os.environ.get("VPREP_LIBRARY"):
        return [given]
    here = pathlib.Path(__file__).parent
    beside = [str(here / name) for name in _NAMES if (here / name).exists()]
    return beside or list(_NAMES)


@functools.cache
def library() -> ctypes.CDLL:
    """The library, opened once a process.

    Raises ImportError, with what to do, when it or a library that it needs is not there.
    """
    causes = []
    for name in _candidates():
        try:
            native = ctypes.CDLL(name)
        except OSError as error:
            causes.append(str(error))
            continue
        native.vprep_call.restype = ctypes.c_int
        native.vprep_call.argtypes = [
            ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p,
            ctypes.POINTER(ctypes.c_void_p)]
        native.vprep_codes.restype = ctypes.c_int
        native.vprep_codes.argtypes = [ctypes.c_int, ctypes.POINTER(ctypes.c_void_p)]
        native.vprep_version.restype = ctypes.c_char_p
        native.vprep_free.argtypes = [ctypes.c_void_p]
        native.vprep_free.restype = None
        native.vprep_cancellation_create.restype = ctypes.c_void_p
        native.vprep_cancellation_cancel.argtypes = [ctypes.c_void_p]
        native.vprep_cancellation_cancel.restype = None
        native.vprep_cancellation_free.argtypes = [ctypes.c_void_p]
        native.vprep_cancellation_free.restype = None
        return native
    raise ImportError(
        f"vprep's library cannot be opened: {'; '.join(causes)}. "
        f"On Debian 12 it needs: apt-get install {_PACKAGES}. "
        "VPREP_LIBRARY names a library that lies elsewhere.")


class Cancellation:
    """Ends calls from another thread: those that were given it, and those still to come."""

    def __init__(self) -> None:
        self._free = library().vprep_cancellation_free
        self._pointer: int = library().vprep_cancellation_create()

    def cancel(self) -> None:
        """Ends the calls; returns at once. They raise `Cancelled` within moments."""
        library().vprep_cancellation_cancel(self._pointer)

    def __del__(self) -> None:
        # A call holds this object while it runs, so the pointer outlives it.
        if pointer := getattr(self, "_pointer", None):
            self._free(pointer)


def call(
    request: str, content: bytes | None, progress: Progress | None, cancellation: Cancellation | None
) -> tuple[int, str]:
    """One call: its status and its JSON. The interpreter's lock is free while it runs."""
    native = library()
    failures: list[BaseException] = []

    def report(_: int | None, stage: bytes, share: float, left: float) -> None:
        # An exception cannot pass through C: the first one ends the call, and is raised after it.
        if not failures and progress is not None:
            try:
                progress(stage.decode(), share, None if left < 0 else left)
            except BaseException as error:
                failures.append(error)
                if cancellation is not None:
                    cancellation.cancel()

    if progress is not None and cancellation is None:
        cancellation = Cancellation()
    told = _PROGRESS(report) if progress is not None else None
    text = ctypes.c_void_p()
    status: int = native.vprep_call(
        request.encode(), content, len(content or b""), ctypes.cast(told, ctypes.c_void_p) if told else None, None,
        cancellation._pointer if cancellation else None, ctypes.byref(text))
    json = _take(native, text)
    if failures:
        raise failures[0]
    return status, json


def codes(provider: int) -> str:
    """Every code of a provider as JSON; 0 for all providers."""
    native = library()
    text = ctypes.c_void_p()
    native.vprep_codes(provider, ctypes.byref(text))
    return _take(native, text)


def _take(native: ctypes.CDLL, text: ctypes.c_void_p) -> str:
    """The text that a call put out, which goes back to the library."""
    if text.value is None:
        raise MemoryError("vprep had no memory for its answer")
    try:
        return ctypes.string_at(text.value).decode()
    finally:
        native.vprep_free(text)
