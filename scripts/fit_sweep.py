#!/usr/bin/env python3
"""Fits many clips to many limits and says where a fit broke its promises.

    fit_sweep.py VPREP FOLDER... [--limits 8,3,1.5,0.5] [--jobs 2] [--tsv FILE]

Every video in the folders is fitted for both providers, without a limit of its own and to each of
`--limits` (millions of bytes) that lies below the clip's size. For each run the report and the
written file are compared; ffprobe is not asked, the test suite does that.

Printed are: outputs over their limit, outputs larger than the input where a smaller one was
possible, outputs that were not verified, runs that failed otherwise (each of these must be 0); and,
of the runs where pictures were encoded because of the size, the share of the byte budget that was
used: the least (at least 95 %) and the median (at least 97 %). Runs that ended with status 4 are
listed: the limit is out of reach for that clip. The exit status is 0 when all of it holds.
"""
import argparse
import concurrent.futures
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ENDINGS = {".mp4", ".mov", ".webm", ".mkv", ".avi", ".flv", ".3gp", ".ts", ".mpg", ".asf", ".wmv"}
PROVIDERS = {"megvii": 20_000_000, "tencent": 6_000_000}
# Bytes that H.264 may need for one of these codecs: see Fit/CodecEfficiency.swift.
FACTORS = {"hevc": 2, "vp9": 2, "av1": 2}


def videos(folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.suffix.lower() in ENDINGS and path.is_file() and not hidden:
                yield path


def fit(vprep, path, provider, limit, folder):
    output = folder / f"{abs(hash((path, provider, limit)))}.mp4"
    command = [vprep, "fit", str(path), "-o", str(output), "--provider", provider, "--json"]
    if limit:
        command += ["--max-bytes", str(limit)]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    row = {
        "clip": str(path), "provider": provider, "limit": limit, "status": done.returncode,
        "input": path.stat().st_size, "seconds": time.monotonic() - began,
        "error": done.stderr.strip().splitlines()[-1:] or [""],
    }
    if done.returncode == 0:
        report = json.loads(done.stdout)
        found = report["fit"]
        row |= {
            "action": found["action"], "reasons": found["reasons"], "attempts": found["attempts"],
            "stated": found["output"]["bytes"], "verified": found["output"]["verified"],
            "codec": report["input"]["video"]["codec"],
            "bytes": output.stat().st_size,
        }
        output.unlink()
    elif output.exists():
        row["left"] = True
        output.unlink()
    return row


def most(row):
    return min(row["limit"] or PROVIDERS[row["provider"]], PROVIDERS[row["provider"]])


def name(row):
    limit = f" to {row['limit']}" if row["limit"] else ""
    return f"{row['clip']} for {row['provider']}{limit}"


def show(title, rows, text):
    print(f"{title}: {len(rows)}")
    for row in rows:
        print(f"  {name(row)}: {text(row)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vprep")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--limits", default="8,3,1.5,0.5")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tsv")
    options = parser.parse_args()
    limits = [int(float(limit) * 1e6) for limit in options.limits.split(",") if limit]
    runs = [
        (path, provider, limit)
        for path in videos(options.folders)
        for provider in PROVIDERS
        for limit in [None] + [limit for limit in limits if limit < path.stat().st_size]
    ]
    with tempfile.TemporaryDirectory() as folder:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            rows = list(
                pool.map(lambda run: fit(options.vprep, *run, pathlib.Path(folder)), runs))

    if options.tsv:
        columns = ["clip", "provider", "limit", "status", "input", "bytes", "action", "attempts"]
        with open(options.tsv, "w", encoding="utf-8") as table:
            print(*columns, "use", "seconds", sep="\t", file=table)
            for row in rows:
                use = row["bytes"] / most(row) if "bytes" in row else ""
                print(*[row.get(column, "") for column in columns], use,
                      f"{row['seconds']:.2f}", sep="\t", file=table)

    written = [row for row in rows if row["status"] == 0]
    over = [row for row in written if row["bytes"] > most(row)]
    larger = [
        row for row in written
        # A remux may add a header's bytes within the limit, and H.264 needs more of them than others.
        if row["bytes"] > row["input"] * FACTORS.get(row["codec"], 1)
        and row["action"] == "transcode"
    ]
    unverified = [
        row for row in written if not row["verified"] or row["stated"] != row["bytes"]
    ]
    forced = [
        row for row in written
        if row["action"] == "transcode" and row["input"] > most(row)
    ]
    uses = [row["bytes"] / most(row) for row in forced]
    beyond = [row for row in rows if row["status"] == 4]
    refused = [row for row in rows if row["status"] == 3]
    failed = [row for row in rows if row["status"] not in (0, 3, 4) or row.get("left")]

    print(f"runs: {len(rows)} over {len({row['clip'] for row in rows})} clips, "
          f"{len(written)} written")
    show("over the limit", over, lambda row: f"{row['bytes']} of {most(row)}")
    show("larger than the input", larger, lambda row: f"{row['bytes']} of {row['input']}")
    show("not verified", unverified, lambda row: row["action"])
    show("failed otherwise", failed, lambda row: f"status {row['status']}, {row['error'][0]}")
    show("out of reach (status 4)", beyond, lambda row: row["error"][0])
    print(f"inputs that cannot be used (status 3): {len({row['clip'] for row in refused})}")
    for clip in sorted({row["clip"] for row in refused}):
        print(f"  {clip}")
    low = []
    if uses:
        low = [row for row in forced if row["bytes"] / most(row) < 0.95]
        print(f"encoded to the limit: {len(uses)}; of the bytes are used at least "
              f"{min(uses):.1%}, in the median {statistics.median(uses):.1%}; encodes: "
              f"{statistics.mean(row['attempts'] for row in forced):.2f} on average, "
              f"{max(row['attempts'] for row in forced)} at most")
        show("used less than 95 %", low,
             lambda row: f"{row['bytes'] / most(row):.1%} after {row['attempts']} encodes")
    bad = over or larger or unverified or failed or low
    return 1 if bad or (uses and statistics.median(uses) < 0.97) else 0


if __name__ == "__main__":
    sys.exit(main())
