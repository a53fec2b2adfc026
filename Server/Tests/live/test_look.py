"""Frames of a camera: where the face is, and what to say."""

import subprocess

from service import CLIPS, clip


def frame(name, second, kind="mjpeg"):
    """A frame of a clip as a browser sends it."""
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-ss", str(second), "-i", CLIPS / name, "-frames:v", "1",
         "-vf", "scale=480:-2", "-c:v", kind, "-f", "image2pipe", "-"],
        capture_output=True, check=True).stdout


def test_a_good_frame_needs_no_advice(service):
    look = service.call("look", frame("good-silent.mp4", 0.5), provider="tencent").json
    assert look["schema"] == "vprep.look/1" and look["faces"] == 1 and look["advice"] is None
    assert abs(look["face"]["centerX"] - 0.5) < 0.1 and 0.3 < look["face"]["width"] < 0.5


def test_advice_names_what_is_wrong(service):
    def said(name, **query):
        look = service.call("look", frame(name, 0.5), provider="tencent", **query).json
        return look["advice"]["id"] if look["advice"] else None

    assert said("dark-3.mp4") in ("face-the-light", "turn-on-light")
    assert said("no-face.mp4") == "show-face"
    assert said("far-4.mp4") == "move-closer"
    assert said("close-2.mp4", mode="action") == "move-back"
    text = service.call("look", frame("no-face.mp4", 0.5), provider="tencent", language="id").json["advice"]["text"]
    assert text != service.call("look", frame("no-face.mp4", 0.5), provider="tencent").json["advice"]["text"]


def test_png_is_a_frame_too(service):
    look = service.call("look", frame("good-silent.mp4", 0.5, "png"), {"Content-Type": "image/png"}).json
    assert look["faces"] == 1


def test_what_is_no_frame(service):
    for body in [b"", b"GIF89a", b"\xff\xd8\xff", clip("good-silent.mp4")[:1000]]:
        answer = service.call("look", body)
        assert (answer.status, answer.json["kind"]) == (422, "unsupported")
    broken = frame("good-silent.mp4", 0.5)[:900]
    assert service.call("look", broken).status == 422
    assert service.call("look", bytes(3 << 20)).status == 413
    assert service.call("look", frame("good-silent.mp4", 0.5), previews=3).status == 400
