#!/usr/bin/env python3
"""Makes the test clips that manifest.json describes, from real footage, into TestVideos/clips/.

    generate.py              make what is missing or whose recipe changed, two at a time, and check it
    generate.py --measure    print what ffprobe finds in every clip, in the manifest's words

A recipe names one tool and its arguments. In it, {source:FILE} is a file of TestVideos/media,
{part:ID} and {clip:ID} are other things made here, and {NAME} is one of the manifest's `arguments`.
Every clip that is made is measured with ffprobe against the manifest before it counts as made.
"""
import graphlib
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import broken
import measure

HERE = Path(__file__).resolve().parent
MEDIA, CLIPS = HERE / "media", HERE / "clips"
PARTS, PARTIAL, STATE = CLIPS / ".parts", CLIPS / ".partial", CLIPS / ".made.json"
REFERENCE = re.compile(r"\{(source|part|clip):([^}]+)\}")

# One thread and no encoder names or dates in the file: the same recipe gives the same bytes.
FFMPEG = ["ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-y"]
EXACT = ["-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]


class Item:
    """A part or a clip: where it goes and what it is made from."""

    def __init__(self, kind, entry, arguments):
        self.name, self.kind, self.entry = f"{kind}:{entry['id']}", kind, entry
        self.path = (PARTS if kind == "part" else CLIPS) / entry["file"]
        text = json.dumps(entry["recipe"], sort_keys=True)
        # Arguments may hold arguments.
        while (wider := re.sub(r"\{(\w+)\}", lambda m: arguments[m[1]], text)) != text:
            text = wider
        self.recipe = json.loads(text)
        self.needs = {f"{kind}:{name}" for kind, name in REFERENCE.findall(text)}


class Maker:
    """Makes items from their recipes; knows which are up to date."""

    def __init__(self, manifest):
        arguments = manifest["arguments"]
        items = [Item("part", e, arguments) for e in manifest["parts"]]
        items += [Item("clip", e, arguments) for e in manifest["clips"]]
        self.items = {item.name: item for item in items}
        self.sources = {f"source:{s['file']}": s["sha256"] for s in manifest["sources"]}
        self.made = json.loads(STATE.read_text()) if STATE.is_file() else {}
        self.tools = subprocess.check_output(["ffmpeg", "-version"], text=True).splitlines()[0]
        self.keys = {}

    def order(self):
        graph = {name: item.needs - self.sources.keys() for name, item in self.items.items()}
        return graphlib.TopologicalSorter(graph)

    def key(self, name):
        """Changes when the recipe, anything it is made from, or the tool that makes it changes."""
        if name in self.sources:
            return self.sources[name]
        if name not in self.keys:
            item = self.items[name]
            tool = Path(broken.__file__).read_text() if "patch" in item.recipe else self.tools
            words = [json.dumps(item.recipe, sort_keys=True), item.entry["file"], tool]
            words += [self.key(need) for need in sorted(item.needs)]
            self.keys[name] = hashlib.sha256("\n".join(words).encode()).hexdigest()
        return self.keys[name]

    def stamp(self, name):
        """What is noted of an item that is up to date: its key, and what it was measured against."""
        probe = json.dumps(self.items[name].entry.get("probe"), sort_keys=True)
        return f"{self.key(name)} {hashlib.sha256(probe.encode()).hexdigest()}"

    def path(self, kind, name):
        return MEDIA / name if kind == "source" else self.items[f"{kind}:{name}"].path

    def expand(self, word):
        return REFERENCE.sub(lambda m: str(self.path(m[1], m[2])), word)

    def make(self, name):
        """Makes one item beside its place and moves it there when it is what the manifest says."""
        item, recipe = self.items[name], self.items[name].recipe
        if item.path.is_file() and self.made.get(name, "").split(" ")[0] == self.key(name):
            # Only the manifest's `probe` is new.
            return self.check(item, item.path)
        output = PARTIAL / item.path.name
        if "text" in recipe:
            output.write_text(recipe["text"])
        elif "patch" in recipe:
            data = Path(self.expand(recipe["input"])).read_bytes()
            output.write_bytes(getattr(broken, recipe["patch"])(data, recipe))
        else:
            (tool, text), = recipe.items()
            words = [self.expand(word) for word in shlex.split(text)]
            command = {
                "ffmpeg": FFMPEG + words + EXACT + [str(output)],
                "espeak-ng": ["espeak-ng", "-w", str(output)] + words,
            }[tool]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                raise RuntimeError(f"{shlex.join(command)}\n{done.stderr}")
        self.check(item, output)
        os.replace(output, item.path)

    def check(self, item, path):
        if item.kind == "clip" and (wrong := measure.differences(path, item.entry)):
            raise RuntimeError("not what manifest.json says: " + "; ".join(wrong))

    def run(self):
        """Makes everything that is not up to date; returns how many it touched and what failed."""
        stale = {
            name for name, item in self.items.items()
            if self.made.get(name) != self.stamp(name) or not item.path.is_file()
        }
        made, failures, order, running = 0, {}, self.order(), {}
        order.prepare()
        with ThreadPoolExecutor(2) as pool:
            while order.is_active():
                for name in order.get_ready():
                    if name not in stale:
                        order.done(name)
                    elif self.items[name].needs & failures.keys():
                        failures[name] = "what it is made from could not be made"
                        order.done(name)
                    else:
                        running[pool.submit(self.make, name)] = name
                if not running:
                    continue
                for job in wait(running, return_when=FIRST_COMPLETED).done:
                    name = running.pop(job)
                    order.done(name)
                    if job.exception():
                        failures[name] = str(job.exception())
                    else:
                        made += 1
                        self.made[name] = self.stamp(name)
                        self.save()
        return made, failures

    def save(self):
        """Notes what is made, so that an interrupted run goes on where it stopped."""
        known = {name: key for name, key in self.made.items() if name in self.items}
        partial = STATE.with_suffix(".part")
        partial.write_text(json.dumps(known, indent=0, sort_keys=True))
        os.replace(partial, STATE)

    def sweep(self):
        """Removes files that no recipe makes any more."""
        wanted = {item.path for item in self.items.values()} | {STATE}
        for path in [*CLIPS.iterdir(), *PARTS.iterdir()]:
            if path.is_file() and path not in wanted:
                path.unlink()


def main():
    for tool in ("ffmpeg", "ffprobe", "espeak-ng"):
        if not shutil.which(tool):
            sys.exit(f"generate: {tool} is missing: run `make setup`.")
    manifest = json.loads((HERE / "manifest.json").read_text())
    if sys.argv[1:] == ["--measure"]:
        for clip in manifest["clips"]:
            print(json.dumps({"id": clip["id"], **measure.measured(CLIPS / clip["file"], clip)}))
        return
    if sys.argv[1:]:
        sys.exit(__doc__)
    for folder in (CLIPS, PARTS, PARTIAL):
        folder.mkdir(parents=True, exist_ok=True)
    start, maker = time.monotonic(), Maker(manifest)
    made, failures = maker.run()
    maker.sweep()
    shutil.rmtree(PARTIAL)
    if made:
        print(f"generate: made or checked {made} of {len(maker.items)} files in {time.monotonic() - start:.0f} s")
    for name, reason in failures.items():
        print(f"generate: {name}: {reason}", file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
