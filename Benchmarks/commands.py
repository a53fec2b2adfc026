#!/usr/bin/env python3
"""Compares the speed of vprep's commands and kernels with the programs that people use for the same work.

Both sides run alternately, A B A B …; a ratio is the median over the pairs, with the smallest and the
largest. Writes Docs/performance.md and growth.svg, and the ratios to Benchmarks/thresholds.json. --quick runs fewer
pairs and sizes, and keeps no ratios. --check writes nothing and exits with 1 where a row is slower than the kept ratio
by more than both spreads. --tables names the tables that are run.
"""

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile

import fits
import growth
import kept
import peers
import preparing
import small
import spread
import timing
from comparison import Comparison

ROOT = os.path.dirname(peers.HERE)
CLIP = os.path.join(ROOT, "TestVideos", "clips", "oversized.mp4")
PLAIN = os.path.join(ROOT, "TestVideos", "clips", "good-silent.mp4")
SMALL = os.path.join(ROOT, "TestVideos", "clips", "good-megvii.mp4")
MODELS = os.path.join(ROOT, "Models")


# Rows that compare, and sections that do not.
TABLES = ("commands", "fits", "preparations", "inner", "memory", "batch")
SECTIONS = ("spread", "small", "growth", "libraries")


class Bench:
    def __init__(self, options, folder):
        self.quick = options.quick
        self.vprep = options.vprep
        self.kernels = options.kernel_times
        self.folder = folder
        self.docs = os.path.dirname(os.path.abspath(options.output))
        self.pairs = 3 if self.quick else 9
        # The Python peers are installed where a table needs them.
        needs = {"commands", "preparations", "inner"} & set(options.tables)
        self.python = peers.python() if needs else None

    def path(self, name):
        return os.path.join(self.folder, name)

    def check(self, mode, clip=CLIP):
        return [self.vprep, "check", clip, "--provider", "tencent", "--mode", mode, "--json"]

    def decode(self, clip=CLIP):
        head = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "2", "-i", clip]
        return head + ["-map", "0:v", "-f", "null", "-"]

    def compare(self, ours, theirs, pairs=None):
        return timing.in_turn(
            lambda: timing.run(ours)[0], lambda: timing.run(theirs)[0], pairs or self.pairs
        )

    # The tables.

    def commands(self):
        table = Comparison("Complete commands")
        for mode, decode, gate in (("silent", 0.5, 0.3), ("action", 0.85, 0.45), ("lip", 0.85, 0.45)):
            name = f"`check --mode {mode}`"
            ours = self.check(mode)
            table.add(name, "`ffmpeg -f null`, 2 threads", self.compare(ours, self.decode()), decode)
            if self.python:
                theirs = [self.python, peers.script("gate.py"), CLIP]
                table.add(name, "OpenCV and MediaPipe", self.compare(ours, theirs), gate)
        probe = [self.vprep, "probe", CLIP, "--json"]
        theirs = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", CLIP]
        table.add("`probe --json`", "`ffprobe`", self.compare(probe, theirs), 0.35)
        quick = self.compare(probe + ["--no-md5"], theirs)
        table.add("`probe --json --no-md5`", "`ffprobe`", quick, None)
        if not peers.missing("mediainfo", "mediainfo"):
            theirs = ["mediainfo", "--Output=JSON", CLIP]
            table.add("`probe --json`", "`mediainfo`", self.compare(probe, theirs), None)
        return table

    def fits(self):
        return fits.compare(self.vprep, CLIP, self.folder, 1 if self.quick else 7)

    def preparations(self):
        pairs = 1 if self.quick else 7
        return preparing.compare(self.vprep, self.python, CLIP, PLAIN, self.folder, pairs)

    def spread(self):
        return spread.table(self.vprep, self.folder, self.quick)

    def small(self):
        return small.table(self.vprep, PLAIN, self.folder, 3 if self.quick else 15)

    def work(self, *names):
        """Seconds that workloads of the kernels' program take, as one sum."""
        seconds = "0.1" if self.quick else "0.5"
        environment = {"VPREP_MODELS": MODELS, "VPREP_BENCHMARK_PICTURE": self.path("picture.yuv")}
        times = timing.json_of([self.kernels, seconds, *names], environment)
        return sum(times[name] for name in names) / 1e9

    def peer(self, name, *arguments):
        seconds = "0.1" if self.quick else "0.5"
        return timing.json_of([self.python, peers.script(name), seconds, *arguments]) / 1e9

    def best_path(self):
        names = subprocess.check_output([self.kernels], text=True)
        return next((path for path in ("avx512", "avx2", "neon") if path in names), "portable")

    def inner(self):
        table = Comparison("Kernels, pictures and networks")
        best = self.best_path()
        both = f"luma statistics and Laplacian, 1080p, {best}"
        if self.python:
            ratio = timing.in_turn(
                lambda: self.work(both), lambda: self.peer("planes.py"), self.pairs
            )
            table.add(both, "OpenCV", ratio, 0.1)
        for name in (f"luma statistics, 480p, {best}", f"luma statistics, 480p, limited range, {best}"):
            ratio = timing.in_turn(
                lambda: self.work(name), lambda: self.work("reading, 480p"), self.pairs
            )
            table.add(name, "reading the plane with AVX2", ratio, 1.3)
        if not peers.missing("tjbench", "libjpeg-turbo-progs"):
            ratio = timing.in_turn(lambda: self.work("preview JPEG, 1080p"), self.tjbench, self.pairs)
            table.add("preview JPEG, 1080p, quality 90", "libjpeg-turbo's `tjbench`", ratio, 1.05)
        if self.python:
            for model in sorted(os.listdir(MODELS)):
                ratio = timing.in_turn(
                    lambda: self.work(f"inference, {model}"),
                    lambda: self.peer("inference.py", os.path.join(MODELS, model)),
                    self.pairs,
                )
                table.add(f"inference, {model}", "LiteRT, one thread", ratio, None)
        return table

    def picture(self):
        """One picture of the clip for both JPEG encoders: raw planes, and PPM made of them."""
        raw, scale = self.path("picture.yuv"), "scale=1920:1080:out_range=pc:out_color_matrix=bt601"
        ffmpeg = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
        planes = ["-f", "rawvideo", "-pix_fmt", "yuvj420p"]
        one = ["-ss", "1", "-i", CLIP, "-frames:v", "1", "-vf", scale]
        subprocess.run(ffmpeg + one + planes + [raw], check=True)
        read = planes + ["-s", "1920x1080", "-i", raw]
        subprocess.run(ffmpeg + read + [self.path("picture.ppm")], check=True)

    def tjbench(self):
        command = ["tjbench", self.path("picture.ppm"), "90", "-yuv", "-subsamp", "420"]
        seconds = "0.2" if self.quick else "0.5"
        # The DCT that libjpeg takes by default, and so vprep.
        command += ["-accuratedct", "-nowrite", "-benchtime", seconds, "-warmup", "0.1"]
        text = subprocess.check_output(command, text=True)
        return 1 / float(re.search(r"Comp from YUV --> Frame rate:\s+([\d.]+)", text)[1])

    def memory(self):
        table = Comparison("Peak memory")
        seconds = (2, 12) if self.quick else (10, 60)
        short, long = (
            growth.make(self.path(f"memory{length}.mp4"), length, 1920, CLIP) for length in seconds
        )
        pairs = 1 if self.quick else 3

        def peak(command):
            return lambda: timing.run(command)[1]

        def prep(clip):
            written = self.path("prepared.mp4")

            def call():
                if os.path.exists(written):
                    os.remove(written)
                command = [self.vprep, "prep", clip, "-o", written, "--provider", "tencent"]
                return timing.run(command + ["--max-bytes", "4000000"])[1]

            return call

        ratio = timing.in_turn(prep(long), prep(short), pairs)
        table.add(f"`prep`, {seconds[1]} s", f"{seconds[0]} s", ratio, 1.05)
        for mode in ("silent", "action"):
            ratio = timing.in_turn(peak(self.check(mode, long)), peak(self.check(mode, short)), pairs)
            table.add(f"`check --mode {mode}`, {seconds[1]} s", f"{seconds[0]} s", ratio, 1.05)
            ratio = timing.in_turn(peak(self.check(mode, long)), peak(self.decode(long)), pairs)
            table.add(f"`check --mode {mode}`, {seconds[1]} s", "`ffmpeg -f null`", ratio, 1.3)
        return table

    def batch(self):
        table = Comparison("Two cores compared with one")
        if (os.cpu_count() or 1) < 2:
            print("left out: one core alone cannot be compared with two", file=sys.stderr)
            return table
        count = 8 if self.quick else 50
        links = growth.link(SMALL, self.path("batch"), count)
        command = [self.vprep, "batch", links, "-o", self.path("ready"), "--provider", "tencent"]
        command += ["--check-only", "--force"]
        ratio = timing.in_turn(
            lambda: timing.run(command, cores="0,1")[0],
            lambda: timing.run(command, cores="0")[0],
            1 if self.quick else 7,
        )
        # 1.85 times as fast.
        table.add(f"`batch` of {count} clips, `taskset -c 0,1`", "`taskset -c 0`", ratio, 0.54)
        return table

    def growth(self):
        series = [
            ("check, by duration (720×1280)", "seconds of clip", "second", growth.lengths, CLIP),
            ("check, by size (4 s)", "rows", "row", growth.sizes, CLIP),
            ("batch, by clips (480×640)", "clips", "clip", growth.counts, SMALL),
        ]
        found, parts = [], ["## Growth", "![time and memory by duration, size and number](growth.svg)"]
        for title, axis, unit, measure, source in series:
            print(f"\n{title}", file=sys.stderr)
            rows = measure(self.vprep, source, self.folder, self.quick)
            found.append((title, axis, rows))
            parts.append(f"{title}:\n\n{growth.table(axis, unit, rows)}")
        growth.plot(os.path.join(self.docs, "growth.svg"), found)
        return "\n\n".join(parts)

    def libraries(self):
        """The shared libraries that the program loads."""
        text = subprocess.check_output(["ldd", self.vprep], text=True)
        names = sorted(line.split()[0] for line in text.splitlines() if line.strip())
        own = re.findall(r"NEEDED.*\[(.*)\]", readelf(self.vprep))
        return (
            f"## Shared libraries\n\nThe program links {len(own)} ({', '.join(own)}). With their "
            f"dependencies, {len(names)} are loaded."
        )


