"""Tables that compare vprep with its peers."""

import sys


class Comparison:
    """The rows of one table."""

    def __init__(self, title):
        self.title = title
        self.rows = []
        self.notes = []
        self.ratios = {}

    def add(self, work, against, ratio, target):
        self.ratios[work, against] = ratio
        met = "–" if target is None else "met" if ratio.median <= target else "missed"
        limit = "–" if target is None else f"≤{target}"
        values = f"{amount(ratio.ours)} | {amount(ratio.theirs)}"
        self.rows.append(f"| {work} | {against} | {values} | {ratio} | {limit} | {met} |")
        print(f"\n{work} against {against}: {ratio} {limit} {met}", file=sys.stderr)

    def text(self):
        head = "| work | against | vprep | peer | ratio [smallest–largest] | target | |\n"
        table = f"{head}| --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(self.rows)
        return "\n\n".join([f"## {self.title}", table] + self.notes)


def amount(value):
    """A number of seconds, or of bytes where it is too large for that."""
    if value > 1e5:
        return f"{value / 1e6:.1f} MB"
    return f"{value:.3f} s" if value >= 0.1 else f"{value * 1e3:.3f} ms"
