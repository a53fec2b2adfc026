"""What ffprobe finds in a clip, in the words of manifest.json's `probe`."""
import json
import subprocess
from statistics import median


def ffprobe(path, *arguments):
    """ffprobe's JSON, or None when it cannot open the file."""
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", *arguments, str(path)], capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def container(form, head):
    """The demuxer's family; ISO media and Matroska are told apart by their own brand."""
    name = form["format_name"]
    if "mp4" in name:
        brand = form.get("tags", {}).get("major_brand", "")
        return "mov" if brand == "qt  " else "3gp" if brand.startswith("3g") else "mp4"
    if "matroska" in name:
        return "webm" if b"webm" in head else "matroska"
    return {"jpeg_pipe": "jpeg", "png_pipe": "png", "image2": "image"}.get(name, name)


def ratio(text):
    """A sample aspect ratio such as 4:3; 1 where none is stated."""
    over, under = (int(part) for part in (text or "1:1").split(":"))
    return over / under if over and under else 1


def measured(path, clip):
    """The clip's `probe` object as measured; only `readable` when no frame can be decoded."""
    # A playlist must not be opened: ffprobe would follow what it names.
    found = None if "text" in clip["recipe"] else ffprobe(path, "-show_format", "-show_streams")
    streams = found["streams"] if found else []
    video = next((s for s in streams if s["codec_type"] == "video"), None)
    audio = next((s for s in streams if s["codec_type"] == "audio"), None)
    frames = []
    if video:
        entries = "frame=best_effort_timestamp_time,pkt_duration_time"
        answer = ffprobe(path, "-select_streams", "v:0", "-show_entries", entries)
        frames = answer["frames"] if answer else []
    if not frames:
        return {"readable": False}
    times = [float(f["best_effort_timestamp_time"]) for f in frames if "best_effort_timestamp_time" in f]
    steps = [b - a for a, b in zip(times, times[1:])] or [float(frames[0].get("pkt_duration_time", 0))]
    last = float(frames[-1].get("pkt_duration_time", steps[-1]))
    turn = next((-int(d["rotation"]) % 360 for d in video.get("side_data_list", []) if "rotation" in d), 0)
    shown = [round(video["width"] * ratio(video.get("sample_aspect_ratio"))), video["height"]]
    if turn in (90, 270):
        shown.reverse()
    return {
        "readable": True,
        "container": container(found["format"], path.read_bytes()[:64]),
        "codec": video["codec_name"],
        "width": video["width"],
        "height": video["height"],
        "displayWidth": shown[0],
        "displayHeight": shown[1],
        "rotation": turn,
        "frames": len(frames),
        "durationSeconds": round(times[-1] - times[0] + last, 4) if times else 0,
        "variableFrameRate": max(steps) - min(steps) > 0.25 * median(steps),
        "hdr": {"arib-std-b67": "hlg", "smpte2084": "pq"}.get(video.get("color_transfer")),
        "audio": audio and audio["codec_name"],
    }


def differences(path, clip):
    """Where the file is not what the clip's `probe` says, one sentence each."""
    found, wrong = measured(path, clip), []
    for name, value in clip["probe"].items():
        if name == "durationTolerance":
            continue
        tolerance = clip["probe"]["durationTolerance"] if name == "durationSeconds" else 0
        got = found.get(name)
        same = abs(got - value) <= tolerance if tolerance and got is not None else got == value
        if not same:
            wrong.append(f"{name} is {got}, not {value}")
    return wrong
