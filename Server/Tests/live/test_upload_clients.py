"""The upload clients of Examples/ against the stand-ins: each branch that a service may force."""

import os
import shutil
import subprocess
import sys
import uuid

import pytest

from service import CLIPS, ROOT
from test_stand_ins import Bucket

CLIENTS = {"python": [sys.executable, ROOT / "Examples/python/upload.py"], "swift": [os.environ["UPLOAD_SWIFT"]]}
if shutil.which("node"):
    CLIENTS["node"] = ["node", ROOT / "Examples/node/upload.mjs"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bucket")
    running = Bucket(folder)
    yield folder, running.url
    running.close()
    assert list(folder.iterdir()) == []


@pytest.fixture(params=CLIENTS)
def upload(request, service, store):
    def run(provider, name, code=None, **changes):
        folder, url = store
        address = f"http://127.0.0.1:{service.port}"
        environment = os.environ | {
            "VPREP_URL": address, "MEGVII_URL": address, "TENCENT_URL": address,
            "MEGVII_API_KEY": "stand-in-key", "MEGVII_API_SECRET": "stand-in-secret",
            "TENCENT_SECRET_ID": "AKIDstandin", "TENCENT_SECRET_KEY": "stand-in-secret",
            "BUCKET_FOLDER": str(folder), "BUCKET_URL": url, "UPLOAD_WAIT": "0.01", **changes}
        if code:
            environment["STAND_IN_CODE"] = code
        done = subprocess.run(
            [*CLIENTS[request.param], provider, CLIPS / name, *([CLIPS / "photo.jpg"] if provider == "tencent" else [])],
            env=environment,
            capture_output=True, text=True, timeout=120)
        assert "stand-in-secret" not in done.stdout + done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.mark.parametrize("provider", ["megvii", "tencent"])
def test_a_clip_is_prepared_and_accepted(upload, provider):
    status, output, errors = upload(provider, "webm-vp8.webm" if provider == "tencent" else "good-silent.mp4")
    assert (status, output.startswith("accepted: ")) == (0, True), output + errors


@pytest.mark.parametrize("provider, code", [
    ("megvii", "VIDEO_LOW_FACE_QUALITY"), ("tencent", "FailedOperation.ActionLightDark")])
def test_what_would_be_refused_is_not_sent(upload, provider, code):
    status, output, errors = upload(provider, "dark-4.mp4", "INTERNAL_ERROR")
    assert status == 1 and output.startswith("not sent: ") and code in output, output + errors


def test_what_cannot_be_read_is_not_sent(upload):
    status, output, errors = upload("tencent", "sound-only.mp4")
    assert status == 1 and "FailedOperation.LipVideoInvalid" in output, output + errors


@pytest.mark.parametrize("provider, code", [
    ("megvii", "CONCURRENCY_LIMIT_EXCEEDED"), ("megvii", "INTERNAL_ERROR"),
    ("tencent", "RequestLimitExceeded"), ("tencent", "FailedOperation.DownLoadTimeoutError")])
def test_what_is_temporary_is_tried_again(upload, provider, code):
    status, output, errors = upload(provider, "good-silent.mp4", f"{code};times=2;run={uuid.uuid4().hex}")
    assert status == 0 and output.count(f": {code}") == 2, output + errors


@pytest.mark.parametrize("provider, code", [
    ("megvii", "VIDEO_FACE_OCCLUDE"), ("megvii", "AUTHORIZATION_ERROR:Denied."),
    ("tencent", "FailedOperation.LifePhotoDetectFake"), ("tencent", "UnauthorizedOperation.Arrears")])
def test_what_stays_is_sent_once(upload, provider, code):
    status, output, errors = upload(provider, "good-silent.mp4", code)
    assert (status, output) == (2, f"refused: {code}\n"), output + errors


def test_it_gives_up(upload):
    status, output, errors = upload("megvii", "good-silent.mp4", "CONCURRENCY_LIMIT_EXCEEDED")
    assert status == 3 and output.count("attempt") == 4, output + errors


def test_wrong_keys_are_not_tried_again(upload):
    status, output, _ = upload("tencent", "good-silent.mp4", TENCENT_SECRET_KEY="another")
    assert (status, output) == (2, "refused: AuthFailure.SignatureFailure\n")
