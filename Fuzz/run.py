#!/usr/bin/env python3
"""Builds the fuzz targets and runs each of them, from small seeds made of TestVideos.

    run.py --seconds N [--jobs J] [TARGET...]     look for so long, from all that was found before
    run.py --runs N [--jobs J] [TARGET...]        the same N inputs every time, from the seeds alone

Prints runs, coverage and findings of each target; status 1 when there is a finding. Inputs that reach
new code are kept in Fuzz/corpus/TARGET, inputs that break something in Fuzz/findings.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS, CORPUS, FINDINGS = HERE / "seeds", HERE / "corpus", HERE / "findings"
# Target: folder of its seeds, dictionary, longest input. A target without seeds shares another's.
TARGETS = {
    "check": ("media", "clip", 1 << 17),
    "fit": ("media", "clip", 1 << 17),
    "photo": ("photo", "clip", 1 << 16),
    "model": ("model", "model", 1 << 14),
    "rules": ("rules", "json", 1 << 13),
    "request": ("request", "json", 1 << 13),
    "options": ("options", "json", 1 << 13),
    "worker": ("worker", "json", 1 << 13),
}
# A clip runs a hundred times as long as a text.
FEWER = {"check": 20, "fit": 20, "photo": 40}
# Seconds of the clock for one input where it has the processor to itself, and megabytes of the process,
# which sanitizer and counters make large.
SECONDS, MEGABYTES = 60, 2048


def build():
    """The program that holds all targets."""
    swift = Path(shutil.which("swift")).resolve()
    runtime = subprocess.run(
        [swift.parent / "clang", "-print-file-name=libclang_rt.fuzzer_no_main-x86_64.a"],
        check=True, capture_output=True, text=True).stdout.strip()
    command = [
        "swift", "build", "-q", "--package-path", str(HERE), "--scratch-path", str(HERE / ".build"),
        "--product", "FuzzTargets", "--sanitize=address", "-Xswiftc", "-use-ld=lld",
        "-Xlinker", runtime, "-Xlinker", "-lstdc++"]
    built = subprocess.run(command, capture_output=True, text=True)
    if built.returncode:
        sys.exit(built.stdout + built.stderr)
    return HERE / ".build/debug/FuzzTargets"


def run(program, target, options):
    """Runs one target; its line of figures, and whether it found something."""
    seeds, dictionary, longest = TARGETS[target]
    FINDINGS.mkdir(exist_ok=True)
    command = [
        str(program), target, f"-timeout={SECONDS * options.jobs}", f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={longest}", "-print_final_stats=1",
        f"-dict={HERE / 'dictionaries' / dictionary}.dict", f"-artifact_prefix={FINDINGS}/{target}-"]
    with tempfile.TemporaryDirectory(prefix="vprep-fuzz-") as folder:
        # libFuzzer keeps what it finds in the first folder.
        corpus = CORPUS / target if options.seconds else Path(folder) / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        count = max(1, options.runs // FEWER.get(target, 1)) if options.runs else 0
        length = [f"-max_total_time={options.seconds}"] if options.seconds else [f"-runs={count}", "-seed=1"]
        command += [*length, str(corpus), str(SEEDS / seeds)]
        environment = {
            **os.environ, "TMPDIR": folder, "SWIFT_BACKTRACE": "enable=no",
            "VPREP_MODELS": str(HERE.parent / "Models"),
            "VPREP_FUZZ_CLIP": str(SEEDS / "media/h264-aac.mp4"),
            # FFmpeg keeps tables for the life of the process, which are no leaks.
            "ASAN_OPTIONS": "detect_leaks=0"}
        result = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace")
    log = result.stderr
    runs = re.findall(r"stat::number_of_executed_units: (\d+)", log) or re.findall(r"^#(\d+)", log, re.M)
    covered = re.findall(r"cov: (\d+)", log)
    line = f"{target}: {runs[-1] if runs else 0} runs, {covered[-1] if covered else 0} places in the code"
    if result.returncode == 0:
        return line + ", no finding", False
    kept = re.findall(r"Test unit written to (\S+)", log)
    cause = [l for l in log.splitlines() if re.search(r"Fatal error|ERROR:|SUMMARY", l)][:3]
    return line + f", status {result.returncode}: " + " ".join(kept + cause or log.splitlines()[-3:]), True


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--seconds", type=int)
    length.add_argument("--runs", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no target is called {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    subprocess.run([HERE / "seeds.py"], check=True)
    program = build()
    (SEEDS / "model").mkdir(exist_ok=True)
    subprocess.run([program, "--model-seeds", SEEDS / "model"], check=True)
    found = False
    with ThreadPoolExecutor(options.jobs) as pool:
        for line, broken in pool.map(lambda t: run(program, t, options), options.targets or TARGETS):
            print(line, flush=True)
            found = found or broken
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
