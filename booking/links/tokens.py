"""Tokens of links: the id of a link and a MAC over its purpose; pure."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

ID_LENGTH = 22  # 128 random bits in base64url
TOKEN_LENGTH = 2 * ID_LENGTH


def new_id() -> str:
    """Return a fresh link id: 128 bits from the system's generator, 22 characters."""
    return secrets.token_urlsafe(16)


def token(link_id: str, *, purpose: str, key: str) -> str:
    """Return the secret part of an address: 44 characters of ``A-Za-z0-9_-``.

    The MAC covers purpose and id.  The expiry stays in the database alone:
    a booking that moves keeps its old addresses working for longer.
    """
    return link_id + _mac(link_id, purpose=purpose, key=key)


def link_id_of(candidate: str, *, purpose: str, keys: Iterable[str]) -> str | None:
    """Return the link id if ``candidate`` was made for ``purpose`` with one of ``keys``."""
    if len(candidate) != TOKEN_LENGTH or not candidate.isascii():
        return None
    link_id, mac = candidate[:ID_LENGTH], candidate[ID_LENGTH:]
    if any(hmac.compare_digest(mac, _mac(link_id, purpose=purpose, key=key)) for key in keys):
        return link_id
    return None


def keyed_hash(text: str, *, key: str) -> str:
    """Return a hash of ``text`` that nobody can compute or reverse by trying without ``key``."""
    return _short(hmac.digest(key.encode(), b"hash\0" + text.encode(), hashlib.sha256))


def _mac(link_id: str, *, purpose: str, key: str) -> str:
    return _short(hmac.digest(key.encode(), f"link\0{purpose}\0{link_id}".encode(), hashlib.sha256))


def _short(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
