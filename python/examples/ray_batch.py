"""Prepares the clips of a list on Ray: ray_batch.py LIST FOLDER, a Parquet table in FOLDER/table.

Paths go between the stages, never the clips' bytes. Each actor holds a warm worker and one processor. An actor that
dies is started again, and its rows are made again.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pandas
import ray

from gate import COLUMNS, Gate


class Rows:
    """The actor."""

    def __init__(self, folder: str) -> None:
        self.gate = Gate(folder, provider="tencent", mode="silent")

    def __call__(self, batch: pandas.DataFrame) -> pandas.DataFrame:
        return pandas.DataFrame([self.gate(path) for path in batch["path"]], columns=COLUMNS)


def main(listing: str, folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    with open(listing, encoding="utf-8") as file:
        paths = [line.rstrip("\n") for line in file if line.strip()]
    options: dict[str, Any] = {"num_cpus": 1, "max_restarts": -1, "max_task_retries": -1}
    clips = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=max(1, len(paths) // 16))
    rows = clips.map_batches(
        Rows, fn_constructor_args=(folder,), batch_format="pandas", batch_size=16, concurrency=os.cpu_count(),
        **options)
    rows.write_parquet(os.path.join(folder, "table"))


if __name__ == "__main__":
    main(*sys.argv[1:3])
