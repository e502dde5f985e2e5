"""Keys outside the database, and the sealing of names and free text with them (AES-GCM)."""

import fcntl
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
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
    seals the access log, and `index` makes names searchable without being readable. What a tablet sends is
    sealed to the newest of `tablets`, by name.
    """

    file: bytes
    wrapping: dict[str, bytes]
    newest: str
    log: bytes
    index: bytes
    tablets: dict[str, bytes] = field(default_factory=dict)
    newest_for_tablets: str = ""

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
            tablets={name: bytes.fromhex(key) for name, key in kept.get("tablets", {}).items()},
            newest_for_tablets=kept.get("newest_for_tablets", ""),
        )
    except FileNotFoundError as error:
        raise KeysError(
            f"The keys file {path} is missing. Put it back, or set HEARD_KEYS to where it is."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeysError(f"The keys file {path} is damaged. Put back a good copy.") from error


def complete_keys(path: Path) -> None:
    """Add what keys files of an earlier version do not have: the key that tablets seal to.

    Raises KeysError where the file is damaged or cannot be written; what is damaged is left as it is.
    """
    if not path.exists() or read_keys(path).tablets:
        return
    try:
        with path.open() as file:
            # Several processes start at once: the second one finds the key of the first.
            fcntl.flock(file, fcntl.LOCK_EX)
            kept = json.loads(path.read_text())
            if "tablets" not in kept:
                _replace(path, kept | _keys_for_tablets())
    except OSError as error:
        raise KeysError(
            f"A key for tablets has to be added to the keys file {path}. Let Heard write to it once."
        ) from error


def _replace(path: Path, kept: dict[str, object]) -> None:
    # Beside it first, then in its place: whoever reads it meanwhile reads a whole file.
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        json.dump(kept, new, indent=1)
        new.flush()
        os.fsync(new.fileno())
    beside.replace(path)


def _keys_for_tablets() -> dict[str, object]:
    return {"tablets": {"1": new_tablet_key().hex()}, "newest_for_tablets": "1"}


def new_tablet_key() -> bytes:
    """A fresh private key to which tablets seal what they send (P-256)."""
    made = ec.generate_private_key(ec.SECP256R1())
    return made.private_numbers().private_value.to_bytes(32, "big")


def make_keys(path: Path) -> None:
    """New keys in a new file that only its owner reads. Raises FileExistsError rather than overwrite."""
    kept = {
        "file": secrets.token_hex(32),
        "wrapping": {"1": secrets.token_hex(32)},
        "newest": "1",
        "log": secrets.token_hex(32),
        "index": secrets.token_hex(32),
        **_keys_for_tablets(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        json.dump(kept, new, indent=1)
