"""Error trade-off curves: what a measure misses against what it fails wrongly, as its limit moves.

As in NIST IR 8525 (FATE SIDD): false non-detection against false detection, both on a logarithmic scale.
"""
import math

# The measure that tells a defect, where it stands in the report, and whether a bad value is high (+1) or low (-1).
MEASURES = {
    "mask": ("face", "lowerFaceOcclusion", 1), "hand": ("face", "lowerFaceOcclusion", 1),
    "sunglasses": ("face", "occlusion", 1), "eyes_closed": ("face", "eyesOpen", -1),
    "dark": ("brightness", "faceMean", -1), "bright": ("brightness", "faceMean", 1), "blur": ("sharpness", "face", -1),
    "out_of_focus": ("sharpness", "face", -1), "multi": ("face", "secondFaceSizeRatio", 1),
    "multi_behind": ("face", "secondFaceSizeRatio", 1), "profile": ("face", "yaw", 1), "far": ("face", "widthPixels", -1),
}
LEAST = 1e-3


def value(reports, group, name):
    """The measure in the first report that has it."""
    for report in filter(None, reports.values()):
        found = (report["measurements"].get(group) or {}).get(name)
        if found is not None:
            return abs(found) if name == "yaw" else found
    return None


def curve(bad, good, side):
    """Points (share of good failed, share of bad missed) over all limits; values are ordered by `side`."""
    bad, good = sorted(side * v for v in bad), sorted(side * v for v in good)
    points = []
    for limit in sorted(set(bad + good)) + [math.inf]:
        failed = sum(v >= limit for v in good) / len(good)
        missed = sum(v < limit for v in bad) / len(bad)
        points.append((failed, missed))
    return points


def missed_at(points, failed):
    """The least share missed while at most `failed` of the good ones fail."""
    return min((m for f, m in points if f <= failed), default=1.0)


def svg(curves, width=560, height=420):
    """The curves as one picture; each is (label, points)."""
    left, bottom = 70, 50
    colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"]

    def place(failed, missed):
        def part(v):
            return (math.log10(max(v, LEAST)) - math.log10(LEAST)) / -math.log10(LEAST)
        return left + part(failed) * (width - left - 20), height - bottom - part(missed) * (height - bottom - 20)

    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for power in range(-3, 1):
        x, y = place(10.0 ** power, 10.0 ** power)
        text = f"{100 * 10.0 ** power:g} %"
        lines += [f'<path d="M{x:.1f} 20V{height - bottom}M{left} {y:.1f}H{width - 20}" stroke="#ddd"/>',
                  f'<text x="{x:.1f}" y="{height - bottom + 18}" text-anchor="middle">{text}</text>',
                  f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>']
    for index, (label, points) in enumerate(curves):
        color = colors[index % len(colors)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (place(*point) for point in points))
        lines += [f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>',
                  f'<text x="{width - 30}" y="{36 + 16 * index}" text-anchor="end" fill="{color}">{label}</text>']
    lines += [f'<text x="{(width + left) / 2}" y="{height - 10}" text-anchor="middle">good media failed</text>',
              f'<text transform="translate(16 {height / 2}) rotate(-90)" text-anchor="middle">defects missed</text>', "</svg>"]
    return "\n".join(lines) + "\n"
