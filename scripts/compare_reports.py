#!/usr/bin/env python3
"""Whether two builds of vprep, such as of two versions of FFmpeg, say the same of the same clips.

    scripts/compare_reports.py record [--only WORDS] VPREP FOLDER... >reports.ndjson
    scripts/compare_reports.py compare ONE.ndjson OTHER.ndjson

`record` checks every file of each FOLDER, and of the folders in it, as each service and mode would, and
writes a line for each; --only takes the requests that have these words. `compare` prints every predicted
failure that only one of two records has, and then what else differs: for each key, in how many reports, by
how much at most, and where. It exits with 1 when a predicted failure, or whether a clip can be read,
differs.
"""
import concurrent.futures, json, os, pathlib, subprocess, sys

REQUESTS = [
    ["--provider", "megvii", "--face-occlusion-detection"],
    ["--provider", "megvii-video"],
    ["--provider", "tencent-compare-face", "--mode", "silent"],
] + [["--provider", "tencent", "--mode", mode] for mode in ("silent", "action", "lip")]
# What belongs to the run and not to the clip.
PASSED_OVER = ("tool", "timing")


def check(job):
    vprep, root, path, request = job
    run = subprocess.run([vprep, "check", "--json", str(path)] + request, capture_output=True, text=True)
    line = {"clip": str(path.relative_to(root.parent)), "request": " ".join(request), "status": run.returncode}
    try:
        line["report"] = json.loads(run.stdout)
    except ValueError:
        line["message"] = run.stderr.strip().splitlines()[-1:]
    return line


def record(vprep, folders, only=""):
    requests = [request for request in REQUESTS if only in " ".join(request)]
    jobs = []
    for folder in map(pathlib.Path, folders):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        jobs += [(vprep, folder, path, request) for path in files for request in requests]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for line in pool.map(check, jobs):
            print(json.dumps(line))


def failures(line):
    verdict = (line.get("report") or {}).get("verdict") or {}
    return {p["code"] for p in verdict.get("predictions", []) if p["severity"] == "fail"}


def leaves(value, path=""):
    """Every number, text and truth of a report, under the keys that lead to it; list places count as one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if path or key not in PASSED_OVER:
                yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield path + "[]", len(value)
        for inner in value:
            yield from leaves(inner, path + "[]")
    else:
        yield path, value


def distance(a, b):
    numbers = [x for x in (a, b) if isinstance(x, (int, float)) and not isinstance(x, bool)]
    if len(numbers) < 2:
        return float("inf")
    return abs(a - b) / max(abs(a), abs(b))


def compare(one, other):
    records = []
    for name in (one, other):
        with open(name) as lines:
            records.append({(line["clip"], line["request"]): line for line in map(json.loads, lines)})
    keys = sorted(records[0].keys() & records[1].keys())
    lonely = len(records[0].keys() ^ records[1].keys())
    differing, predicted, others = 0, 0, {}
    for key in keys:
        a, b = (r[key] for r in records)
        predicted += len(failures(a) | failures(b))
        readable = [line["status"] in (0, 1, 6) for line in (a, b)]
        if failures(a) != failures(b) or readable[0] != readable[1]:
            differing += 1
            print(f"{key[0]} ({key[1]}): {sorted(failures(a))}, status {a['status']}; "
                  f"{sorted(failures(b))}, status {b['status']}")
        found = [list(leaves(line.get("report"))) for line in (a, b)]
        if [path for path, _ in found[0]] != [path for path, _ in found[1]]:
            others.setdefault("(different keys)", []).append((float("inf"), key, None, None))
            continue
        for (path, x), (_, y) in zip(*found):
            if x != y:
                others.setdefault(path, []).append((distance(x, y), key, x, y))
    print(f"{len(keys)} reports of {len({clip for clip, _ in keys})} clips; {predicted} predicted failures; "
          f"{differing} reports differ in one" + (f"; {lonely} are in one record only" if lonely else ""))
    print("| key | reports | greatest difference | where |\n| --- | --- | --- | --- |")
    for path, found in sorted(others.items(), key=lambda item: -len(item[1])):
        share, (clip, request), x, y = max(found, key=lambda f: f[0])
        what = "" if x is None and y is None else f"{json.dumps(x)[:40]} → {json.dumps(y)[:40]}"
        count = len({key for _, key, _, _ in found})
        print(f"| `{path}` | {count} | {what if share == float('inf') else f'{100 * share:.2g} % ({what})'} | "
              f"`{clip}` ({request}) |")
    return 1 if differing or lonely or not keys else 0


def main(arguments):
    match arguments:
        case ["record", "--only", only, vprep, *folders] if folders:
            record(vprep, folders, only)
        case ["record", vprep, *folders] if folders:
            record(vprep, folders)
        case ["compare", one, other]:
            sys.exit(compare(one, other))
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])
