"""The ratios that Docs/performance.md keeps, to compare a later run with."""

import re

ROW = re.compile(r"^\| (.+?) \| (.+?) \| .+? \| .+? \| ([\d.]+) \[([\d.]+)–([\d.]+)\] \|", re.M)


def largest(path):
    """The largest ratio of each row, by what was timed and against what."""
    with open(path) as file:
        return {(row[1], row[2]): float(row[5]) for row in ROW.finditer(file.read())}


def worse(tables, path):
    """A sentence for each row whose smallest ratio is above the largest that is kept."""
    before = largest(path)
    found = []
    for table in tables:
        for (work, against), ratio in table.ratios.items():
            kept = before.get((work, against))
            if kept is not None and ratio.ratios[0] > kept:
                found.append(f"{work} against {against}: {ratio}, at most {kept} before")
    return found
