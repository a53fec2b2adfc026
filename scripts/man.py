#!/usr/bin/env python3
"""Writes the manual pages: vprep(1) and one page a command from the program's own help, vprep(3) from
the comments of vprep.h.

    man.py VPREP HEADER FOLDER          writes FOLDER/man1/*.1 and FOLDER/man3/vprep.3
"""
import json
import re
import subprocess
import sys
from pathlib import Path

# How the program's own words on its exit status begin.
STATUS = "Exit status: "


def text(words):
    """Words as roff, whatever is in them."""
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", words, flags=re.M)


def name(option):
    """An option as it is typed."""
    dashes = "--" if option["kind"] == "long" else "-"
    return f"\\fB{text(dashes + option['name'])}\\fR"


def item(argument):
    """An argument's entry in a list of arguments."""
    value = f"\\fI{text(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        head = value
    else:
        head = ", ".join(name(option) for option in argument["names"])
        head += f" {value}" if argument["kind"] == "option" else ""
    lines = [".TP", head, text(argument.get("abstract") or "")]
    if default := argument.get("defaultValue"):
        lines.append(text(f"(default: {default})"))
    return lines


def usage(argument):
    """An argument in the synopsis."""
    value = f"\\fI{text(argument['valueName'])}\\fR" + ("..." if argument["isRepeating"] else "")
    if argument["kind"] != "positional":
        value = name(argument["preferredName"]) + (f" {value}" if argument["kind"] == "option" else "")
    return f"[{value}]" if argument["isOptional"] else value


def heading(title, section, version):
    return [f'.TH "{title}" {section} "" "vprep {version}" "vprep"']


def command_page(command, version, status):
    """The page of a command; `status` are the words on the exit status."""
    full = [*command.get("superCommands", []), command["commandName"]]
    title = "-".join(full)
    shown = [a for a in command.get("arguments", []) if a["shouldDisplay"]]
    needed = [usage(a) for a in shown if not a["isOptional"]]
    below = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
    lines = heading(title.upper(), 1, version)
    lines += [".SH NAME", f"{text(title)} \\- {text(command['abstract'].rstrip('.'))}"]
    lines += [".SH SYNOPSIS", f"\\fB{text(' '.join(full))}\\fR " + " ".join(
        (["\\fIcommand\\fR"] if below else []) + needed + ["[options]"])]
    discussion = command.get("discussion") or ""
    if discussion and not discussion.startswith(STATUS):
        lines += [".SH DESCRIPTION", text(discussion)]
    if below:
        lines.append(".SH COMMANDS")
        for other in below:
            lines += [".TP", f"\\fB{text(title)}\\-{text(other['commandName'])}\\fR(1)", text(other["abstract"])]
    if shown:
        lines += [".SH OPTIONS"] + [line for argument in shown for line in item(argument)]
    lines += [".SH EXIT STATUS", text(status), ".SH SEE ALSO", ".BR vprep (3)" if below else ".BR vprep (1)"]
    return title, lines


def header_page(header, version):
    """The page of the C interface: the header's comments, and the declarations below them."""
    source = header.read_text()
    blocks = re.split(r"(?=^/\*)", source, flags=re.M)
    lines = heading("VPREP", 3, version)
    lines += [".SH NAME", "vprep \\- the C interface of vprep", ".SH SYNOPSIS", ".nf",
              "#include <vprep.h>", ".PP", "cc program.c $(pkg\\-config \\-\\-cflags \\-\\-libs vprep)", ".fi",
              ".SH DESCRIPTION", ".nf"]
    for block in blocks:
        comment, _, code = block.partition("*/")
        words = re.sub(r"^(/\*| \*/?) ?", "", comment, flags=re.M).strip("\n ")
        lines += ["", text(words)]
        code = re.sub(r"^#.*\n|^extern \"C\" \{\n|^\}\n(?=\s*\Z)", "", code, flags=re.M).strip("\n")
        if code:
            lines += ["", "\\fB" + text(code).replace("\n", "\\fR\n\\fB") + "\\fR"]
    return lines + [".fi", ".SH SEE ALSO", ".BR vprep (1)"]


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    program, header, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    dump = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True)
    root = json.loads(dump.stdout)["command"]
    version = re.search(r'^#define VPREP_VERSION "(.*)"', header.read_text(), re.M)[1]
    status = root["discussion"].removeprefix(STATUS)
    for command in [root, *root["subcommands"]]:
        if command["commandName"] == "help":
            continue
        title, lines = command_page(command, version, status)
        write(folder / "man1" / f"{title}.1", lines)
    write(folder / "man3" / "vprep.3", header_page(header, version))


main()
