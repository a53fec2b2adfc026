"""The calls for asyncio: each runs on a thread of its own, and ends when its task is cancelled."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from . import _calls
from ._native import Cancellation
from .errors import Cancelled

P = ParamSpec("P")
R = TypeVar("R")


def _asynchronous(function: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]:
    @functools.wraps(function)
    async def call(*arguments: P.args, **options: P.kwargs) -> R:
        cancellation = options.get("cancellation")
        if not isinstance(cancellation, Cancellation):
            cancellation = options["cancellation"] = Cancellation()
        running = asyncio.get_running_loop().run_in_executor(
            None, functools.partial(function, *arguments, **options))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            cancellation.cancel()
            # The call ends before its task does, so that nothing of it is left running.
            try:
                await running
            except Cancelled:
                pass
            raise

    return call


probe = _asynchronous(_calls.probe)
check = _asynchronous(_calls.check)
fit = _asynchronous(_calls.fit)
prepare = _asynchronous(_calls.prepare)
preview = _asynchronous(_calls.preview)
