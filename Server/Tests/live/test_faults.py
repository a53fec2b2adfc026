"""Slow, broken and many clients; killed workers; the end of the service."""

import os
import queue
import signal
import socket
import subprocess
import threading
import time

import pytest

from service import HEAD, Service, clip


def wait(condition):
    """Asks until a condition holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end


def start(running, name="good-silent.mp4", **query):
    """A request that is answered in the background: a queue with its answer."""
    answers = queue.Queue()

    def send():
        answers.put(running.call("check", clip(name), provider="megvii", **query))

    threading.Thread(target=send, daemon=True).start()
    return answers


def raw(running, data, timeout=60):
    """What a connection gets that sends some bytes and then waits."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=timeout) as connection:
        connection.sendall(data)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
        return b"".join(parts)


def test_too_many_requests_are_told_when_to_come_again():
    with Service("--workers", "1", "--queue", "1") as running:
        answers = [start(running, "long-12.mp4", exhaustive="true") for _ in range(6)]
        got = [entry.get(timeout=120) for entry in answers]
        statuses = sorted(answer.status for answer in got)
        assert set(statuses) == {200, 429} and statuses.count(200) >= 2
        for answer in got:
            if answer.status == 429:
                assert int(answer.headers["Retry-After"]) >= 1 and answer.json["kind"] == "busy"
        assert running.left == []


def test_a_killed_worker_costs_nobody_an_answer():
    with Service("--workers", "2") as running:
        for pid in running.workers():
            os.kill(pid, signal.SIGKILL)
        assert running.call("check", clip("good-silent.mp4"), provider="megvii").status == 200
        answers = [start(running, "long-12.mp4", exhaustive="true") for _ in range(2)]
        wait(lambda: "vprep_workers_busy 2" in running.get("/metrics").body.decode())
        for pid in running.workers():
            os.kill(pid, signal.SIGKILL)
        assert [entry.get(timeout=120).status for entry in answers] == [200, 200]
        restarts = running.get("/metrics").body.decode().split("\nvprep_worker_restarts_total ")[1]
        assert int(restarts.split()[0]) >= 3


def test_a_body_that_ends_early_leaves_nothing():
    with Service() as running:
        connection = socket.create_connection(("127.0.0.1", running.port))
        connection.sendall(HEAD % 100_000 + bytes(50_000))
        connection.close()
        with socket.create_connection(("127.0.0.1", running.port), timeout=60) as half:
            half.sendall(HEAD % 100_000 + bytes(50_000))
            half.shutdown(socket.SHUT_WR)
            answer = half.recv(65536)
        assert answer == b"" or b" 400 " in answer.split(b"\r\n")[0]
        assert running.call("check", clip("good-silent.mp4"), provider="megvii").status == 200
        assert running.left == []


def test_a_body_that_trickles_is_cut_off():
    with Service("--upload-seconds", "0.5") as running:
        with socket.create_connection(("127.0.0.1", running.port), timeout=60) as slow:
            slow.sendall(HEAD % 100_000)
            slow.settimeout(0.1)
            got = b""
            for _ in range(200):
                try:
                    slow.sendall(b"x")
                    got += slow.recv(65536)
                    break
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
        assert got.startswith(b"HTTP/1.1 408 ")
        assert running.left == []


@pytest.mark.parametrize("data", [
    b"GARBAGE\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
])
def test_what_is_no_request(service, data):
    try:
        answer = raw(service, data)
    except ConnectionError:
        answer = b""
    assert answer == b"" or answer.split()[1] in (b"400", b"431"), answer
    assert service.get("/healthz").status == 200


def test_a_client_that_asks_first(service):
    body = clip("good-silent.mp4")
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
        head = HEAD % len(body)
        connection.sendall(head.replace(b"Host: x\r\n", b"Host: x\r\nExpect: 100-continue\r\n"))
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_the_end_finishes_what_was_begun():
    running = Service("--workers", "1")
    with running:
        answers = start(running, "long-12.mp4", exhaustive="true")
        wait(lambda: "vprep_workers_busy 1" in running.get("/metrics").body.decode())
        running.process.send_signal(signal.SIGTERM)
        assert answers.get(timeout=120).status == 200
        assert running.process.wait(timeout=60) == 0
        assert list(running.spool.iterdir()) == []


def test_the_end_gives_back_what_takes_too_long():
    running = Service("--workers", "1", "--drain-seconds", "0")
    with running:
        answers = start(running, "uhd.mp4", exhaustive="true")
        wait(lambda: "vprep_workers_busy 1" in running.get("/metrics").body.decode())
        running.process.send_signal(signal.SIGTERM)
        answer = answers.get(timeout=120)
        assert answer.status == 503 and answer.headers["Retry-After"]
        assert running.process.wait(timeout=60) == 0
        assert list(running.spool.iterdir()) == []


def test_the_next_service_removes_what_a_killed_one_has_left():
    with Service() as running:
        connection = socket.create_connection(("127.0.0.1", running.port))
        connection.sendall(HEAD % 100_000 + bytes(50_000))
        wait(lambda: running.left)
        running.stop(signal.SIGKILL)
        assert len(list(running.spool.iterdir())) == 1
        connection.close()
        with Service(spool=running.spool) as next_one:
            assert len(list(running.spool.iterdir())) == 1
            next_one.stop()
        assert list(running.spool.iterdir()) == []


def test_tls(tmp_path):
    import http.client
    import ssl

    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "key.pem", "-out",
         tmp_path / "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
        capture_output=True, check=True)
    with Service("--certificate", str(tmp_path / "cert.pem"), "--key", str(tmp_path / "key.pem")) as running:
        context = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        connection = http.client.HTTPSConnection("127.0.0.1", running.port, context=context, timeout=60)
        connection.request("POST", "/v1/check?provider=megvii", clip("good-silent.mp4"))
        assert connection.getresponse().status == 200
        connection.close()
