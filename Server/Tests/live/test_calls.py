"""Clips go in over HTTP, and what comes out is what the program says."""

import hashlib
import json
import subprocess

import pytest

from service import BOMBS, CLIPS, Service, VPREP, clip, comparable, form, vprep


@pytest.mark.parametrize("name", ["good-silent.mp4", "dark-3.mp4", "webm-vp8.webm", "hevc.mov"])
def test_check_is_what_the_program_says(service, name):
    answer = service.call("check", clip(name), provider="tencent")
    expected, _ = vprep("check", CLIPS / name, "--provider", "tencent")
    assert answer.status == 200
    assert comparable(answer.json) == comparable(expected)
    assert answer.json["input"]["path"] == "clip"


def test_probe_and_preview(service):
    probe = service.call("probe", clip("hevc.mov"))
    assert comparable(probe.json) == comparable(vprep("probe", CLIPS / "hevc.mov")[0])
    previews = service.call("preview", clip("good-silent.mp4"), previews=1, previewSize=64).json["previews"]
    assert [max(p["width"], p["height"]) for p in previews] == [64]


def test_a_form_brings_clip_photo_and_options(service):
    options = {"provider": "tencent", "mode": "lip", "previews": 0}
    body, kind = form({"options": json.dumps(options)}, {
        "clip": ("my selfie.mp4", clip("good-silent.mp4")), "photo": ("me.jpg", clip("photo.jpg"))})
    report = service.call("check", body, {"Content-Type": kind}, mode="silent").json
    assert report["verdict"]["mode"] == "silent"
    assert report["input"]["path"] == "my selfie.mp4"
    assert report["photo"]["path"] == "me.jpg"
    assert report["photo"]["md5"] == hashlib.md5(clip("photo.jpg")).hexdigest()


def test_the_prepared_file_passes(service, tmp_path):
    body, kind = form({}, {"clip": ("a.webm", clip("webm-vp8.webm"))})
    answer = service.call(
        "prep", body, {"Content-Type": kind, "Accept": "multipart/form-data"}, provider="tencent")
    parts = answer.parts()
    report = json.loads(parts["report"])
    assert report["verdict"]["outcome"] == "fail" and report["outputVerdict"]["outcome"] == "pass"
    assert report["fit"]["output"]["md5"] == hashlib.md5(parts["clip"]).hexdigest()
    assert report["fit"]["output"]["path"] == "prepared.mp4"
    assert str(service.spool) not in answer.body.decode("latin-1")
    (tmp_path / "a.mp4").write_bytes(parts["clip"])
    assert vprep("check", tmp_path / "a.mp4", "--provider", "tencent")[1] == 0


def test_the_file_alone_or_the_report_alone(service):
    query = {"provider": "megvii"}
    file = service.call("fit", clip("moov-last.mp4"), {"Accept": "video/mp4"}, **query)
    report = service.call("fit", clip("moov-last.mp4"), **query)
    assert file.headers["Content-Type"] == "video/mp4"
    assert hashlib.md5(file.body).hexdigest() == report.json["fit"]["output"]["md5"]
    plan = service.call(
        "fit", clip("moov-last.mp4"), {"Accept": "multipart/form-data"}, dryRun="true", **query)
    assert plan.json["fit"]["output"] is None


def test_a_clip_that_no_fit_helps_gets_its_report(service):
    dark = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", CLIPS / "dark-4.mp4", "-c:v", "mpeg4", "-q:v", "3", "-f", "avi", "-"],
        capture_output=True, check=True).stdout
    answer = service.call("prep", dark, {"Accept": "multipart/form-data"}, provider="tencent")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json["fit"]["skipped"] and answer.json["outputVerdict"] is None
    assert answer.json["verdict"]["nextStep"]["remedy"] == "retake"
    # Unless nothing is to be held back.
    parts = service.call("prep", dark, {"Accept": "multipart/form-data"}, provider="tencent", explore=1).parts()
    report = json.loads(parts["report"])
    assert report["exploration"] == {"chosen": True, "probability": 1}
    assert report["verdict"]["outcome"] == "fail" and len(parts["clip"]) == report["fit"]["output"]["bytes"]


