"""A process that reads clips in isolation, kept running for many of them."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, Unpack

from ._calls import Check, Fit, Prepared, Preview, Probe, keyed
from ._options import Options
from .errors import error_of


class WorkerEnded(Exception):
    """The worker ended twice in the middle of one job."""


class Worker:
    """`vprep worker --isolate`: clips are read in processes without network, files or rights.

    The program `vprep` must be on PATH, or named by `program` or the environment's VPREP. The models are opened once
    for all jobs. Calls from several threads wait for each other. If the worker is killed, the job is given to another
    one.
    """

    def __init__(self, program: str | None = None, *, isolate: bool = True) -> None:
        self._command = [program or os.environ.get("VPREP") or "vprep", "worker"] + (["--isolate"] if isolate else [])
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def probe(self, clip: str, **options: Unpack[Options]) -> Probe:
        """Finds out what a clip is, without judging it."""
        return Probe.of(*self._run("probe", clip, None, options))

    def check(self, clip: str, **options: Unpack[Options]) -> Check:
        """Measures a clip and predicts the answer of `provider`."""
        return Check.of(*self._run("check", clip, None, options))

    def fit(self, clip: str, output: str | None = None, **options: Unpack[Options]) -> Fit:
        """Writes a copy that meets the limits of `provider`."""
        return Fit.of(*self._run("fit", clip, output, options))

    def prepare(self, clip: str, output: str | None = None, **options: Unpack[Options]) -> Prepared:
        """The main job: checks a clip, writes a copy that fits, checks the copy, and picks previews."""
        return Prepared.of(*self._run("prep", clip, output, options))

    def preview(self, clip: str, output: str | None = None, **options: Unpack[Options]) -> Preview:
        """Picks the best frames of a clip."""
        return Preview.of(*self._run("preview", clip, output, options))

    def close(self) -> None:
        """Ends the process; the next job starts another one."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self._end()

    def _run(
        self, call: str, clip: str, output: str | None, options: Mapping[str, Any]
    ) -> tuple[int, str]:
        job: dict[str, Any] = {"call": call, "clip": os.fspath(clip), "options": keyed(options)}
        if output is not None:
            job["output"] = os.fspath(output)
        with self._lock:
            answer = self._answer(json.dumps(job) + "\n")
        if "error" in answer:
            raise error_of(answer["status"], answer["error"])
        return answer["status"], json.dumps(answer["report"])

    def _answer(self, line: str) -> dict[str, Any]:
        """The answer to a job, by a second worker where the first ends without one."""
        for _ in range(2):
            process = self._running()
            try:
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(line)
                process.stdin.flush()
                text = process.stdout.readline()
            except (BrokenPipeError, ConnectionResetError):
                text = ""
            if text.endswith("\n"):
                answer: dict[str, Any] = json.loads(text)
                return answer
            self._end()
        raise WorkerEnded(f"{' '.join(self._command)} ended twice without an answer")

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        return self._process

    def _end(self) -> None:
        process, self._process = getattr(self, "_process", None), None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    pass
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
