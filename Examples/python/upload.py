"""Prepares a clip with vprep-serve and uploads it to Megvii or Tencent, with nothing beyond the standard library.

    upload.py megvii CLIP
    upload.py tencent CLIP PHOTO

Environment: VPREP_URL and VPREP_TOKEN for the gate; MEGVII_URL, MEGVII_API_KEY, MEGVII_API_SECRET; TENCENT_URL,
TENCENT_SECRET_ID, TENCENT_SECRET_KEY, TENCENT_REGION; BUCKET_FOLDER, a folder that the bucket shows as BUCKET_URL.
STAND_IN_CODE asks a stand-in of vprep-serve for a code. Keys are never printed.

Exit status: 0 accepted, 1 nothing was sent because it would be refused, 2 refused, 3 no answer after all attempts.
"""

import hashlib
import hmac
import json
import os
import pathlib
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

GATE = os.environ.get("VPREP_URL", "http://127.0.0.1:8080")
MEGVII = os.environ.get("MEGVII_URL", "https://api-sgp.megvii.com")
TENCENT = os.environ.get("TENCENT_URL", "https://faceid.intl.tencentcloudapi.com")
# What the documents call temporary; every other code would be answered again, and may be charged again.
TEMPORARY = {
    "CONCURRENCY_LIMIT_EXCEEDED", "INTERNAL_ERROR", "RequestLimitExceeded", "InternalError",
    "FailedOperation.DownLoadTimeoutError", "FailedOperation.LipNetFailed",
}
ATTEMPTS = 4
WAIT = float(os.environ.get("UPLOAD_WAIT", "0.5"))  # seconds before the second attempt


class NoAnswer(Exception):
    """Nothing came back, or nothing that can be read."""


def form(fields, files):
    """A multipart body and its type."""
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, data in files.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
                     "Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def post(url, body, headers):
    """The body and the type of an answer, whatever its status is."""
    if code := os.environ.get("STAND_IN_CODE"):
        headers = headers | {"X-Stand-In-Code": code}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=120) as answer:
            return answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        return error.read(), error.headers["Content-Type"]
    except OSError as error:
        raise NoAnswer(str(error)) from error


def gate(clip, photo, options):
    """The report, and the prepared clip; the clip is None where vprep made none."""
    files = {"clip": pathlib.Path(clip).read_bytes()}
    if photo:
        files["photo"] = pathlib.Path(photo).read_bytes()
    body, kind = form({}, files)
    headers = {"Content-Type": kind, "Accept": "multipart/form-data"}
    if token := os.environ.get("VPREP_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    answer, kind = post(f"{GATE}/v1/prep?{urllib.parse.urlencode(options)}", body, headers)
    if not kind.startswith("multipart/"):
        return json.loads(answer), None
    boundary = b"--" + kind.split("boundary=")[1].encode()
    report, file = (part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in answer.split(boundary)[1:3])
    return json.loads(report), file


def megvii(clip):
    """The code that the service answers, None for success, and the whole answer."""
    fields = {"api_key": os.environ["MEGVII_API_KEY"], "api_secret": os.environ["MEGVII_API_SECRET"],
              "return_image": 1}
    body, kind = form(fields, {"video": clip})
    answer = json.loads(post(f"{MEGVII}/faceid/lite/raw/validate_still", body, {"Content-Type": kind})[0])
    return answer.get("error_message"), answer


def tencent(clip, photo):
    """The same for Tencent, whose files lie in a bucket."""
    name = f"{uuid.uuid4().hex}"
    folder = pathlib.Path(os.environ["BUCKET_FOLDER"])
    (folder / f"{name}.mp4").write_bytes(clip)
    shutil.copy(photo, folder / f"{name}.jpg")
    try:
        base = os.environ["BUCKET_URL"]
        body = json.dumps({
            "VideoUrl": f"{base}/{name}.mp4", "VideoMd5": hashlib.md5(clip).hexdigest(),
            "ImageUrl": f"{base}/{name}.jpg",
            "ImageMd5": hashlib.md5(pathlib.Path(photo).read_bytes()).hexdigest(), "LivenessType": "SILENT",
        }).encode()
        answer = json.loads(post(TENCENT, body, signed(body))[0])["Response"]
        code = answer["Error"]["Code"] if "Error" in answer else answer["Result"]
        return None if code == "Success" else code, answer
    finally:
        for end in (".mp4", ".jpg"):
            (folder / (name + end)).unlink()


def signed(body):
    """The headers of a request, with its signature TC3-HMAC-SHA256."""
    now = int(time.time())
    day = time.strftime("%Y-%m-%d", time.gmtime(now))
    kind, host = "application/json; charset=utf-8", urllib.parse.urlsplit(TENCENT).netloc
    canonical = f"POST\n/\n\ncontent-type:{kind}\nhost:{host}\n\ncontent-type;host\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{day}/faceid/tc3_request"
    text = f"TC3-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = b"TC3" + os.environ["TENCENT_SECRET_KEY"].encode()
    for part in (day, "faceid", "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, text.encode(), "sha256").hexdigest()
    return {
        "Content-Type": kind, "Host": host, "X-TC-Action": "VideoLivenessCompare", "X-TC-Version": "2018-03-01",
        "X-TC-Region": os.environ.get("TENCENT_REGION", "ap-singapore"), "X-TC-Timestamp": str(now),
        "Authorization": f"TC3-HMAC-SHA256 Credential={os.environ['TENCENT_SECRET_ID']}/{scope}, "
                         f"SignedHeaders=content-type;host, Signature={signature}",
    }


def upload(send):
    """Sends until there is an answer that stays; the code and the answer."""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(WAIT * 2 ** (attempt - 1))
        try:
            code, answer = send()
        except (NoAnswer, ValueError) as error:
            code, answer = "no answer", str(error)
        if code not in TEMPORARY and code != "no answer":
            break
        print(f"attempt {attempt + 1}: {code}")
    return code, answer


def main():
    service, clip, *photo = sys.argv[1:]
    options = {"provider": service} | ({"mode": "silent"} if service == "tencent" else {})
    report, prepared = gate(clip, photo[0] if photo else None, options)
    if report["schema"] == "vprep.error/1":
        print(f"not sent: {report['message']} ({report['code']}); {report['advice']}")
        return 1
    verdict = report["outputVerdict"] or report["verdict"]
    if prepared is None or verdict["outcome"] == "fail" or report["lint"]:
        print(f"not sent: {verdict['predictions'][0]['code']}; {verdict['nextStep']['text']}")
        return 1
    code, answer = upload(lambda: megvii(prepared) if service == "megvii" else tencent(prepared, photo[0]))
    if code is None:
        print(f"accepted: {answer['token_still'] if service == 'megvii' else answer['Sim']}")
        return 0
    print(f"refused: {code}")
    return 3 if code in TEMPORARY or code == "no answer" else 2


if __name__ == "__main__":
    sys.exit(main())