@pytest.mark.parametrize("name, status, kind, code", [
    ("empty.mp4", 422, "empty", "FailedOperation.LipSizeError"),
    ("photo.jpg", 422, "photo", "FailedOperation.LipVideoInvalid"),
    ("sound-only.mp4", 422, "noVideo", "FailedOperation.LipVideoInvalid"),
])
def test_a_clip_that_cannot_be_used(service, name, status, kind, code):
    expected, _ = vprep("check", CLIPS / name, "--provider", "tencent")
    answer = service.call("check", clip(name), provider="tencent")
    assert (answer.status, answer.json["kind"]) == (status, kind)
    assert answer.json["code"] == expected["code"]
    assert answer.json["schema"] == "vprep.error/1" and answer.json["file"] == "clip"


def test_a_clip_that_is_too_short_to_fit(service):
    answer = service.call("fit", clip("short-0.4.mp4"), provider="tencent")
    assert (answer.status, answer.json["kind"]) == (422, "limitsCannotBeMet")


def test_a_bomb_costs_one_request(service):
    made = subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=black:s=8192x8192:r=1:d=1", "-c:v", "mjpeg",
         "-f", "avi", "-"], capture_output=True, check=True).stdout
    answer = service.call("check", made, provider="megvii")
    assert (answer.status, answer.json["kind"]) == (413, "limit")
    assert service.call("check", clip("good-silent.mp4"), provider="megvii").status == 200


def test_a_call_that_takes_too_long(service):
    answer = service.call("check", clip("uhd.mp4"), provider="megvii", timeLimit=0.05, exhaustive="true")
    assert (answer.status, answer.json["kind"]) == (504, "limit")


@pytest.mark.parametrize("query, part", [
    ({}, "provider"), ({"provider": "nobody"}, "provider"), ({"provider": "megvii", "photo": "/etc/passwd"}, "photo"),
    ({"provider": "megvii", "annotate": "/tmp"}, "operator"), ({"provider": "megvii", "threads": "9"}, "operator"),
    ({"provider": "megvii", "nonsense": "1"}, "nonsense"), ({"provider": "megvii", "strict": "maybe"}, "strict"),
    ({"provider": "megvii", "previews": "99"}, "previews"), ({"provider": "megvii", "timeLimit": "-1"}, "timeLimit"),
])
def test_a_wrong_request(service, query, part):
    answer = service.call("check", clip("good-silent.mp4"), **query)
    assert (answer.status, answer.json["kind"]) == (400, "usage")
    assert part in answer.json["message"]


def test_wrong_forms(service):
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    for body, part in [
        (b"", "boundary"), (b"--x\r\nContent-Disposition: form-data; name=\"clip\"\r\n\r\nabc", "boundary"),
        (b"--x--\r\n", "clip"), (b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "clip"),
        (b"--xy", "boundary"),
    ]:
        answer = service.call("check", body, kind, provider="megvii")
        assert answer.status == 400 and part in answer.json["message"], body
    answer = service.call("check", b"x", {"Content-Type": "multipart/form-data"}, provider="megvii")
    assert answer.status == 400


def test_addresses_that_are_not_there(service):
    for method, path in [("GET", "/v2"), ("GET", "/v1/check"), ("POST", "/v1/nothing"), ("GET", "/../etc/passwd")]:
        answer = service.send(method, path, b"" if method == "POST" else None)
        assert answer.status == 404 and answer.json["schema"] == "vprep.error/1", path


