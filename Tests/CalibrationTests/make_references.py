#!/usr/bin/env python3
"""Writes References/binomial.json: what SciPy says of the binomial distribution, over a grid.

    pip install scipy==1.16.3 && Tests/CalibrationTests/make_references.py
"""

import json
import os

from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))


def rows():
    for trials in (1, 2, 7, 40, 150, 1000, 5000, 100_000, 1_000_000):
        for share in (0.001, 0.01, 0.05, 0.3, 0.5, 0.9):
            mean = trials * share
            spread = (mean * (1 - share)) ** 0.5
            for steps in (-6, -3, -1, 0, 1, 3, 6):
                count = round(mean + steps * spread)
                if not 0 <= count <= trials:
                    continue
                lower = stats.beta.ppf(0.025, count, trials - count + 1) if count else 0.0
                upper = stats.beta.ppf(0.975, count + 1, trials - count) if count < trials else 1.0
                yield {
                    "trials": trials,
                    "share": share,
                    "count": count,
                    "atMost": stats.binom.cdf(count, trials, share),
                    "atLeast": stats.binom.sf(count - 1, trials, share),
                    "lower": float(lower),
                    "upper": float(upper),
                }


# Rows that differ in steps of a small grid only are kept once.
unique = {(row["trials"], row["share"], row["count"]): row for row in rows()}
path = os.path.join(HERE, "References", "binomial.json")
with open(path, "w") as file:
    lines = ",\n  ".join(json.dumps(row) for row in unique.values())
    file.write(f"[\n  {lines}\n]\n")
