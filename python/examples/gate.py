"""What each engine does with a clip: a path goes in, a row comes out, and the prepared file lies in a folder."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import vprep
from vprep.worker import Worker


class Gate:
    """Keeps one warm worker; made once in each process of an engine."""

    def __init__(self, folder: str, **options: Any) -> None:
        self.folder = folder
        self.options = options | {"threads": 1, "previews": 0}
        self.worker = Worker()

    def __call__(self, path: str) -> dict[str, Any]:
        """The row of a clip.

        The output is named after the path, and takes its name when it is whole: a job that an engine repeats
        writes the same file again.
        """
        output = os.path.join(self.folder, hashlib.sha256(path.encode()).hexdigest()[:16] + ".mp4")
        row: dict[str, Any] = {"path": path, "status": 0, "outcome": None, "code": None, "output": None, "report": None}
        try:
            prepared = self.worker.prepare(path, output, **self.options)
        except vprep.VPrepError as error:
            report = {"error": {"kind": error.kind, "cause": error.cause, "message": error.message}}
            return row | {"status": error.status, "code": error.code, "report": json.dumps(report)}
        return row | {
            "status": prepared.status, "outcome": prepared.outcome, "code": prepared.code,
            "output": prepared.output.path if prepared.output else None, "report": prepared.json}


COLUMNS = ["path", "status", "outcome", "code", "output", "report"]
