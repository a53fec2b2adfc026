"""The calls for asyncio."""

from __future__ import annotations

import asyncio
import pathlib

import pytest

import vprep
import vprep.aio


def test_calls_run_beside_each_other(clips: pathlib.Path) -> None:
    async def both() -> list[vprep.Check]:
        return list(await asyncio.gather(
            vprep.aio.check(clips / "good-silent.mp4", provider="tencent"),
            vprep.aio.check(clips / "dark-3.mp4", provider="tencent")))

    good, dark = asyncio.run(both())
    assert good.passes and not dark.passes


def test_a_cancelled_task_ends_its_call(clips: pathlib.Path, tmp_path: pathlib.Path) -> None:
    async def begin() -> None:
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def tell(stage: str, share: float, left: float | None) -> None:
            loop.call_soon_threadsafe(begun.set)

        task = asyncio.ensure_future(vprep.aio.prepare(
            clips / "uhd.mp4", tmp_path / "out.mp4", provider="tencent", max_bytes=300_000,
            progress=tell))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(begin())
    assert list(tmp_path.iterdir()) == []


def test_an_error_arrives(clips: pathlib.Path) -> None:
    with pytest.raises(vprep.UnusableInput):
        asyncio.run(vprep.aio.probe(clips / "empty.mp4"))
