#!/usr/bin/env python3
"""What the service bears, in figures: many uploads at once beside `vprep batch`, idle and slow connections, large
bodies.

usage: load.py [UPLOADS [AT_ONCE]]     200 uploads, 8 at once

VPREP and VPREP_SERVE name the programs. It sends to a service of its own on a loopback port, and ends by itself.
Exit status 1 if a request fails or a file is left.
"""

import http.client
import os
import pathlib
import queue
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from service import CLIPS, HEAD, Service, VPREP

NAMES = ["good-silent.mp4", "webm-vp8.webm", "hevc.mov", "dark-3.mp4", "moov-last.mp4", "good-lip.mp4",
         "mask.mp4", "rotated-90.mp4"]

ROUNDS = 5


def family(pid):
    """A process and all that it has started."""
    yield pid
    for file in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text().split():
            yield from family(int(child))


def resident(running):
    """Megabytes of the service, and of its workers with their isolated processes together."""
    def of(pid):
        try:
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
        except FileNotFoundError:
            return 0
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    service, *others = family(running.process.pid)
    return of(service), sum(map(of, others))


def processor(running):
    """Seconds of processor time of the service and all that it has started."""
    total = 0
    for pid in family(running.process.pid):
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def upload(running, jobs, seconds, failures):
    """One client with one connection, which takes clips until there are none."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=300)
    while True:
        try:
            name = jobs.get_nowait()
        except queue.Empty:
            return
        start = time.monotonic()
        connection.request("POST", "/v1/prep?provider=tencent", (CLIPS / name).read_bytes(),
                           {"Accept": "multipart/form-data"})
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.monotonic() - start)
        if answer.status != 200:
            failures.append((name, answer.status))


def uploads(running, count, at_once):
    jobs = queue.Queue()
    for index in range(count):
        jobs.put(NAMES[index % len(NAMES)])
    seconds, failures = [], []
    used, start = processor(running), time.monotonic()
    clients = [threading.Thread(target=upload, args=(running, jobs, seconds, failures)) for _ in range(at_once)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    total, used = time.monotonic() - start, processor(running) - used
    service, workers = resident(running)
    print(f"{count} uploads, {at_once} at once: {total:.1f} s, {used:.1f} s of processor time, {len(failures)} failed, "
          f"median {statistics.median(seconds):.2f} s, 95 % {percentile(seconds, 0.95):.2f} s; "
          f"memory then: service {service:.0f} MB, workers {workers:.0f} MB", flush=True)
    return total, failures


def batch(count):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "in"
        source.mkdir()
        for index in range(count):
            name = NAMES[index % len(NAMES)]
            (source / f"{index:03}{pathlib.Path(name).suffix}").symlink_to(CLIPS / name)
        start = time.monotonic()
        subprocess.run([VPREP, "batch", source, "-o", f"{folder}/out", "--provider", "tencent", "--exit-zero"],
                       capture_output=True, check=True)
        total = time.monotonic() - start
    print(f"  vprep batch on the same clips: {total:.1f} s", flush=True)
    return total


def idle(running, count):
    held = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(count)]
    start = time.monotonic()
    status = running.call("check", (CLIPS / "good-silent.mp4").read_bytes(), provider="tencent").status
    print(f"{count} idle connections: a check is answered with {status} in {time.monotonic() - start:.2f} s, "
          f"service {resident(running)[0]:.0f} MB")
    for connection in held:
        connection.settimeout(60)
        connection.recv(1)
    print(f"  all closed by the service after {time.monotonic() - start:.0f} s")


def large(running, gigabytes):
    """A body that says how large it is, and one that does not."""
    total = gigabytes << 30
    for head in (HEAD % total, HEAD.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked")):
        sent, block, start = 0, bytes(1 << 20), time.monotonic()
        with socket.create_connection(("127.0.0.1", running.port), timeout=60) as connection:
            connection.sendall(head)
            try:
                while sent < total:
                    piece = b"100000\r\n" + block + b"\r\n" if b"chunked" in head else block
                    connection.sendall(piece)
                    sent += len(block)
            except ConnectionError:
                pass
            try:
                answer = connection.recv(65536).split(b"\r\n")[0].decode()
            except ConnectionError:
                answer = "closed"
        print(f"{gigabytes} GB {'in pieces' if b'chunked' in head else 'with its length'}: {answer}, "
              f"{sent >> 20} MB were taken in {time.monotonic() - start:.1f} s, service {resident(running)[0]:.0f} MB")


def slow(running, count):
    """Clients that send a byte now and then."""
    held = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", running.port))
        connection.sendall(HEAD % 100_000 + b"x")
        held.append(connection)
    start = time.monotonic()
    status = running.call("check", (CLIPS / "good-silent.mp4").read_bytes(), provider="tencent").status
    print(f"{count} slow uploads: a check is answered with {status} in {time.monotonic() - start:.2f} s")
    for connection in held:
        connection.close()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    with Service("--queue", "64") as running:
        failures, ours, theirs = [], 0, 0
        # In turns, because whatever else the machine does changes both.
        for _ in range(ROUNDS):
            total, failed = uploads(running, count // ROUNDS, at_once)
            ours, failures = ours + total, failures + failed
            theirs += batch(count // ROUNDS)
        print(f"throughput of the service by that of batch: {theirs / ours:.2f}")
        slow(running, 50)
        large(running, 10)
        idle(running, 1000)
        left = running.left
        start = time.monotonic()
        status = running.stop()
        print(f"SIGTERM: ended with {status} after {time.monotonic() - start:.1f} s, files left: {len(left)}")
    return 1 if failures or left else 0


if __name__ == "__main__":
    sys.exit(main())
