"""The stand-ins answer in the form of the services' documents."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time

import pytest

from service import CLIPS, Service, clip, form

KEYS = {"api_key": "stand-in-key", "api_secret": "stand-in-secret"}


def megvii(service, name, headers=None, **fields):
    body, kind = form(KEYS | fields, {"video": (name, clip(name))} if name else {})
    return service.send(
        "POST", "/faceid/lite/raw/validate_still", body, {"Content-Type": kind} | (headers or {}))


def test_megvii_accepts(service):
    answer = megvii(service, "good-silent.mp4", biz_no="12345", return_image="2")
    assert answer.status == 200
    assert set(answer.json) == {"time_used", "biz_no", "token_still", "request_id", "image_best", "image_best_2"}
    assert answer.json["biz_no"] == "12345" and isinstance(answer.json["time_used"], int)
    assert answer.json["image_best"].startswith("data:image/jpeg;base64,/9j/")
    again = megvii(service, "good-silent.mp4")
    assert again.json["token_still"] == answer.json["token_still"] and "image_best" not in again.json


@pytest.mark.parametrize("name, message", [
    ("no-face.mp4", "VIDEO_FACE_NOT_FOUND"), ("dark-3.mp4", "VIDEO_LOW_FACE_QUALITY"),
    ("short-0.4.mp4", "VIDEO_INVALID_DURATION"), ("photo.jpg", "VIDEO_UNSUPPORTED_FORMAT"),
])
def test_megvii_refuses(service, name, message):
    answer = megvii(service, name, biz_no="7")
    assert (answer.status, answer.json["error_message"]) == (400, message)
    assert answer.json["biz_no"] == "7" and "token_still" not in answer.json


def test_megvii_checks_the_request(service):
    def message(name="good-silent.mp4", **fields):
        answer = megvii(service, name, **fields)
        return answer.status, answer.json["error_message"]

    assert message(api_secret="wrong") == (403, "AUTHENTICATION_ERROR")
    assert message(api_key="") == (400, "MISSING_ARGUMENTS:api_key")
    assert message(None) == (400, "MISSING_ARGUMENTS:video")
    assert message(return_image="3") == (400, "BAD_ARGUMENTS:return_image")
    assert message(liveness_preference="strict") == (400, "BAD_ARGUMENTS:liveness_preference")
    assert message(biz_no="x" * 129) == (400, "BAD_ARGUMENTS:biz_no")


def test_megvii_looks_for_covers_when_asked(service):
    assert megvii(service, "mask.mp4", face_occlusion_detection="1").json["error_message"] == "VIDEO_FACE_OCCLUDE"


@pytest.mark.parametrize("code, status", [
    ("VIDEO_FACE_OCCLUDE", 400), ("CONCURRENCY_LIMIT_EXCEEDED", 403), ("INTERNAL_ERROR", 500),
    ("AUTHORIZATION_ERROR:Denied.", 403)])
def test_megvii_answers_what_the_header_says(service, code, status):
    answer = megvii(service, "good-silent.mp4", {"X-Stand-In-Code": code})
    assert (answer.status, answer.json["error_message"]) == (status, code)


class Bucket:
    """A folder over HTTP."""

    def __init__(self, folder):
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=folder)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def bucket():
    running = Bucket(CLIPS)
    yield running
    running.close()


def tencent(service, parameters, key="stand-in-secret", headers=None, now=None, identifier="AKIDstandin"):
    body = json.dumps(parameters).encode()
    now = str(int(now or time.time()))
    day = time.strftime("%Y-%m-%d", time.gmtime(int(now)))
    kind, host = "application/json; charset=utf-8", f"127.0.0.1:{service.port}"
    canonical = f"POST\n/\n\ncontent-type:{kind}\nhost:{host}\n\ncontent-type;host\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{day}/faceid/tc3_request"
    text = f"TC3-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    secret = b"TC3" + key.encode()
    for part in (day, "faceid", "tc3_request"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    answer = service.send("POST", "/", body, {
        "Content-Type": kind, "X-TC-Action": "VideoLivenessCompare", "X-TC-Version": "2018-03-01",
        "X-TC-Region": "ap-singapore", "X-TC-Timestamp": now,
        "Authorization": f"TC3-HMAC-SHA256 Credential={identifier}/{scope}, SignedHeaders=content-type;host, "
                         f"Signature={hmac.new(secret, text.encode(), 'sha256').hexdigest()}",
    } | (headers or {}))
    assert answer.status == 200
    response = answer.json["Response"]
    assert response["RequestId"]
    return response


def parameters(bucket, name="good-silent.mp4", **changes):
    return {
        "VideoUrl": f"{bucket.url}/{name}", "VideoMd5": hashlib.md5(clip(name)).hexdigest(),
        "ImageUrl": f"{bucket.url}/photo.jpg", "ImageMd5": hashlib.md5(clip("photo.jpg")).hexdigest(),
        "LivenessType": "SILENT"} | changes


def test_tencent_accepts(service, bucket):
    response = tencent(service, parameters(bucket))
    assert set(response) == {"Result", "Description", "BestFrame", "Sim", "RequestId"}
    assert (response["Result"], response["Description"]) == ("Success", "Success")
    picture = base64.b64decode(response["BestFrame"]["Url"].split(",")[1])
    assert hashlib.md5(picture).hexdigest() == response["BestFrame"]["MD5"]
    assert len(picture) == response["BestFrame"]["Size"]


@pytest.mark.parametrize("name, mode, code", [
    ("no-face.mp4", "SILENT", "FailedOperation.LivessBestFrameError"),
    ("dark-3.mp4", "SILENT", "FailedOperation.ActionLightDark"),
    ("webm-vp8.webm", "SILENT", "FailedOperation.LipVideoInvalid"),
])
def test_tencent_refuses(service, bucket, name, mode, code):
    response = tencent(service, parameters(bucket, name, LivenessType=mode))
    assert response["Result"] == code and response["BestFrame"] is None and response["Description"]


def test_tencent_checks_the_request(service, bucket):
    def code(changes=None, **how):
        return tencent(service, parameters(bucket, **(changes or {})), **how)["Error"]["Code"]

    assert code(key="another") == "AuthFailure.SignatureFailure"
    assert code(identifier="AKIDnobody") == "AuthFailure.SecretIdNotFound"
    assert code(now=time.time() - 3600) == "AuthFailure.SignatureExpire"
    assert code({"VideoMd5": "0" * 32}) == "InvalidParameterValue"
    assert code({"LivenessType": "BLINK"}) == "InvalidParameterValue"
    assert code(headers={"X-TC-Version": "2020-01-01"}) == "NoSuchVersion"
    assert code(headers={"X-TC-Action": "Other"}) == "InvalidAction"


def test_tencent_fetches_from_this_machine_alone(service, bucket):
    for url in ["http://192.0.2.1/a.mp4", "https://127.0.0.1/a.mp4", "file:///etc/passwd", f"{bucket.url}/none"]:
        assert tencent(service, parameters(bucket, VideoUrl=url))["Result"] == "FailedOperation.DownLoadError"


def test_more_requests_than_the_rate_are_throttled(bucket):
    with Service("--stand-in", "--stand-in-rate", "0.001") as running:
        assert megvii(running, "good-silent.mp4").status == 200
        refused = megvii(running, "good-silent.mp4")
        assert (refused.status, refused.json["error_message"]) == (403, "CONCURRENCY_LIMIT_EXCEEDED")
        # Each service counts for itself, and nobody's wrong keys count.
        assert tencent(running, parameters(bucket), key="another")["Error"]["Code"] == "AuthFailure.SignatureFailure"
        assert tencent(running, parameters(bucket))["Result"] == "Success"
        assert tencent(running, parameters(bucket))["Error"]["Code"] == "RequestLimitExceeded"


def test_tencent_answers_what_the_header_says(service, bucket):
    forced = {"X-Stand-In-Code": "RequestLimitExceeded;times=1;run=tests"}
    assert tencent(service, parameters(bucket), headers=forced)["Error"]["Code"] == "RequestLimitExceeded"
    assert tencent(service, parameters(bucket), headers=forced)["Result"] == "Success"
    forced = {"X-Stand-In-Code": "FailedOperation.LifePhotoDetectFake"}
    assert tencent(service, parameters(bucket), headers=forced)["Result"] == "FailedOperation.LifePhotoDetectFake"
