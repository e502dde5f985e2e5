"""Envelopes: what a tablet seals to this installation's public key, and only the server can open."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from records.keys import Keys

CURVE = ec.SECP256R1()
NONCE = 12


class EnvelopeError(Exception):
    """An envelope that does not open."""


def public_key(keys: Keys) -> dict[str, str]:
    """The key to seal to: its id, and the point as browsers import it ("raw"), in base64url."""
    made = _private(keys.tablets[keys.newest_for_tablets]).public_key()
    return {"id": keys.newest_for_tablets, "raw": _text(_point(made))}


def seal_envelope(to: dict[str, str], op_id: str, content: dict[str, Any]) -> dict[str, str]:
    """Seal as a tablet does. For tests and samples: the server itself sends no envelopes."""
    fresh = ec.generate_private_key(CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(to["raw"]))
    nonce = AESGCM.generate_key(128)[:NONCE]
    secret = AESGCM(_derived(fresh.exchange(ec.ECDH(), theirs), op_id))
    sealed = secret.encrypt(nonce, json.dumps(content).encode(), op_id.encode())
    return {"k": to["id"], "e": _text(_point(fresh.public_key())), "iv": _text(nonce), "c": _text(sealed)}


def open_envelope(keys: Keys, op_id: str, envelope: Any) -> dict[str, Any]:
    """What is in an envelope. Raises EnvelopeError where it does not open, or holds something else."""
    try:
        parts = json.loads(envelope) if isinstance(envelope, str) else envelope
        mine = _private(keys.tablets[parts["k"]])
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(parts["e"]))
        secret = AESGCM(_derived(mine.exchange(ec.ECDH(), theirs), op_id))
        content = json.loads(secret.decrypt(_bytes(parts["iv"]), _bytes(parts["c"]), op_id.encode()))
        if not isinstance(content, dict) or content["op_id"] != op_id:
            raise ValueError("It is about something else.")
        return _whole(content)
    except (InvalidTag, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise EnvelopeError("This envelope does not open.") from error


def _whole(content: dict[str, Any]) -> dict[str, Any]:
    # Half a character, as a tablet may send of one that was cut, can be kept nowhere: a mark stands for it.
    text = json.dumps(content, ensure_ascii=False)
    whole: dict[str, Any] = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return whole


def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(key, "big"), CURVE)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(shared: bytes, op_id: str) -> bytes:
    said = f"heard envelope 1|{op_id}".encode()
    return HKDF(SHA256(), length=32, salt=None, info=said).derive(shared)


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
