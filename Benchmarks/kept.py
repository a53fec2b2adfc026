"""The ratios that thresholds.json keeps, to compare a later run with.

A complete run writes them beside the document: of each row the median and the largest ratio of its pairs. A later
run is slower where even its smallest ratio is above the largest that is kept: then the two spreads do not meet.
"""

import json
import os

import peers

FILE = os.path.join(peers.HERE, "thresholds.json")


def write(tables):
    """Keeps the ratios of a run."""
    rows = [
        {"work": work, "against": against, "ratio": round(ratio.median, 3), "most": round(ratio.ratios[-1], 3)}
        for table in tables
        for (work, against), ratio in table.ratios.items()
    ]
    with open(FILE, "w") as file:
        json.dump(rows, file, indent=2, ensure_ascii=False)
        file.write("\n")


def worse(tables):
    """A sentence for each row that is slower than what is kept, and for each that is not kept or not run."""
    with open(FILE) as file:
        before = {(row["work"], row["against"]): row for row in json.load(file)}
    slower, unknown = [], []
    for table in tables:
        for key, ratio in table.ratios.items():
            row = before.pop(key, None)
            if row is None:
                unknown.append(f"{' against '.join(key)}: {ratio}, not kept yet")
            elif ratio.ratios[0] > row["most"]:
                slower.append(f"{' against '.join(key)}: {ratio}, at most {row['most']} before")
    unknown += [f"{' against '.join(key)}: kept, but not run" for key in before]
    return slower, unknown
