"""How time and memory grow with a clip's length and size and with the number of clips."""

import os
import subprocess

import timing


def make(path, seconds, height, source):
    """A clip of that length and height from the source, looped."""
    width = height * 9 // 16 // 2 * 2
    rate = max(500, height * height * 5 // 1000)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-y", "-stream_loop", "-1", "-i", source]
        + ["-t", str(seconds), "-map", "0:v:0", "-vf", f"scale={width}:{height}", "-r", "30"]
        + ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", f"{rate}k", "-g", "60"]
        + ["-pix_fmt", "yuv420p", path],
        check=True,
    )
    return path


def check(vprep, clip, runs):
    """Median seconds and peak memory of a check."""
    command = [vprep, "check", clip, "--provider", "tencent", "--mode", "action", "--json"]
    taken = sorted(timing.run(command) for _ in range(runs))
    return taken[len(taken) // 2]


def lengths(vprep, source, folder, quick):
    rows = []
    for seconds in (2, 10) if quick else (2, 5, 10, 20, 40, 60):
        clip = make(os.path.join(folder, f"{seconds}s.mp4"), seconds, 1280, source)
        rows.append((seconds, *check(vprep, clip, 1 if quick else 3)))
    return rows


def sizes(vprep, source, folder, quick):
    rows = []
    for height in (640, 1280) if quick else (640, 960, 1280, 1920, 2560, 3840):
        clip = make(os.path.join(folder, f"{height}p.mp4"), 4, height, source)
        rows.append((height, *check(vprep, clip, 1 if quick else 3)))
    return rows


def counts(vprep, clip, folder, quick):
    """A batch of links to one small clip: nothing is kept from one to the next."""
    rows = []
    for count in (1, 10) if quick else (1, 10, 100, 1000):
        links = link(clip, os.path.join(folder, f"links{count}"), count)
        command = [vprep, "batch", links, "--provider", "tencent", "--check-only", "--force"]
        seconds, memory = timing.run(command + ["-o", os.path.join(folder, f"out{count}")])
        rows.append((count, seconds, memory))
    return rows


def link(clip, folder, count):
    """A folder with that many links to a clip."""
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        path = os.path.join(folder, f"{number:04}.mp4")
        if not os.path.lexists(path):
            os.symlink(clip, path)
    return folder


def table(name, unit, rows):
    """A Markdown table with time and memory for each unit."""
    lines = [
        f"| {name} | time, s | time per {unit}, ms | peak memory, MB |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for size, seconds, memory in rows:
        lines.append(f"| {size} | {seconds:.3f} | {seconds / size * 1e3:.2f} | {memory / 1e6:.0f} |")
    return "\n".join(lines)


def plot(path, series):
    """An SVG with a panel for each series: time in blue, memory in orange, both from zero."""
    width, height, left, top = 290, 200, 50, 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(series) * 400} 290" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{len(series) * 400}" height="290" fill="white"/>',
    ]
    for panel, (title, axis, rows) in enumerate(series):
        parts.append(f'<g transform="translate({panel * 400 + left},{top})">')
        parts.append(f'<text x="{width / 2}" y="-14" text-anchor="middle">{title}</text>')
        parts.append(f'<path d="M0 0V{height}H{width}V0" fill="none" stroke="#888"/>')
        largest = [max(row[column] for row in rows) for column in range(3)]
        for column, color in ((1, "#1f77b4"), (2, "#ff7f0e")):
            points = [
                (row[0] / largest[0] * width, height - row[column] / largest[column] * height)
                for row in rows
            ]
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{color}"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points]
        for part in (0, 0.5, 1):
            x, y = part * width, height - part * height
            parts.append(f'<path d="M-3 {y}h6M{width - 3} {y}h6M{x} {height - 3}v6" stroke="#888"/>')
            time, memory = f"{part * largest[1]:.2f}", f"{part * largest[2] / 1e6:.0f}"
            parts.append(f'<text x="-6" y="{y + 4}" text-anchor="end" fill="#1f77b4">{time}</text>')
            parts.append(f'<text x="{width + 6}" y="{y + 4}" fill="#ff7f0e">{memory}</text>')
            size = f"{part * largest[0]:g}"
            parts.append(f'<text x="{x}" y="{height + 16}" text-anchor="middle">{size}</text>')
        parts.append('<text x="-45" y="-14" fill="#1f77b4">time, s</text>')
        parts.append(
            f'<text x="{width + 40}" y="-14" text-anchor="end" fill="#ff7f0e">peak, MB</text>'
        )
        parts.append(f'<text x="{width / 2}" y="{height + 32}" text-anchor="middle">{axis}</text>')
        parts.append("</g>")
    parts.append("</svg>")
    with open(path, "w") as file:
        file.write("\n".join(parts) + "\n")
