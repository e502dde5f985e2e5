"""Keys outside the database, and the sealing of names and free text with them (AES-GCM)."""

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

FORMAT = b"\x01"
NONCE = 12


class KeysError(Exception):
    """Keys that are missing or do not fit, with the sentence that says what to do."""


@dataclass(frozen=True)
class Keys:
    """The keys of one installation.

    `file` opens the SQLite file, `wrapping` (by name; `newest` is in use) wraps the data keys, `log`
    seals the access log, and `index` makes names searchable without being readable.
    """

    file: bytes
    wrapping: dict[str, bytes]
    newest: str
    log: bytes
    index: bytes

    def wrap(self, data_key: bytes) -> tuple[str, bytes]:
        """The name of the wrapping key, and the data key wrapped with it."""
        return self.newest, aes_key_wrap(self.wrapping[self.newest], data_key)

    def unwrap(self, wrapped_with: str, wrapped: bytes) -> bytes:
        """The data key. Raises KeysError when its wrapping key is not here."""
        if wrapped_with not in self.wrapping:
            raise KeysError(
                f"The key named {wrapped_with} is not in the keys file. Put the right keys file back."
            )
        try:
            return _unwrap(self.wrapping[wrapped_with], wrapped)
        except InvalidUnwrap as error:
            raise KeysError(
                "The keys file is not the one of these records. Put the right one back."
            ) from error

    def blind(self, words: str) -> bytes:
        """A fingerprint of these words that only this installation can make."""
        return hmac.digest(self.index, words.encode(), sha256)[:16]


@lru_cache(maxsize=4096)
def _unwrap(wrapping: bytes, wrapped: bytes) -> bytes:
    return aes_key_unwrap(wrapping, wrapped)


@lru_cache(maxsize=4096)
def _cipher(data_key: bytes) -> AESGCM:
    return AESGCM(data_key)


def new_data_key() -> bytes:
    """A fresh key for the record of one child."""
    return secrets.token_bytes(32)


def seal(data_key: bytes, bound_to: str, words: str) -> bytes:
    """The words as ciphertext that opens only with this key and in this place (table, row and field)."""
    nonce = os.urandom(NONCE)
    return FORMAT + nonce + _cipher(data_key).encrypt(nonce, words.encode(), bound_to.encode())


def unseal(data_key: bytes, bound_to: str, sealed: bytes) -> str:
    """The words again. Raises KeysError when key or place is another one."""
    nonce, ciphertext = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        if not sealed.startswith(FORMAT):
            raise InvalidTag
        return _cipher(data_key).decrypt(nonce, ciphertext, bound_to.encode()).decode()
    except InvalidTag as error:
        raise KeysError(f"A sealed field does not open: {bound_to.split('|')[0]}.") from error


def read_keys(path: Path) -> Keys:
    """The keys from their file. Raises KeysError with a sentence when it is missing or damaged."""
    try:
        kept = json.loads(path.read_text())
        return Keys(
            file=bytes.fromhex(kept["file"]),
            wrapping={name: bytes.fromhex(key) for name, key in kept["wrapping"].items()},
            newest=kept["newest"],
            log=bytes.fromhex(kept["log"]),
            index=bytes.fromhex(kept["index"]),
        )
    except FileNotFoundError as error:
        raise KeysError(
            f"The keys file {path} is missing. Put it back, or set HEARD_KEYS to where it is."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeysError(f"The keys file {path} is damaged. Put back a good copy.") from error


def make_keys(path: Path) -> None:
    """New keys in a new file that only its owner reads. Raises FileExistsError rather than overwrite."""
    kept = {
        "file": secrets.token_hex(32),
        "wrapping": {"1": secrets.token_hex(32)},
        "newest": "1",
        "log": secrets.token_hex(32),
        "index": secrets.token_hex(32),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        json.dump(kept, new, indent=1)
