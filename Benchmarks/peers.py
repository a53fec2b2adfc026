"""The programs that vprep is compared with: found where they are installed, left out where not."""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
# mediapipe without what it declares but does not import for faces.
ALONE = ["mediapipe==0.10.14"]
REST = [
    "numpy==1.26.4",
    "opencv-python-headless==4.10.0.84",
    "ai-edge-litert==1.2.0",
    "protobuf==4.25.8",
    "absl-py==2.1.0",
    "attrs==24.2.0",
    "flatbuffers==24.3.25",
    "matplotlib==3.9.2",
]


def python():
    """The Python that has the peers' packages; `None` when they cannot be installed."""
    program = os.path.join(VENV, "bin", "python")
    done = os.path.join(VENV, "installed")
    wanted = "\n".join(ALONE + REST)
    if os.path.exists(done) and open(done).read() == wanted:
        return program
    print("Installing the Python peers into Benchmarks/.venv …", file=sys.stderr)
    try:
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        pip = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(pip + ["--no-deps"] + ALONE, check=True)
        subprocess.run(pip + REST, check=True)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"left out: the Python peers cannot be installed ({error})", file=sys.stderr)
        return None
    with open(done, "w") as file:
        file.write(wanted)
    return program


def script(name):
    return os.path.join(HERE, "Peers", name)


def missing(program, package):
    """Whether a program is not installed; says so."""
    if shutil.which(program):
        return False
    print(f"left out: {program} is not installed (apt install {package})", file=sys.stderr)
    return True


def two_pass(clip, output, limit, seconds):
    """The usual way to a size: two passes of x264, as a shell command."""
    rate = int(limit * 8 * 0.97 / seconds) - 128_000
    log = output + ".log"
    common = f"-c:v libx264 -preset veryfast -b:v {rate} -passlogfile '{log}'"
    return [
        "sh",
        "-c",
        f"ffmpeg -v error -nostdin -y -i '{clip}' {common} -pass 1 -an -f null - && "
        f"ffmpeg -v error -nostdin -y -i '{clip}' {common} -pass 2 -c:a aac -b:a 128k "
        f"-movflags +faststart '{output}'",
    ]
