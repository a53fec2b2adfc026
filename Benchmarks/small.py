"""Where the time of a small clip goes: as a program of its own, and in a warm worker."""

import json
import os
import re
import statistics
import subprocess
import time

import timing
from preparing import Worker

PARTS = (
    ("the loader: libraries mapped and relocated", "loader"),
    ("the rest of starting and ending (`--version`)", "start"),
    ("probing, decoding and measuring", "measure"),
    ("fitting and verifying", "fit"),
    ("previews", "preview"),
    ("reading the request, weights, report, exit", "rest"),
)


def hertz():
    """Ticks of the loader's clock in a second: that of the processor, as the kernel names it."""
    with open("/proc/cpuinfo") as file:
        return float(re.search(r"cpu MHz\s*: ([\d.]+)", file.read())[1]) * 1e6


def loader(vprep):
    """What the loader says of a start: seconds, shares of relocation and of mapping, and relocations."""
    run = subprocess.run(
        [vprep, "--version"], env={**os.environ, "LD_DEBUG": "statistics"}, capture_output=True, text=True, check=True
    )
    text = run.stderr

    def number(pattern):
        return float(re.search(pattern, text)[1])

    return {
        "seconds": number(r"total startup time in dynamic loader: (\d+)") / hertz(),
        "relocation": number(r"time needed for relocation: \d+ cycles \(([\d.]+)%\)") / 100,
        "mapping": number(r"time needed to load objects: \d+ cycles \(([\d.]+)%\)") / 100,
        "symbols": number(r"number of relocations: (\d+)"),
        "relative": number(r"number of relative relocations: (\d+)"),
    }


def program(vprep, command, clip, output):
    """Seconds of a call as a program, and its own stages."""
    if os.path.exists(output):
        os.remove(output)
    written = ["-o", output] if command == "prep" else []
    start = time.perf_counter()
    run = subprocess.run(
        [vprep, command, clip, *written, "--provider", "tencent", "--json"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if run.returncode not in (0, 1, 6):
        raise timing.Failed(f"{command} of {clip}: {run.stderr.decode()[-300:]}")
    return {"whole": seconds, **stages(json.loads(run.stdout))}


def stages(report):
    return {name: value or 0 for name, value in report["timing"].items() if name != "total"}


def asked(worker, command, clip, output):
    """The same of a running worker."""
    seconds, answer = worker.ask(command, clip, output)
    return {"whole": seconds, **stages(answer["report"])}


def medians(call, runs):
    call()
    taken = [call() for _ in range(runs)]
    return {name: statistics.median(one[name] for one in taken) for name in taken[0]}


def table(vprep, clip, folder, runs):
    """The section of the document."""
    output = os.path.join(folder, "small.mp4")
    loads = [loader(vprep) for _ in range(runs)]
    load = {name: statistics.median(one[name] for one in loads) for name in loads[0]}
    version = statistics.median(timing.run([vprep, "--version"])[0] for _ in range(runs))
    columns = [
        ("`check`, a program", medians(lambda: program(vprep, "check", clip, output), runs), True),
        ("`prep`, a program", medians(lambda: program(vprep, "prep", clip, output), runs), True),
    ]
    with Worker(vprep) as worker:
        for command in ("check", "prep"):
            found = medians(lambda: asked(worker, command, clip, output), runs)
            columns.append((f"`{command}` in a warm worker", found, False))
    for _, found, starts in columns:
        found["measure"] += found.get("probe", 0) + found.get("decode", 0)
        found["loader"] = load["seconds"] if starts else 0
        found["start"] = max(0, version - load["seconds"]) if starts else 0
        named = sum(found[key] for _, key in PARTS if key != "rest")
        found["rest"] = max(0, found["whole"] - named)
    lines = [
        "| milliseconds | " + " | ".join(name for name, *_ in columns) + " |",
        "| --- |" + " ---: |" * len(columns),
    ]
    for name, key in (("everything", "whole"),) + PARTS:
        lines.append(f"| {name} | " + " | ".join(f"{found[key] * 1e3:.1f}" for _, found, _ in columns) + " |")
    size = os.path.getsize(clip) / 1e6
    return "\n\n".join(
        [
            "## A small clip",
            f"A clip of {size:.1f} MB and 3 s ({os.path.basename(clip)}), medians of {runs} runs. The loader's time "
            "is its own count (`LD_DEBUG=statistics`) at the processor's nominal clock; the stages are those of the "
            "report's `timing`, which is what a call takes in process.",
            "\n".join(lines),
            f"The loader spends {load['relocation']:.0%} on {load['relative']:,.0f} relative and "
            f"{load['symbols']:,.0f} symbolic relocations and {load['mapping']:.0%} on mapping. Nearly all belong to "
            "the libraries that Debian's FFmpeg is linked with.",
        ]
    )
