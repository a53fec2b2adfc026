#!/usr/bin/env python3
"""Runs the main job over folders and has ffmpeg decode every output.

    scripts/prep_sweep.py VPREP FOLDER... [--jobs 2]

Every file of the folders goes through `vprep prep` for Megvii and for each mode of Tencent. An output
must be within the service's limit, say that it is verified, and decode without a message (`ffmpeg -v
error`); nothing else may be left in the folder, and a status must be one of the contract's.
An exact copy of a clip that does not decode itself is counted apart. Prints the counts and every
broken promise; exits with 1 when there is one.
"""
import argparse, collections, concurrent.futures, json, os, pathlib, subprocess, sys, tempfile

REQUESTS = [["--provider", "megvii"]] + [
    ["--provider", "tencent", "--mode", mode] for mode in ("silent", "action", "lip")]
LIMITS = {"megvii": 20_000_000, "tencent": 6_000_000}
STATUSES = {0, 1, 3, 4, 6}


def complaint(path):
    """What ffmpeg says while it decodes a file; empty when it says nothing.

    Times are compared on the clip's own clock: that of the null muxer counts frames of the mean rate, so
    that two pictures of a clip with a variable rate may fall into one, which is no fault of the file.
    """
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-enc_time_base", "1/1000000", "-f", "null", "-"]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace")
    lines = run.stderr.splitlines()
    return lines[0] if lines else "" if run.returncode == 0 else f"status {run.returncode}"


def prepare(job):
    vprep, path, request = job
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "out.mp4")
        command = [vprep, "prep", str(path), "-o", output, "--json", "--previews", "1", "--even-if-hopeless"] + request
        run = subprocess.run(command, capture_output=True)
        left = sorted(os.listdir(folder))
        if run.returncode not in STATUSES:
            return "broken", f"status {run.returncode}: {run.stderr.decode(errors='replace')[:200]}"
        if run.returncode in (3, 4):
            return ("broken", f"left behind: {left}") if left else ("refused", "")
        if left != ["out.mp4"]:
            return "broken", f"in the folder: {left}"
        fit = json.loads(run.stdout)["fit"]
        size = os.path.getsize(output)
        if size > LIMITS[request[1]] or size != fit["output"]["bytes"]:
            return "broken", f"{size} bytes, stated {fit['output']['bytes']}"
        message = complaint(output)
        if message and fit["action"] == "passthrough" and complaint(str(path)):
            if fit["output"]["verified"]:
                return "broken", f"verified, but the clip does not decode: {message}"
            return "copies of damaged clips, not verified", ""
        if message:
            return "broken", f"{fit['action']} does not decode: {message}"
        if not fit["output"]["verified"]:
            return "broken", f"{fit['action']} is not verified"
        return f"written, {fit['action']}", ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vprep")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    files = sorted(p for f in options.folders for p in pathlib.Path(f).rglob("*") if p.is_file())
    jobs = [(options.vprep, path, request) for path in files for request in REQUESTS]
    counts = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for job, (outcome, why) in zip(jobs, pool.map(prepare, jobs)):
            counts[outcome] += 1
            if outcome == "broken":
                print(f"- {job[1]} {' '.join(job[2])}: {why}", flush=True)
    print(f"{len(jobs)} runs over {len(files)} files: "
          + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 1 if counts["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
