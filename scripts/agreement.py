#!/usr/bin/env python3
"""Whether `vprep check` says the same when it measures every frame.

    scripts/agreement.py VPREP FOLDER...

Checks every file of each FOLDER, and of the folders in it, as each service and mode would, once as usual
and once with --exhaustive. Two numbers come out: how many predicted failures (a code with severity `fail`)
both runs name, of those that either names; and the share of all predictions (a code with its severity) that
both make, of those that either makes. Files that neither run can read are counted and passed over.
Prints every difference. Exits with 1 when a failure differs or fewer than 98 % of the predictions agree.
"""
import concurrent.futures, json, os, pathlib, subprocess, sys

REQUESTS = [["--provider", "megvii", "--face-occlusion-detection"]] + [
    ["--provider", "tencent", "--mode", mode] for mode in ("silent", "action", "lip")]
LEAST_SHARE = 0.98


def predictions(vprep, path, request, exhaustive):
    """The set of (code, measure, severity), or None for a file that cannot be judged."""
    command = [vprep, "check", "--json", str(path)] + request + (["--exhaustive"] if exhaustive else [])
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1, 6):
        return None
    verdict = json.loads(run.stdout)["verdict"]
    return {(p["code"], p["measure"], p["severity"]) for p in verdict["predictions"]}


def compare(job):
    vprep, path, request = job
    return path, request, predictions(vprep, path, request, False), predictions(vprep, path, request, True)


def codes(found, severity=None):
    return {(code, worst) for code, _, worst in found if severity in (None, worst)}


def main(vprep, folders):
    files = sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*") if path.is_file())
    jobs = [(vprep, path, request) for path in files for request in REQUESTS]
    judged = unreadable = 0
    fails = [0, 0]
    everything = [0, 0]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, request, fast, full in pool.map(compare, jobs):
            if fast is None and full is None:
                unreadable += 1
                continue
            judged += 1
            fast, full = fast or set(), full or set()
            for counts, severity in ((fails, "fail"), (everything, None)):
                first, second = codes(fast, severity), codes(full, severity)
                counts[0] += len(first & second)
                counts[1] += len(first | second)
            for sign, only in (("-", full - fast), ("+", fast - full)):
                for code, measure, severity in sorted(only):
                    print(f"{sign} {path} {' '.join(request)}: {severity} {code} ({measure})")
    share = everything[0] / everything[1] if everything[1] else 1
    print(f"{judged} verdicts compared, {unreadable} files refused by both runs")
    print(f"{fails[0]} of {fails[1]} predicted failures agree")
    print(f"{everything[0]} of {everything[1]} predictions agree, {share:.2%}")
    return 0 if fails[0] == fails[1] and share >= LEAST_SHARE else 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
