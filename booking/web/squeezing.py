"""Answers that everybody may see are sent gzipped to who can read that; pages of one person never are.

What somebody could bring into a page and what is secret in it must not be squeezed together (their length would
tell, as in BREACH); so only answers that are the same for everybody are.  ADR 0018 says why no library does it.
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

from booking.web.security import is_personal

_TYPES = {
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
}
_LEAST_BYTES = 1000  # below that, one packet carries it as it is
_LEVEL = 5


def install(app: Flask) -> None:
    """Squeeze as the last thing that is done with an answer."""
    app.after_request(_squeeze)


def _squeeze(answer: Response) -> Response:
    if not _is_for_everybody(answer):
        return answer
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        answer.direct_passthrough = False
        body = answer.get_data()
        if len(body) >= _LEAST_BYTES:
            _weaken(answer)
            if answer.status_code == 200:
                answer.set_data(_squeezed(body))
                answer.headers["Content-Encoding"] = "gzip"
    return answer


def _is_for_everybody(answer: Response) -> bool:
    """Also of one that has not changed: its tag and Vary are those of the whole answer (RFC 9110, 15.4.5)."""
    is_whole = answer.status_code in (200, 304) and "Content-Encoding" not in answer.headers
    is_same = "Set-Cookie" not in answer.headers and "Cookie" not in answer.vary and not is_personal()
    return is_whole and is_same and answer.mimetype in _TYPES


def _weaken(answer: Response) -> None:
    """The same page in other bytes: its tag compares weakly (RFC 9110, 8.8.3.3)."""
    tag, _is_weak = answer.get_etag()
    if tag:
        answer.set_etag(tag, weak=True)


@lru_cache(maxsize=48)
def _squeezed(body: bytes) -> bytes:
    """Return the body squeezed; style sheets, and pages asked for again within a second, are so once."""
    return gzip.compress(body, _LEVEL, mtime=0)
