#!/usr/bin/env python3
"""Writes the typed parts of the package from the contracts in Docs/.

    generate.py [--check]

`_report.py` comes from Docs/report.schema.json, `_options.py` from Docs/options.schema.json, and `_version.py`
from vprep.h. With --check nothing is written, and the exit status is 1 where a file is out of date.
"""

import json
import pathlib
import re
import runpy
import sys
import textwrap
from collections.abc import Callable
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = pathlib.Path(__file__).resolve().parent / "src" / "vprep"
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
Schema = dict[str, Any]
# The package itself cannot be imported here: its parts are what this script writes.
snake: Callable[[str], str] = runpy.run_path(str(PACKAGE / "_names.py"))["snake"]


def class_name(*parts: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in parts)


def literal(values: list[str | int | None]) -> str:
    """The annotation of a value that is one of these."""
    return "Literal[" + ", ".join("None" if value is None else json.dumps(value) for value in values) + "]"


def doc(text: str, indent: int) -> str:
    """A docstring of a schema's description."""
    lines = textwrap.wrap(f'"""{text}"""', 110 - indent, break_on_hyphens=False)
    return "\n".join(" " * indent + line for line in lines)


class Report:
    """The classes of a report, inner ones first."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.classes: dict[str, str] = {}

    def type_of(self, node: Schema, name: str) -> str:
        """The annotation of a value; classes that it needs are made."""
        if "$ref" in node:
            key = node["$ref"].rsplit("/", 1)[1]
            return self.type_of(self.schema["$defs"][key], class_name(key))
        if "anyOf" in node:
            return " | ".join(self.type_of(option, name) for option in node["anyOf"])
        if "enum" in node:
            return literal(node["enum"])
        if "const" in node:
            return literal([node["const"]])
        kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
        return " | ".join(self.kind(kind, node, name) for kind in kinds)

    def kind(self, kind: str, node: Schema, name: str) -> str:
        if kind == "null":
            return "None"
        if kind == "array":
            return f"list[{self.type_of(node['items'], name.removesuffix('s'))}]"
        if kind == "object":
            if name not in self.classes:
                self.classes[name] = ""  # Its place: a class stands after those that it names.
                text = self.class_text(node, name)
                del self.classes[name]
                self.classes[name] = text
            return name
        return SCALARS[kind]

    def class_text(self, node: Schema, name: str) -> str:
        lines = ["@dataclass(frozen=True, slots=True)", f"class {name}:"]
        lines += [doc(node.get("description", f"Part of a report: {name}."), 4), ""]
        for key, value in node["properties"].items():
            inner = class_name("Verdict") if key in ("verdict", "outputVerdict") else class_name(key)
            inner = inner if name in ("Report", "Measurements", "Verdict", "Prediction") else class_name(name, key)
            lines.append(f"    {snake(key)}: {self.type_of(value, inner)}")
            if text := value.get("description"):
                lines.append(doc(text, 4))
        return "\n".join(lines)


def report_module() -> str:
    schema = json.loads((ROOT / "Docs/report.schema.json").read_text())
    report = Report(schema)
    report.type_of(schema, "Report")
    head = '"""The report as dataclasses. Written by generate.py from Docs/report.schema.json; do not edit."""\n\n'
    head += "from __future__ import annotations\n\nfrom dataclasses import dataclass\nfrom typing import Literal\n"
    return head + "".join("\n\n" + text + "\n" for text in report.classes.values())


def option_type(node: Schema) -> str:
    """The annotation of an option as a caller gives it."""
    if "$ref" in node:
        return "tuple[float, float]"
    if "anyOf" in node:
        return " | ".join(option_type(option) for option in node["anyOf"])
    if "enum" in node:
        return literal(node["enum"])
    kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
    names = {"array": "Sequence[int]", "object": "Mapping[str, Any]", "null": "None"} | SCALARS
    return " | ".join(names[kind] for kind in kinds)


def options_module() -> str:
    schema = json.loads((ROOT / "Docs/options.schema.json").read_text())
    lines = [
        '"""The options of a call. Written by generate.py from Docs/options.schema.json; do not edit."""', "",
        "from __future__ import annotations", "", "from collections.abc import Mapping, Sequence",
        "from typing import Any, Literal, TypedDict", "", "", "class Options(TypedDict, total=False):",
        '    """What may be asked of a call; each may be left out."""', ""]
    for key, value in schema["properties"].items():
        lines.append(f"    {snake(key)}: {option_type(value)}")
        if text := value.get("description"):
            lines.append(doc(text, 4))
    names = {snake(key): key for key in schema["properties"]}
    lines += ["", "", "# What the library calls each option.", "KEYS = {"]
    lines += [f"    {json.dumps(name)}: {json.dumps(key)}," for name, key in names.items()]
    return "\n".join(lines + ["}"]) + "\n"


def version_module() -> str:
    header = (ROOT / "Sources/CVPrep/include/vprep.h").read_text()
    found = re.search(r'#define VPREP_VERSION "([^"]+)"', header)
    if not found:
        sys.exit("generate: vprep.h has no VPREP_VERSION")
    return f'"""The version of this package; `generate.py` takes it from vprep.h."""\n\nVERSION = "{found[1]}"\n'


def main() -> None:
    made = {"_report.py": report_module(), "_options.py": options_module(), "_version.py": version_module()}
    stale = [name for name, text in made.items()
             if not (PACKAGE / name).exists() or (PACKAGE / name).read_text() != text]
    if "--check" in sys.argv[1:]:
        if stale:
            sys.exit(f"generate: out of date: {', '.join(stale)}; run python/generate.py")
        return
    for name in stale:
        (PACKAGE / name).write_text(made[name])


if __name__ == "__main__":
    main()