def test_a_request_keeps_its_name(service):
    given = service.get("/healthz", **{"X-Request-ID": "visit-42"})
    made = service.get("/healthz", **{"X-Request-ID": "with spaces\tand more"})
    assert given.headers["X-Request-ID"] == "visit-42"
    assert len(made.headers["X-Request-ID"]) == 36
    service.get("/readyz", **{"X-Request-ID": "visit-43"})
    assert any("request=visit-42" in line for line in list(service.lines))


def test_health_codes_and_counts(service):
    assert service.get("/healthz").json == {"status": "ok"}
    assert service.get("/readyz").json == {"status": "ready"}
    listed = subprocess.run([VPREP, "codes", "--json"], capture_output=True, check=True).stdout
    assert service.get("/v1/codes").json == json.loads(listed)
    service.call("probe", clip("empty.mp4"))
    text = service.get("/metrics").body.decode()
    assert 'vprep_requests_total{route="/v1/probe",status="422"}' in text
    assert 'vprep_request_seconds_bucket{route="/v1/probe",le="+Inf"}' in text


def test_every_option_is_described(service):
    described = service.get("/openapi.json").json
    names = {entry["$ref"].split("/")[-1] for entry in described["paths"]["/v1/check"]["post"]["parameters"]}
    assert "Prefer" in names
    names = {name for name in names if described["components"]["parameters"][name]["in"] == "query"}
    answer = service.call("check", b"x", nonsense="1")
    assert names == set(answer.json["message"].split("they are ")[1].split(", "))


def test_logs_tell_nothing_about_faces():
    with Service() as running:
        running.call("check", clip("dark-3.mp4"), provider="tencent")
        body, kind = form({}, {"clip": ("Jane Doe.mp4", clip("no-face.mp4"))})
        running.call("prep", body, {"Content-Type": kind}, provider="tencent")
        running.stop()
        assert "route=/v1/prep" in running.log
        for word in ["Dark", "dark", "face", "Face", "Jane", "fail"]:
            assert word not in running.log, running.log


def test_bodies_beyond_the_limit():
    size = 1 << 20
    with Service("--max-bytes", str(size)) as running:
        stated = running.call("check", bytes(size + 1), provider="megvii")
        pieces = running.call("check", iter([bytes(size), b"x"]), provider="megvii")
        assert (stated.status, stated.json["kind"]) == (413, "limit")
        assert (pieces.status, pieces.json["kind"]) == (413, "limit")
        assert running.call("check", clip("good-silent.mp4"), provider="megvii").status == 200
        assert running.left == []


def test_settings_of_the_environment_and_of_a_file(tmp_path):
    (tmp_path / "settings.json").write_text('{"maxBytes": 1000, "timeLimit": 0.05, "queue": 3}')
    with Service("--config", str(tmp_path / "settings.json"), VPREP_SERVE_TIME_LIMIT="30") as running:
        assert running.call("check", bytes(1001), provider="megvii").status == 413
        assert running.call("check", bytes(1000), provider="megvii").status == 422
    (tmp_path / "settings.json").write_text('{"maxByte": 1000}')
    with pytest.raises(RuntimeError, match='setting "maxByte", which is not known'):
        Service("--config", str(tmp_path / "settings.json"))


def test_tokens(tmp_path):
    (tmp_path / "tokens").write_text("# one\n0123456789abcdef0123\n")
    with Service("--token-file", str(tmp_path / "tokens")) as running:
        right = {"Authorization": "Bearer 0123456789abcdef0123"}
        refused = running.call("check", clip("good-silent.mp4"), provider="megvii")
        assert refused.status == 401 and refused.headers["WWW-Authenticate"] == "Bearer"
        assert running.call("check", clip("good-silent.mp4"), {"Authorization": "Bearer x"}, provider="megvii").status == 401
        assert running.call("check", clip("good-silent.mp4"), right, provider="megvii").status == 200
        assert running.get("/metrics").status == 401
        assert running.get("/healthz").status == 200 and running.get("/").status == 200
        assert "0123456789abcdef0123" not in running.log
