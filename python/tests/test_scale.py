"""The examples on local engines, with a process killed in the middle: nothing is lost and nothing is doubled.

`make scale-check` installs Ray and Spark and runs these.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / "examples"
VPREP = os.environ.get("VPREP", "vprep")
IDS = ["short-0.4.mp4", "good-silent.mp4", "text.mp4", "dark-4.mp4", "webm-vp8.webm", "no-face.mp4"]
Row = tuple[str, int, str | None]
# The oldest: the processes that it reads clips in are called the same, and their end is the clip's fault.
WORKER = ["-o", "vprep worker --isolate"]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with 48 clips, their list, and what a plain batch says of them."""
    clips = pathlib.Path(__file__).resolve().parents[2] / "TestVideos" / "clips"
    folder = tmp_path_factory.mktemp("scale")
    paths = []
    for index in range(48):
        name = IDS[index % len(IDS)]
        path = folder / "in" / f"ward {index % 3}" / f"{index:02}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(clips / name, path)
        paths.append(str(path))
    (folder / "list.txt").write_text("".join(path + "\n" for path in paths))
    subprocess.run([str(EXAMPLES / "array_job.sh"), str(folder / "list.txt"), str(folder / "plain"), "1", "1"],
                   check=True, stdout=subprocess.DEVNULL)
    return folder


def lines(report: pathlib.Path) -> list[Row]:
    """Path, status and code of every line of a batch's report."""
    rows = []
    for line in report.read_text().splitlines():
        value = json.loads(line)
        verdict = value.get("outputVerdict") or value.get("verdict")
        if verdict is None:
            rows.append((value["batch"]["path"], 3, value["error"]["code"]))
            continue
        failed = [prediction["code"] for prediction in verdict["predictions"] if prediction["severity"] == "fail"]
        rows.append((value["batch"]["path"], 1 if failed else 0, failed[0] if failed else None))
    return sorted(rows)


def table(folder: pathlib.Path) -> list[Row]:
    """The same of a Parquet table."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(folder / "table")
    return sorted((row.path, row.status, row.code if isinstance(row.code, str) else None)
                  for row in frame.itertuples())


def killed(command: list[str], folder: pathlib.Path, victims: list[list[str]]) -> None:
    """Runs an engine, and kills a process of each kind, by pgrep's arguments, while clips are prepared."""
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as errors:
        engine = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True)
    waiting = list(victims)
    while engine.poll() is None:
        if waiting and len(list(folder.glob("*.mp4"))) > 4 * (len(victims) - len(waiting)):
            found = subprocess.run(["pgrep", "-f", *waiting[0]], capture_output=True, text=True).stdout.split()
            if found:
                os.kill(int(found[0]), signal.SIGKILL)
                waiting.pop(0)
        time.sleep(0.1)
    assert engine.returncode == 0, log.read_text(errors="replace")[-4000:]
    assert not waiting, f"no process was killed for {waiting}"


def expect_whole(work: pathlib.Path, folder: pathlib.Path) -> None:
    expected = lines(work / "plain" / "part-1" / "report.ndjson")
    assert len(expected) == 48 and table(folder) == expected
    # A process that was killed leaves no half-written file under an output's name.
    for output in folder.glob("*.mp4"):
        subprocess.run(["ffprobe", "-v", "error", str(output)], check=True, capture_output=True)


def test_ray_loses_and_doubles_nothing(work: pathlib.Path) -> None:
    pytest.importorskip("ray")
    folder = work / "ray"
    killed([sys.executable, str(EXAMPLES / "ray_batch.py"), str(work / "list.txt"), str(folder)], folder,
           [["-n", r"ray::.*Rows"], WORKER])
    expect_whole(work, folder)


def test_spark_loses_and_doubles_nothing(work: pathlib.Path) -> None:
    pytest.importorskip("pyspark")
    folder = work / "spark"
    killed([sys.executable, str(EXAMPLES / "spark_batch.py"), str(work / "list.txt"), str(folder)], folder,
           [["-n", r"pyspark\.daemon"], WORKER])
    expect_whole(work, folder)


def test_an_array_job_goes_on_where_it_was_killed(work: pathlib.Path) -> None:
    folder = work / "array"
    folder.mkdir()
    parts = [str(number) for number in (1, 2, 3)]
    first = subprocess.Popen([str(EXAMPLES / "array_job.sh"), str(work / "list.txt"), str(folder), "1", "3"],
                             stdout=subprocess.PIPE)
    assert first.stdout is not None and first.stdout.readline()
    first.kill()
    first.wait()
    first.stdout.close()
    for part in parts:
        subprocess.run([str(EXAMPLES / "array_job.sh"), str(work / "list.txt"), str(folder), part, "3"], check=True,
                       stdout=subprocess.DEVNULL)
    subprocess.run([VPREP, "merge", *[str(folder / f"part-{part}") for part in parts], "-o", str(folder)], check=True,
                   stdout=subprocess.DEVNULL)
    assert lines(folder / "report.ndjson") == lines(work / "plain" / "part-1" / "report.ndjson")
