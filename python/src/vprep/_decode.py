"""From JSON to the dataclasses of a report."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable
from typing import Any

from . import _report
from ._names import snake

Decoder = Callable[[Any], Any]


@functools.cache
def decoder(cls: type) -> Decoder:
    """Makes an object of a dataclass of the report; keys that the class does not know are left out."""
    hints = typing.get_type_hints(cls, vars(_report))
    fields = {field.name: _decoder_of(hints[field.name]) for field in dataclasses.fields(cls)}

    def decode(value: dict[str, Any]) -> Any:
        named = {snake(key): item for key, item in value.items()}
        return cls(**{name: decode(named.get(name)) for name, decode in fields.items()})

    return decode


def _decoder_of(hint: Any) -> Decoder:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is list:
        inner = _decoder_of(parts[0])
        return lambda value: [inner(item) for item in value]
    if origin in (types.UnionType, typing.Union):
        inners = [_decoder_of(part) for part in parts if dataclasses.is_dataclass(part) or typing.get_origin(part)]
        structured = [inner for inner in inners if inner is not _same]
        if structured:
            return lambda value: None if value is None else structured[0](value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return decoder(hint)
    return _same


def _same(value: Any) -> Any:
    return value
