"""The service as a program on a free loopback port, and requests to it."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[3]
CLIPS = ROOT / "TestVideos/clips"
BOMBS = ROOT / "TestVideos/bombs"
SERVE = os.environ["VPREP_SERVE"]
VPREP = os.environ["VPREP"]

# A request whose body is to follow.
HEAD = b"POST /v1/check?provider=megvii HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"


def clip(name):
    return (CLIPS / name).read_bytes()


class Answer:
    """What came back: a status, headers, and the body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    def parts(self):
        """The parts of a form by their names."""
        boundary = re.search('boundary="?([^";]+)', self.headers["Content-Type"]).group(1)
        found = {}
        for part in self.body.split(b"--" + boundary.encode())[1:-1]:
            head, _, body = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            name = re.search(b'name="([^"]+)"', head).group(1).decode()
            found[name] = body.removesuffix(b"\r\n")
        return found


def form(fields, files):
    """A multipart body and its type; a file is a name and bytes."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, value in fields.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, (file, data) in files.items():
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n").encode() + data + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class Service:
    """`vprep-serve` with some arguments; leaving the block ends it."""

    def __init__(self, *arguments, spool=None, **environment):
        self.folder = tempfile.TemporaryDirectory()
        self.spool = spool or pathlib.Path(self.folder.name)
        self.lines = []
        self.process = subprocess.Popen(
            [SERVE, "--port", "0", "--vprep", VPREP, "--spool", self.spool, *arguments],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=os.environ | environment)
        self.port = None
        # One that never listens ends, and so does the loop.
        impatience = threading.Timer(60, self.process.kill)
        impatience.start()
        for line in self.process.stderr:
            self.lines.append(line)
            found = re.search(r" address=https?://[^/]*:(\d+)/", line)
            if found:
                self.port = int(found.group(1))
                break
        impatience.cancel()
        if self.port is None:
            raise RuntimeError("".join(self.lines))
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        self.lines.extend(self.process.stderr)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    def stop(self, how=signal.SIGTERM):
        """Ends the service; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(timeout=60)
        self.reader.join(timeout=10)
        return status

    @property
    def log(self):
        return "".join(self.lines)

    @property
    def left(self):
        """What lies in the folder for uploads, but for the folder of the service itself and its lock."""
        return [path for path in self.spool.glob("vprep-serve-*/*") if path.name != "lock"]

    def workers(self):
        """The process identifiers of the workers."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for file in children for pid in file.read_text().split()]

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def send(self, method, path, body=None, headers=None, **query):
        if query:
            path += "?" + urllib.parse.urlencode(query)
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.send("GET", path, headers=headers)

    def call(self, name, body, headers=None, **query):
        return self.send("POST", f"/v1/{name}", body, headers, **query)

    def submit(self, name, body, headers=None, **query):
        """A call that is to become a job: the answer."""
        return self.call(name, body, {"Prefer": "respond-async"} | (headers or {}), **query)

    def events(self, path, **headers):
        """The events of a job as they arrive: (number, name, data); a comment is None."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
            fields = {}
            for line in answer:
                name, colon, value = line.decode().rstrip("\n").partition(": ")
                if colon:
                    fields[name] = value
                elif name == ":":
                    yield None
                elif fields:
                    yield int(fields["id"]), fields["event"], json.loads(fields["data"])
                    fields = {}
        finally:
            connection.close()


def vprep(*arguments):
    """What the program prints with --json, and its status."""
    done = subprocess.run([VPREP, *map(str, arguments), "--json"], capture_output=True, timeout=120)
    return json.loads(done.stdout), done.returncode


def comparable(report):
    """A report without what differs from run to run and from place to place."""
    report = json.loads(json.dumps(report))
    report["timing"] = None
    report["input"]["path"] = None
    if report["fit"] and report["fit"]["output"]:
        report["fit"]["output"]["path"] = None
    return report
