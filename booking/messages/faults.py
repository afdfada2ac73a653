"""Why a mail did not arrive, read from what the mail server said; pure."""

import re

UNKNOWN_ADDRESS, FULL, UNWANTED, REFUSED = "unknown_address", "full", "unwanted", "refused"
LATER, AWAY, CERTIFICATE, SIGN_IN = "later", "away", "certificate", "sign_in"
UNWRITABLE, OWN_WORDS = "unwritable", "own_words"
CAUSES = (
    UNKNOWN_ADDRESS,
    FULL,
    UNWANTED,
    REFUSED,
    LATER,
    AWAY,
    CERTIFICATE,
    SIGN_IN,
    UNWRITABLE,
    OWN_WORDS,
)

_ANSWER = re.compile(r"([45])(\d\d)[ -]+(?:[45]\.(\d{1,3})\.(\d{1,3})\b)?")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"']+")
_OF_CONNECTION = re.compile(
    r"timed? ?out|refused|disconnect|gaierror|connect|unreachable|reset|broken pipe|closed", re.IGNORECASE
)
_OF_CERTIFICATE = re.compile(r"certificate|ssl", re.IGNORECASE)
_OF_SIGN_IN = re.compile(r"authentication|auth", re.IGNORECASE)


def cause(fault: str, *, state: str) -> str:
    """Return which of the CAUSES a fault is, or "" without one; codes are those of RFC 5321 and RFC 3463."""
    if not fault:
        return ""
    if fault.startswith("own words"):
        return OWN_WORDS
    answer = _ANSWER.match(fault)
    if answer is not None:
        return _answered(answer)
    if state == "parked":
        return UNWRITABLE
    for pattern, found in ((_OF_CERTIFICATE, CERTIFICATE), (_OF_SIGN_IN, SIGN_IN), (_OF_CONNECTION, AWAY)):
        if pattern.search(fault):
            return found
    return UNWRITABLE


def _answered(answer: re.Match[str]) -> str:
    kind, code, subject, detail = answer.groups()
    if (subject, detail) == ("2", "2") or code == "52":
        return FULL
    if kind == "4":
        return LATER
    if subject == "7" or code == "54":
        return UNWANTED
    return UNKNOWN_ADDRESS if subject == "1" or code in ("50", "51", "53") else REFUSED


def masked(address: str) -> str:
    """Return an address of which nobody can be written to: "a…@e….org"."""
    local, at, domain = address.rpartition("@")
    if not at:
        return "…" if address else ""
    name, dot, ending = domain.rpartition(".")
    return f"{local[:1]}…@{name[:1]}…{dot}{ending}" if dot else f"{local[:1]}…@…"


def without_addresses(fault: str) -> str:
    """Return what the mail server said, with every address masked."""
    return _ADDRESS.sub(lambda found: masked(found[0]), fault)
