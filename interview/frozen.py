"""Frozen values as plain data that can be kept, and back again as they were."""

import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
MANY: dict[Any, Callable[[Any], Any]] = {tuple: tuple, frozenset: frozenset}


def plain(value: Any) -> Any:
    """Numbers, texts, lists and names with values: what JSON can hold. What is as usual is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in fields(value)}
        return {f.name: plain(held[f.name]) for f in fields(value) if held[f.name] != usual(f)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(plain(one) for one in value)
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


def usual(field: "Field[Any]") -> Any:
    """What a field holds where nothing is said."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def restored(kind: type[Value], kept: Any) -> Value:
    """The value of that kind. What a later version no longer knows is passed over."""
    value: Value = _restored(kind, kept)
    return value


def _restored(kind: Any, kept: Any) -> Any:
    if kept is None or kind is Any:
        return kept
    if get_origin(kind) in (Union, types.UnionType):
        return _restored(next(one for one in get_args(kind) if one is not type(None)), kept)
    if get_origin(kind) in MANY:
        return _many(kind, kept)
    if is_dataclass(kind):
        known = _kinds(kind)  # type: ignore[arg-type]
        return kind(**{name: _restored(known[name], one) for name, one in kept.items() if name in known})  # type: ignore[operator]
    if kind in (date, datetime):
        return kind.fromisoformat(kept)
    return kind(kept)


def _many(kind: Any, kept: Any) -> Any:
    inside = get_args(kind)
    if get_origin(kind) is tuple and Ellipsis not in inside:
        return tuple(_restored(one, value) for one, value in zip(inside, kept, strict=True))
    return MANY[get_origin(kind)](_restored(inside[0], value) for value in kept)


@lru_cache(maxsize=64)
def _kinds(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
