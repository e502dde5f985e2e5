"""Opens what a browser packs: snappy, the blocks and logs of LevelDB, and the entries of its caches."""

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]

TABLE = bytes.fromhex("57fb808b247547db")  # the last bytes of a LevelDB table
LOG_BLOCK, LOG_HEADER = 32_768, 7
BLOCK_END, SNAPPY = 5, 1  # a block ends with how it is packed and a checksum
ENTRY = bytes.fromhex("305c72a71b6dfbfc")  # the first bytes of an entry in a cache
ENTRY_HEADER = 24
STREAM_END = bytes.fromhex("d8410d97456ffaf4")
COMPRESSED_VALUE = b"\xff\x11\x02"  # how IndexedDB begins a large value


class NotPackedError(Exception):
    """These bytes are not packed in that way."""


def number(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, and where the next thing begins."""
    value = shift = 0
    while data[at] & 0x80:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
    return value | data[at] << shift, at + 1


def unsnappy(data: bytes) -> bytes:
    """What snappy has packed; whatever follows its end is left alone."""
    try:
        length, at = number(data, 0)
        return _unsnappy(data, length, at)
    except (IndexError, ValueError) as error:
        raise NotPackedError from error


def _unsnappy(data: bytes, length: int, at: int) -> bytes:
    out = bytearray()
    while len(out) < length:
        kind = data[at] & 3
        if kind == 0:
            said, at = _literal(data, at)
            out += said
        else:
            size, back, at = _copy(data, at, kind)
            if not 0 < back <= len(out):
                raise ValueError
            for _ in range(size):
                out.append(out[-back])
    return bytes(out)


def _literal(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = data[at] >> 2, at + 1
    if size >= 60:
        wide = size - 59
        size, at = int.from_bytes(data[at : at + wide], "little"), at + wide
    if at + size + 1 > len(data):
        raise ValueError
    return data[at : at + size + 1], at + size + 1


def _copy(data: bytes, at: int, kind: int) -> tuple[int, int, int]:
    tag = data[at]
    if kind == 1:
        return (tag >> 2 & 7) + 4, (tag >> 5) << 8 | data[at + 1], at + 2
    wide = 2 if kind == 2 else 4
    return (tag >> 2) + 1, int.from_bytes(data[at + 1 : at + 1 + wide], "little"), at + 1 + wide


# LevelDB ------------------------------------------------------------------------------------------------


def table_blocks(data: bytes) -> Iterator[bytes]:
    """The data of every block of a LevelDB table, unpacked."""
    if not data.endswith(TABLE):
        return
    _, at = number(data, len(data) - 48)
    _, at = number(data, at)
    start, at = number(data, at)
    size, _ = number(data, at)
    for handle in _values(_block(data, start, size)):
        start, at = number(handle, 0)
        yield _block(data, start, number(handle, at)[0])


def _block(data: bytes, start: int, size: int) -> bytes:
    block = data[start : start + size]
    return unsnappy(block) if data[start + size] == SNAPPY else block


def _values(block: bytes) -> Iterator[bytes]:
    end = len(block) - 4 * (1 + int.from_bytes(block[-4:], "little"))
    at = 0
    while at < end:
        _, at = number(block, at)
        key, at = number(block, at)
        size, at = number(block, at)
        at += key
        yield block[at : at + size]
        at += size


def log_of(data: bytes) -> bytes:
    """A LevelDB log in one piece: it is cut every 32 kB, through words as well."""
    whole = bytearray()
    for start in range(0, len(data), LOG_BLOCK):
        block, at = data[start : start + LOG_BLOCK], 0
        while at + LOG_HEADER < len(block):
            size = int.from_bytes(block[at + 4 : at + 6], "little")
            whole += block[at + LOG_HEADER : at + LOG_HEADER + size]
            at += LOG_HEADER + size
    return bytes(whole)


def large_values(data: bytes) -> Iterator[bytes]:
    """What IndexedDB has compressed before it gave it to LevelDB."""
    at = data.find(COMPRESSED_VALUE)
    while at >= 0:
        at += len(COMPRESSED_VALUE)
        yield from _tried(unsnappy, data[at:])
        at = data.find(COMPRESSED_VALUE, at)


# Caches -------------------------------------------------------------------------------------------------


def bodies(data: bytes) -> Iterator[bytes]:
    """What an entry of a cache holds, when it was kept as it was sent."""
    if not data.startswith(ENTRY):
        return
    start = ENTRY_HEADER + int.from_bytes(data[12:16], "little")
    for begins in (start, start - 4):  # older entries have a shorter header
        body = data[begins : data.find(STREAM_END, begins)]
        for unpack in (gzip.decompress, zlib.decompress, brotli.decompress):
            yield from _tried(unpack, body)


def _tried(unpack: Callable[[bytes], bytes], data: bytes) -> Iterator[bytes]:
    try:
        yield unpack(data)
    except (NotPackedError, OSError, EOFError, zlib.error, brotli.error):
        return
