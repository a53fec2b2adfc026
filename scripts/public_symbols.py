#!/usr/bin/env python3
"""Count the public symbols of the Swift library, and list those without documentation.

    scripts/public_symbols.py [--list]

Counted are the modules that `import VPrep` makes visible: VPrep, Services, and what is public in
MediaIO. Members that the compiler writes (`==`, `rawValue`, `encode(to:)` and the like of derived
conformances) are not. Exit status 1 when a symbol has no documentation.
"""
import json
import pathlib
import subprocess
import sys

MODULES = ["VPrep", "Services", "MediaIO"]


def symbols(folder, module):
    """The public symbols that somebody has written, with those of extensions of other modules."""
    for file in sorted(folder.glob(f"{module}.symbols.json")) + sorted(
            folder.glob(f"{module}@*.symbols.json")):
        for symbol in json.loads(file.read_text())["symbols"]:
            if "location" in symbol and "::SYNTHESIZED::" not in symbol["identifier"]["precise"]:
                yield symbol


def main():
    run = subprocess.run(
        ["swift", "package", "dump-symbol-graph", "--minimum-access-level", "public",
         "--skip-synthesized-members"],
        capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stdout + run.stderr)
    folder = pathlib.Path(run.stdout.strip().rsplit("Files written to ", 1)[1])
    bare, total = [], 0
    for module in MODULES:
        found = list(symbols(folder, module))
        total += len(found)
        print(f"{module}: {len(found)} public symbols")
        for symbol in found:
            name = f"{module}.{'.'.join(symbol['pathComponents'])}"
            if "--list" in sys.argv[1:]:
                print(f"  {name}")
            if not symbol.get("docComment", {}).get("lines"):
                bare.append(f"{name} ({pathlib.Path(symbol['location']['uri']).name}:"
                            f"{symbol['location']['position']['line'] + 1})")
    print(f"{total} in all, {len(bare)} without documentation")
    for name in bare:
        print(f"  {name}")
    sys.exit(1 if bare else 0)


main()
