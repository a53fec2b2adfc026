"""The report: tables of what was named, missed and wrongly failed, each share with its exact interval."""
import collections

from curves import MEASURES, curve, missed_at
from intervals import interval
from judging import UNCOUNTED

GROUPS = {"skin 1–4": lambda i: i.skin == "1-4", "skin 5–7": lambda i: i.skin == "5-7", "skin 8–10": lambda i: i.skin == "8-10",
          "glasses": lambda i: i.glasses and "sunglasses" not in i.labels, "no glasses": lambda i: not i.glasses}
SPLITS = {"held": "Media that nothing was tuned on", "train": "Media that limits and weights were tuned on"}


def share(count, of):
    low, high = interval(count, of)
    return f"{count} | {100 * count / of:.1f} % ({100 * low:.1f}–{100 * high:.1f})" if of else "0 | –"


class Tally:
    """Right answers by row: at the limit of a failure and at that of a warning."""

    def __init__(self):
        self.rows = collections.defaultdict(lambda: [0, 0, 0])
        self.people = collections.defaultdict(set)

    def add(self, row, person, at_fail, at_warn):
        counts = self.rows[row]
        counts[0] += 1
        counts[1] += at_fail
        counts[2] += at_warn
        self.people[row].add(person)

    def table(self, first, heads):
        lines = [f"| {first} | n | people | {heads[0]} | share (95 %) | {heads[1]} | share (95 %) |",
                 "|---|---:|---:|---:|---|---:|---|"]
        for row in sorted(self.rows):
            count, at_fail, at_warn = self.rows[row]
            lines.append(f"| {row} | {count} | {len(self.people[row])} | {share(at_fail, count)} | {share(at_warn, count)} |")
        return lines

    def total(self):
        return tuple(sum(c[i] for row, c in self.rows.items() if row not in UNCOUNTED) for i in range(3))


def tables(results):
    """The tables of one split; `results` are (item, defects, wrong at fail, wrong at warn, covered)."""
    defects, groups, good = Tally(), Tally(), Tally()
    covered = Tally()
    for item, named, failed, warned, is_covered in results:
        kind = "made: " if item.change else ""
        for label, at_fail, at_warn in named:
            defects.add(kind + label, item.person, at_fail, at_warn)
            for group, holds in GROUPS.items():
                if holds(item) and not item.change:
                    groups.add(f"{label}, {group}", item.person, at_fail, at_warn)
        if "ok" in item.labels:
            for group in ["all"] + [g for g, holds in GROUPS.items() if holds(item)]:
                good.add(group, item.person, bool(failed), bool(warned))
                covered.add(group, item.person, is_covered, is_covered)
    count, named, hinted = defects.total()
    fine = good.rows["all"]
    lines = [f"Defects named as a failure: {share(named, count).replace(' | ', ', ')} of {count}; named at all: "
             f"{share(hinted, count).replace(' | ', ', ')}. Good media wrongly failed: {share(fine[1], fine[0]).replace(' | ', ', ')} "
             f"of {fine[0]}; called covered: {share(covered.rows['all'][1], fine[0]).replace(' | ', ', ')}.", "", "### Defects", ""]
    lines += defects.table("defect", ("as a failure", "at all")) + ["", "### Good media", ""]
    lines += good.table("who", ("wrongly failed", "wrongly warned")) + ["", "### Good media called covered", ""]
    lines += covered.table("who", ("called covered", "the same")) + ["", "### Defects by group", ""]
    return lines + groups.table("defect, group", ("as a failure", "at all")) + [""]


def trade_offs(values):
    """Curves by defect and the table of what is missed at given shares of good media failed."""
    lines = ["| defect | measure | with | without | missed at 0.5 % failed | 1 % | 2 % | 5 % |", "|---|---|---:|---:|---:|---:|---:|---:|"]
    curves = []
    for label, (group, name, side) in MEASURES.items():
        bad, good = values[label], values["ok", group, name]
        if len(bad) < 10 or len(good) < 50:
            continue
        points = curve(bad, good, side)
        curves.append((label, points))
        shares = " | ".join(f"{100 * missed_at(points, f):.1f} %" for f in (0.005, 0.01, 0.02, 0.05))
        lines.append(f"| {label} | `{group}.{name}` | {len(bad)} | {len(good)} | {shares} |")
    return lines, curves


def sources(items):
    """The list of the data, by repository."""
    found = collections.defaultdict(lambda: [0, set(), "", set()])
    for item in items:
        entry = found[item.source.split(":")[1] if item.source.count(":") else item.source or "–"]
        entry[0] += 1
        entry[1].add(item.commit[:12])
        entry[2] = item.licence or entry[2]
        entry[3].add(item.person)
    lines = ["| source | commit | licence as stated there | files | people |", "|---|---|---|---:|---:|"]
    for source, (count, commits, licence, people) in sorted(found.items()):
        lines.append(f"| {source} | {', '.join(sorted(commits - {''})) or '–'} | {licence.replace('|', '/')[:80] or '–'} | {count} | {len(people)} |")
    return lines
