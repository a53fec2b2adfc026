"""How often `vprep check` is right on labelled media.

    python3 scripts/accuracy VPREP FOLDER [--split held|train|all] [--report FILE.md] [--made N] [--limit N]
        [--jobs N] [--answers FOLDER] [--minutes N]

FOLDER holds lists (see media.py) and the media they name. Photos become short clips; to N good media of each split
(default 60) a defect of each kind is added. Prints the summary and every miss; with --report writes the tables, the
trade-off curves (FILE.svg) and the list of the data. Exits with 1 when fewer than 95 % of the defects in `held` are
named or more than 2 % of its good media fail.
"""
import argparse, collections, concurrent.futures, dataclasses, hashlib, json, math, os, pathlib, sys, tempfile, time

import clips, curves, judging, media, report


@dataclasses.dataclass
class Checks:
    """How the items are checked."""
    vprep: str
    clips: pathlib.Path
    jobs: int
    # Where answers are kept, so that a run that was ended goes on; None for nowhere.
    answers: pathlib.Path | None
    # When no further item is checked, by the monotonic clock.
    end: float

    def look(self, item, width):
        """Checks one item: (item, reports), or None where it cannot be made or used, or time is up."""
        kept = self.answers / f"{item.sha256}{item.change and '-' + item.change}.json" if self.answers else None
        if kept and kept.exists():
            reports = json.loads(kept.read_text())
        elif time.monotonic() > self.end:
            return None
        else:
            path = clips.make(item, self.clips, width)
            reports = judging.check(self.vprep, path) if path else None
            if kept:
                part = kept.with_suffix(".part")
                part.write_text(json.dumps(reports))
                part.rename(kept)
        return (item, reports) if reports else None

    def run(self, items, widths):
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            found = pool.map(lambda item: self.look(item, widths.get(item.sha256)), items)
            return [one for one in found if one]


def answers_folder(folder, vprep):
    """Where the answers of this program are kept: another program's are others."""
    if not folder:
        return None
    folder = folder / hashlib.sha256(pathlib.Path(vprep).read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def width_of(reports):
    value = curves.value(reports, "face", "widthPixels")
    return round(value) if value and value >= 60 else None


def made(found, count):
    """Good items that were not failed, with each defect added, and how wide their faces are."""
    fine = [(item, width_of(reports)) for item, reports in found
            if "ok" in item.labels and item.is_photo and width_of(reports)
            and not judging.wrong(judging.said(reports), "fail")]
    fine.sort(key=lambda pair: hashlib.sha256(pair[0].sha256.encode()).hexdigest())
    chosen = [pair for split in report.SPLITS for pair in [p for p in fine if p[0].split == split][:count]]
    return [clips.changed(item, change) for item, _ in chosen for change in clips.CHANGES], {
        item.sha256: width for item, width in chosen}


def main():
    options = argparse.ArgumentParser(prog="accuracy", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("vprep")
    options.add_argument("folder")
    options.add_argument("--split", choices=["held", "train", "all"], default="all")
    options.add_argument("--report", type=pathlib.Path)
    options.add_argument("--made", type=int, default=60)
    options.add_argument("--limit", type=int)
    options.add_argument("--clips", type=pathlib.Path, help="keep the clips that are made here")
    options.add_argument("--jobs", type=int, default=os.cpu_count(), help="checks at a time")
    options.add_argument("--answers", type=pathlib.Path, help="keep the answers here; a further run goes on from them")
    options.add_argument("--minutes", type=float, default=math.inf,
                         help="check no further file after this time; files are taken in the order of their digests")
    given = options.parse_args()

    items = [i for i in media.read(given.folder) if given.split in ("all", i.split)]
    items.sort(key=lambda item: item.sha256)
    items = items[:given.limit]
    if not items:
        sys.exit(f"{given.folder}: no list names media that are there")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.clips or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        checks = Checks(given.vprep, folder, given.jobs, answers_folder(given.answers, given.vprep),
                        time.monotonic() + 60 * given.minutes)
        found = checks.run(items, {})
        worse, widths = made(found, given.made)
        found += checks.run(worse, widths)
    seen = {item.sha256 for item, _ in found}
    items = [item for item in items if item.sha256 in seen]

    results, values, misses = collections.defaultdict(list), collections.defaultdict(list), []
    for item, reports in found:
        predictions = judging.said(reports)
        named = list(judging.outcome(judging.asked(item, reports), predictions))
        failed = judging.wrong(predictions, "fail") if "ok" in item.labels else []
        warned = judging.wrong(predictions, "warn") if "ok" in item.labels else []
        results[item.split].append((item, named, failed, warned, judging.covered(predictions)))
        misses += [(item, f"missed {label}", sorted({c for c, s, _ in predictions if s == "fail"})) for label, at_fail, _ in named if not at_fail]
        misses += [(item, "good", failed)] if failed else []
        for label, (group, name, _) in curves.MEASURES.items():
            value = curves.value(reports, group, name)
            if value is None or item.split != ("held" if given.split == "all" else given.split):
                continue
            if label in item.labels:
                values[label].append(value)
            if "ok" in item.labels and not values.get(("seen", item.sha256, name)):
                values["ok", group, name].append(value)
                values["seen", item.sha256, name] = [True]

    lines = ["# Accuracy", "",
             f"{len(found)} checks of {len(items)} files with {len({i.person for i in items})} people, by `make accuracy DIR=FOLDER`. "
             "Defects marked `made` were added to good photographs; all others are as they were found. A person's media are "
             "all in one part. `accuracy-media.tsv` names the files that nothing was tuned on, which `scripts/accuracy/collect.py` "
             "collects from clones. Intervals are exact (Clopper–Pearson). A cover is not asked of a face narrower than "
             f"{judging.LEAST_WIDTH} pixels, nor where several people are in the picture.", ""]
    for split, title in report.SPLITS.items():
        if results[split]:
            lines += [f"## {title}", ""] + report.tables(results[split])
    trade, drawn = report.trade_offs(values)
    lines += ["## Error trade-offs", "", "What a measure misses when its limit is moved until a share of the good media fails.", ""] + trade
    if given.report:
        given.report.with_suffix(".svg").write_text(curves.svg(drawn))
        lines += ["", f"![trade-off curves]({given.report.with_suffix('.svg').name})", "", "## Data", ""] + report.sources(items)
        given.report.write_text("\n".join(lines) + "\n")
    print("\n".join(line for line in lines if not line.startswith("![")))
    print("\nMisses")
    for item, what, codes in misses:
        print(f"  {item.split} {what:20} {item.path}{item.change and ' + ' + item.change}: {', '.join(codes) or 'nothing'}")
    sys.exit(0 if passes(results["held"]) else 1)


def passes(results):
    defects = [at_fail for _, named, _, _, _ in results for label, at_fail, _ in named if label not in judging.UNCOUNTED]
    good = [bool(failed) for item, _, failed, _, _ in results if "ok" in item.labels]
    return sum(defects) >= 0.95 * len(defects) and sum(good) <= 0.02 * len(good)


if __name__ == "__main__":
    main()
