"""Calls of vprep whose end, answer and cost are looked at, for mutants.py: each in a process of its own, or
many in one `vprep worker`."""
import json
import os
import resource
import select
import signal
import subprocess
import threading
import time
from pathlib import Path

# A busy machine gives a run little of its time, so that the clock stops only what waits for nothing.
CLOCK = 60
# Options without a value, and what jobs call them.
FLAGS = {"--exhaustive": "exhaustive", "--timeline": "timeline", "--even-if-hopeless": "evenIfHopeless"}


class Run:
    """One call: how it ended, what it answered, and what it took."""

    def __init__(self, status, report, errors, seconds, megabytes, was_killed=False):
        self.status, self.report, self.errors = status, report, errors
        self.seconds, self.megabytes, self.was_killed = seconds, megabytes, was_killed

    @classmethod
    def process(cls, command, folder, options):
        """Makes a call in a process of its own."""
        out, err = folder / "stdout", folder / "stderr"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "SWIFT_BACKTRACE": "enable=no"}
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment)
        limit = options.seconds
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, limit))
        resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
        timer = threading.Timer(CLOCK * limit, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        answer, errors = out.read_bytes(), err.read_text(errors="replace")
        out.unlink()
        err.unlink()
        return cls(process.returncode, cls.object(answer), errors,
                   usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
                   -process.returncode in (signal.SIGKILL, signal.SIGXCPU))

    @staticmethod
    def object(text):
        """The JSON object that a text is; `None` when it is none."""
        try:
            found = json.loads(text)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def faults(self, contract, options):
        """Which promises of a process were broken, a word and a sentence each."""
        if self.was_killed:
            return [("hang", f"killed after {self.seconds:.1f} s of processor time")]
        if self.status < 0 or self.status > 100:
            return [("crash", f"status {self.status}: {self.errors[:300]}")]
        found = []
        if self.megabytes > options.megabytes:
            found.append(("memory", f"{self.megabytes:.0f} MB"))
        if self.status not in contract:
            found.append(("contract", f"status {self.status}: {self.errors[:300]}"))
        elif self.report is None:
            found.append(("contract", f"status {self.status}, but the answer is no JSON object"))
        elif contract[self.status] and self.report.get("schema") != "vprep.report/1":
            found.append(("contract", f"status {self.status} without a report"))
        elif not contract[self.status] and not 0 < self.errors.count("\n") <= 3:
            lines = self.errors.count("\n")
            found.append(("contract", f"status {self.status} with {lines} lines on standard error"))
        return found


class Processes:
    """Makes each call in a process of its own."""

    def run(self, command, folder, options):
        return Run.process([options.vprep, *command, "--json"], folder, options)

    def end(self):
        pass


class Worker:
    """Makes the calls in one `vprep worker`, in which nothing is isolated; a dead one gets a successor."""

    process = None

    def run(self, command, folder, options):
        if not self.process:
            self.start(folder, options)
        before = self.seconds()
        # The peak begins anew.
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        self.process.stdin.write(json.dumps(job(command)).encode() + b"\n")
        self.process.stdin.flush()
        answer, spent = self.answer(before, options)
        if not answer.endswith(b"\n"):
            status = self.process.wait()
            self.process = None
            return Run(status or 101, None, "the worker ended", spent or 0, 0, spent is not None)
        answer = Run.object(answer) or {}
        error = answer.get("error") or {}
        return Run(answer.get("status", 101), answer.get("report") or answer.get("error"),
                   f"{error.get('message')}\n", self.seconds() - before, self.peak())

    def start(self, folder, options):
        environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "SWIFT_BACKTRACE": "enable=no"}
        self.process = subprocess.Popen(
            [options.vprep, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment)
        resource.prlimit(self.process.pid, resource.RLIMIT_CORE, (0, 0))

    def answer(self, before, options):
        """The line that the worker writes; seconds of processor time where it was killed for taking too
        long."""
        line, end = b"", time.monotonic() + CLOCK * options.seconds
        while not line.endswith(b"\n"):
            if select.select([self.process.stdout], [], [], 0.5)[0]:
                part = os.read(self.process.stdout.fileno(), 1 << 20)
                if not part:
                    return line, None
                line += part
            elif time.monotonic() > end or self.seconds() - before > options.seconds:
                spent = self.seconds() - before
                self.process.kill()
                return b"", spent
        return line, None

    def seconds(self):
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def end(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()


def job(command):
    """The worker's job that does what a command line does."""
    job = {"call": command[0], "clip": command[1], "options": {}}
    rest = iter(command[2:])
    for word in rest:
        if word == "-o":
            job["output"] = next(rest)
        elif word in FLAGS:
            job["options"][FLAGS[word]] = True
        elif word == "--window":
            value = next(rest)
            job["options"]["window"] = value if value == "all" else [float(v) for v in value.split(":")]
        elif word in ("--max-bytes", "--previews"):
            job["options"]["maxBytes" if word == "--max-bytes" else "previews"] = int(next(rest))
        else:
            job["options"][word[2:]] = next(rest)
    return job
