"""Values as plain data for other systems, and the published schema of them (JSON Schema 2020-12).

The schema is made from the values' own types, so that neither can say what the other does not.
"""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    # What a drawing is made of, as the tablet sent it.
    Any: {},
}


def plain(value: Any) -> Any:
    """A value as lists, dictionaries, texts and numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def schema_of(kind: type, title: str) -> dict[str, Any]:
    """The schema of what `plain` makes of values of this kind."""
    known: dict[str, dict[str, Any]] = {}
    top = _schema(kind, known)
    return {"$schema": DIALECT, "title": title, **top, "$defs": dict(sorted(known.items()))}


def _schema(kind: Any, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    if is_dataclass(kind) and isinstance(kind, type):
        return _of_dataclass(kind, known)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [str(one) for one in kind]}
    return _of_many(get_origin(kind), get_args(kind), known)


def _of_many(origin: Any, inside: tuple[Any, ...], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one, known) for one in inside]}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(inside[1], known)}
    if origin in (tuple, list, frozenset) and (len(inside) == 1 or inside[-1] is Ellipsis):
        return {"type": "array", "items": _schema(inside[0], known)}
    if origin is tuple:
        return _of_places(inside, known)
    raise TypeError(f"Say in published.py how {origin} is written down.")


def _of_places(inside: Iterable[Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    places = [_schema(one, known) for one in inside]
    return {"type": "array", "prefixItems": places, "items": False, "minItems": len(places)}


def _of_dataclass(kind: type, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    name = kind.__name__
    if name not in known:
        known[name] = {}
        hints = get_type_hints(kind)
        names = [one.name for one in fields(kind)]
        known[name].update(
            {
                "description": (kind.__doc__ or "").split("\n")[0],
                "type": "object",
                "properties": {one: _schema(hints[one], known) for one in names},
                "required": names,
                "additionalProperties": False,
            }
        )
    return {"$ref": f"#/$defs/{name}"}
