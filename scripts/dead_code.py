#!/usr/bin/env python3
"""Names the declarations in Sources/ that nothing in Sources/ uses.

Reads the index that the compiler writes beside a debug build (`swift build --build-tests`), so a use is a
use and not a word that looks like one. Not reported, because somebody else uses them:

- public declarations, which callers use, and what the compiler or a protocol calls (witnesses, `main`,
  coding keys);
- cases of enumerations, which are read from numbers and names as well;
- properties that tests read;
- what synthesized code uses: the properties of types that are encoded, and `SYNTHESIZED`;
- property observers, and properties that a template beside their file names.

Functions, initialisers and types that only tests use are reported: they belong to the tests.

Usage: scripts/dead_code.py [BUILD]     BUILD is .build/debug; exit status 1 when something is found
"""

import collections
import ctypes
import pathlib
import re
import shutil
import sys

# Numbers of indexstore/indexstore.h, which come with the toolchain's libIndexStore.
RECORD = 2
DECLARATION, DEFINITION, REFERENCE, READ, WRITE, CALL, IMPLICIT = (1 << bit for bit in
                                                                  (0, 1, 2, 3, 4, 5, 8))
OVERRIDE = 1 << 11
EXTENSION, CASE, PARAMETER, DESTRUCTOR = 9, 15, 25, 23
PROPERTIES = {19, 20, 21}

# Used by the `Codable` code that the compiler writes, which the index does not hold.
SYNTHESIZED = {"CodingKeys", "schema", "decode(_:forKey:)"}

Pointer = ctypes.c_void_p


class Text(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.data, self.length).decode() if self.data else ""


EachText = ctypes.CFUNCTYPE(ctypes.c_bool, Pointer, Text)
Each = ctypes.CFUNCTYPE(ctypes.c_bool, Pointer, Pointer)


class IndexStore:
    """The part of libIndexStore that is needed here."""

    def __init__(self, folder):
        compiler = pathlib.Path(shutil.which("swiftc") or "").resolve()
        library = ctypes.CDLL(str(compiler.parent.parent / "lib" / "libIndexStore.so"))

        def function(name, result, *arguments):
            found = getattr(library, "indexstore_" + name)
            found.restype, found.argtypes = result, list(arguments)
            return found

        flag, unsigned = ctypes.c_bool, ctypes.c_uint
        self._units = function("store_units_apply_f", flag, Pointer, unsigned, Pointer, EachText)
        self._unit = function("unit_reader_create", Pointer, Pointer, ctypes.c_char_p, Pointer)
        self._dependencies = function(
            "unit_reader_dependencies_apply_f", flag, Pointer, Pointer, Each)
        self._kind = function("unit_dependency_get_kind", ctypes.c_int, Pointer)
        self._name = function("unit_dependency_get_name", Text, Pointer)
        self._path = function("unit_dependency_get_filepath", Text, Pointer)
        self._record = function("record_reader_create", Pointer, Pointer, ctypes.c_char_p, Pointer)
        self._occurrences = function(
            "record_reader_occurrences_apply_f", flag, Pointer, Pointer, Each)
        self._symbol = function("occurrence_get_symbol", Pointer, Pointer)
        self._roles = function("occurrence_get_roles", ctypes.c_uint64, Pointer)
        number = ctypes.POINTER(unsigned)
        self._place = function("occurrence_get_line_col", None, Pointer, number, number)
        self._relations = function("occurrence_relations_apply_f", flag, Pointer, Pointer, Each)
        self._relation_roles = function("symbol_relation_get_roles", ctypes.c_uint64, Pointer)
        self._usr = function("symbol_get_usr", Text, Pointer)
        self._symbol_name = function("symbol_get_name", Text, Pointer)
        self._symbol_kind = function("symbol_get_kind", ctypes.c_int, Pointer)
        create = function("store_create", Pointer, ctypes.c_char_p, Pointer)
        self._store = create(str(folder).encode(), None)
        if not self._store:
            raise SystemExit(f"{folder} cannot be read; run swift build --build-tests first.")

    def records(self):
        """The name and the source file of each record that a file's last build refers to."""
        units, found = [], {}
        self._units(self._store, 0, None, EachText(lambda _, name: units.append(str(name)) or True))

        def add(_, dependency):
            if self._kind(dependency) == RECORD:
                found[str(self._name(dependency))] = str(self._path(dependency))
            return True

        for unit in units:
            if reader := self._unit(self._store, unit.encode(), None):
                self._dependencies(reader, None, Each(add))
        return found

    def occurrences(self, record):
        """(USR, name, kind, line, roles, whether it overrides) of each occurrence in a record."""
        found = []

        def add(_, occurrence):
            line, column = ctypes.c_uint(), ctypes.c_uint()
            self._place(occurrence, line, column)
            symbol, relations = self._symbol(occurrence), []
            self._relations(
                occurrence, None,
                Each(lambda _, relation: relations.append(self._relation_roles(relation)) or True))
            found.append((
                str(self._usr(symbol)), str(self._symbol_name(symbol)), self._symbol_kind(symbol),
                line.value, self._roles(occurrence), any(roles & OVERRIDE for roles in relations)))
            return True

        if reader := self._record(self._store, record.encode(), None):
            self._occurrences(reader, None, Each(add))
        return found


def is_encoded(lines, line):
    """Whether the property declared at a line belongs to a type that is written as JSON."""
    indent = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    for above in reversed(lines[:line - 1]):
        if above.strip() and len(above) - len(above.lstrip()) < indent:
            return re.search(r"\bstruct\b.*\b(Codable|Encodable)\b", above) is not None
    return False


def is_shown(source, name):
    """Whether a template of the target uses the property, which it reads by its name."""
    templates = source.parent.glob("Templates/*.mustache")
    tag = re.compile(r"\{\{[{#^]?(?:\w+\.)*" + re.escape(name) + r"(?:\.\w+)*\}")
    return any(tag.search(template.read_text()) for template in templates)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    build = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / ".build" / "debug"
    store = IndexStore(build / "index" / "store")
    defined, used, tested, witnesses = {}, set(), collections.Counter(), set()
    for record, path in store.records().items():
        source = pathlib.Path(path)
        if not source.is_relative_to(root) or not source.exists():
            continue
        is_product = source.is_relative_to(root / "Sources")
        for usr, name, kind, line, roles, overrides in store.occurrences(record):
            if roles & (DEFINITION | DECLARATION) and not roles & IMPLICIT:
                if is_product and source.suffix == ".swift":
                    defined[usr] = (source, line, name, kind)
                if overrides:
                    witnesses.add(usr)
            elif roles & (REFERENCE | READ | WRITE | CALL):
                if is_product:
                    used.add(usr)
                else:
                    tested[usr] += 1
    found = []
    for usr, (source, line, name, kind) in defined.items():
        if usr in used or usr in witnesses or name in SYNTHESIZED:
            continue
        if kind in {EXTENSION, CASE, PARAMETER, DESTRUCTOR}:
            continue
        if tested[usr] and kind in PROPERTIES or name.startswith(("getter:", "setter:", "didSet:", "willSet:")):
            continue
        lines = source.read_text().splitlines()
        text = lines[line - 1] if line <= len(lines) else ""
        if kind in PROPERTIES and (is_encoded(lines, line) or is_shown(source, name)):
            continue
        if "public " in text or name == "main()" or "@main" in " ".join(lines[max(0, line - 3):line]):
            continue
        by = "tests alone" if tested[usr] else "nobody"
        found.append(f"{source.relative_to(root)}:{line}: {name} is used by {by}")
    print("\n".join(sorted(found)) or "No declaration in Sources/ is unused.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