def readelf(path):
    return subprocess.check_output(["readelf", "-d", path], text=True)


def machine(options):
    """What the figures hold for."""
    cpu = next(
        (line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line),
        platform.processor(),
    )
    doctor = subprocess.check_output([options.vprep, "doctor"], text=True).splitlines()
    versions = ", ".join(" ".join(line.split()) for line in doctor[:6])
    ffmpeg = subprocess.check_output(["ffmpeg", "-version"], text=True).split()[2]
    kernels = next((line.split()[1] for line in doctor if line.startswith("kernels")), "")
    rows = [
        ("date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("processor", f"{cpu}, {os.cpu_count()} cores, kernels {kernels}"),
        ("system", f"Linux {platform.release()}, {' '.join(platform.libc_ver())}"),
        ("versions", f"{versions}; ffmpeg {ffmpeg}; Python peers: {', '.join(peers.ALONE + peers.REST[:3])}"),
        ("used by other programs", f"{options.busy:.0%} of the cores before the run"),
        ("clip", "TestVideos/clips/oversized.mp4: 10 s, 1080×1920, 30 fps, 19 Mbit/s"),
    ]
    return "\n".join(["| | |", "| --- | --- |"] + [f"| {name} | {value} |" for name, value in rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller run, to see that it works")
    parser.add_argument("--check", action="store_true", help="compare with the document; write nothing")
    parser.add_argument("--vprep", default=os.path.join(ROOT, ".build/release/vprep"))
    default = os.path.join(peers.HERE, ".build/release/kernel-times")
    parser.add_argument("--kernel-times", default=default)
    parser.add_argument("-o", "--output", default=os.path.join(ROOT, "Docs", "performance.md"))
    names = TABLES + SECTIONS
    parser.add_argument("--tables", nargs="+", choices=names, default=names, help="all of them, unless named")
    options = parser.parse_args()
    options.busy = timing.busy_share()
    notes = [] if options.busy < 0.05 else ["**Other programs were running during this run: do not compare its figures.**"]
    if options.quick:
        notes.append("**A run with --quick: it has too few pairs for more than a first impression.**")
    with tempfile.TemporaryDirectory(prefix="vprep-bench-") as folder:
        bench = Bench(options, folder)
        if "inner" in options.tables:
            bench.picture()
        parts = ["# Performance", "`make bench` writes this file."] + notes + [machine(options)]
        parts.append(
            "Except for kernels, times are those of complete processes, from start to end. Both sides "
            "ran alternately, A B A B …. A ratio is the median over the pairs; the times of vprep and "
            f"of the peer are separate medians. There are {bench.pairs} pairs unless stated otherwise."
        )
        tables = [getattr(bench, name)() for name in TABLES if name in options.tables]
        if options.check:
            slower, unknown = kept.worse(tables)
            print("\n" + "\n".join(unknown + (slower or ["nothing is slower than before"])), file=sys.stderr)
            sys.exit(1 if slower else 0)
        parts += [table.text() for table in tables if table.rows]
        parts += [getattr(bench, name)() for name in SECTIONS if name in options.tables]
    with open(options.output, "w") as file:
        file.write("\n\n".join(parts) + "\n")
    if not options.quick and len(options.tables) == len(TABLES + SECTIONS):
        kept.write(tables)
    print(f"\nwritten: {options.output}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except timing.Failed as error:
        sys.exit(f"commands.py: {error}")
