#!/usr/bin/env python3
"""Whether faces are called dark by their light or by their skin.

    python3 scripts/accuracy/relight.py VPREP FOLDER [--split train|held|all] [--most N] [--report FILE.md]

Takes the good photographs of FOLDER's lists (see media.py) whose skin was written down (groups of the Monk scale), at
most N of each group (default 60) and one a person, and takes the same part of the light away from each, in linear
light and with noise. Prints how many of each group are then called dark, with exact intervals, and what was measured
on them; with --report writes the table between the marks of FILE.md.
"""
import argparse, collections, concurrent.futures, os, pathlib, re, statistics, sys, tempfile

import clips, judging, media
from intervals import interval

# What is left of the light that the picture was taken in.
LIGHT = [1, 0.5, 0.25, 0.15, 0.1, 0.06, 0.03]
MARKS = ("<!-- relight: begin -->", "<!-- relight: end -->")
# Codes about too little light, or quality codes for the same measures.
DARK = {"brightness.faceMean", "brightness.faceDarkShare", "brightness.frameMean"}
VALUES = ["faceMean", "faceP95"]


def people(folder, split, most):
    """Photographs by skin group, one a person, in an order that chance has made."""
    groups = collections.defaultdict(list)
    seen = set()
    for item in sorted(media.read(folder), key=lambda i: i.sha256):
        if "ok" in item.labels and item.is_photo and item.skin not in ("", "-") and split in ("all", item.split):
            if item.person not in seen and len(groups[item.skin]) < most:
                seen.add(item.person)
                groups[item.skin].append(item)
    return dict(sorted(groups.items(), key=lambda pair: int(pair[0].split("-")[0])))


def look(job):
    """(is called dark, is failed for it, values) by what is left of the light."""
    vprep, item, folder = job
    found = {}
    for part in LIGHT:
        path = folder / f"{item.sha256[:16]}-{part}.mp4"
        if not clips.relit(item.path, path, part):
            continue
        report = judging.answer(vprep, path, judging.REQUESTS["tencent"])
        path.unlink()
        if not report:
            continue
        said = [p for p in report["verdict"]["predictions"] if p["measure"] in DARK and "light" in p["advice"] + p["code"].lower()]
        dark = [p for p in said if isinstance(p["limit"], float | int) and not (p["measure"] == "brightness.faceMean" and p["limit"] > 128)]
        found[part] = (bool(dark), any(p["severity"] == "fail" for p in dark), report["measurements"]["brightness"])
    return item, found


def share(count, of):
    low, high = interval(count, of)
    return f"{count}/{of} = {count / of:.0%} ({low:.0%}–{high:.0%})" if of else "–"


def tables(results):
    """Markdown: one table a limit, a row for each light, a column for each group."""
    groups = list(results)
    lines = []
    for title, index in (("Called dark (warned or failed)", 0), ("Failed for it", 1)):
        lines += [f"**{title}**", "", "| light left | " + " | ".join(f"Monk {g}" for g in groups) + " |",
                  "| --- |" + " --- |" * len(groups)]
        for part in LIGHT:
            row = [[found[part][index] for _, found in results[g] if part in found] for g in groups]
            lines.append(f"| {part:.0%} | " + " | ".join(share(sum(r), len(r)) for r in row) + " |")
        lines.append("")
    lines += ["**Median of what was measured**", "",
              "| light left | " + " | ".join(f"Monk {g}: {', '.join(VALUES)}" for g in groups) + " |", "| --- |" + " --- |" * len(groups)]
    for part in LIGHT:
        cells = []
        for g in groups:
            values = [[found[part][2].get(name) for _, found in results[g] if part in found] for name in VALUES]
            middle = [statistics.median([v for v in column if v is not None] or [0]) for column in values]
            cells.append(", ".join(f"{m:.0f}" for m in middle))
        lines.append(f"| {part:.0%} | " + " | ".join(cells) + " |")
    return lines


def main():
    options = argparse.ArgumentParser(prog="relight", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("vprep")
    options.add_argument("folder")
    options.add_argument("--split", choices=["train", "held", "all"], default="train")
    options.add_argument("--most", type=int, default=60)
    options.add_argument("--report", type=pathlib.Path)
    given = options.parse_args()

    groups = people(given.folder, given.split, given.most)
    if not groups:
        sys.exit(f"{given.folder}: no good photograph has its skin written down")
    results = {group: [] for group in groups}
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [(given.vprep, item, pathlib.Path(folder)) for items in groups.values() for item in items]
        for item, found in pool.map(look, jobs):
            results[item.skin].append((item, found))
    text = "\n".join(tables(results))
    print(text)
    if given.report:
        old = given.report.read_text()
        pattern = re.escape(MARKS[0]) + ".*" + re.escape(MARKS[1])
        given.report.write_text(re.sub(pattern, lambda _: f"{MARKS[0]}\n{text}\n{MARKS[1]}", old, flags=re.DOTALL))


if __name__ == "__main__":
    main()
