"""Prepares the clips of a list on Spark: spark_batch.py LIST FOLDER, a Parquet table in FOLDER/table.

Paths go between the stages, never the clips' bytes. Each Python process of Spark holds a warm worker and one
processor. A task that dies is tried again, up to four times.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pandas
from pyspark.sql import SparkSession

from gate import COLUMNS, Gate

SCHEMA = "path string, status int, outcome string, code string, output string, report string"


def main(listing: str, folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    cores = os.cpu_count() or 1
    spark = SparkSession.builder.master(os.environ.get("SPARK_MASTER", f"local[{cores},4]")).getOrCreate()
    spark.sparkContext.addPyFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "gate.py"))

    def rows(batches: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
        gate = Gate(folder, provider="tencent", mode="silent")
        for batch in batches:
            yield pandas.DataFrame([gate(path) for path in batch["path"]], columns=COLUMNS)

    clips = spark.read.text(listing).withColumnRenamed("value", "path").where("path != ''")
    tasks = clips.repartition(max(cores, clips.count() // 16))
    tasks.mapInPandas(rows, SCHEMA).write.mode("overwrite").parquet(os.path.join(folder, "table"))
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:3])
