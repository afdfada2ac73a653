"""Answers of public pages: with an ETag, remembered for a second, and never kept without asking."""

from flask import Response, make_response, request

from booking.web import repeats
from booking.web.security import allow_frames


def cacheable(body: str, *, status: int = 200, ancestors: tuple[str, ...] = ()) -> Response:
    """Return an answer that caches must ask about each time, by ETag; ``ancestors``: origins that may frame it."""
    answer = make_response(body, status)
    allow_frames(answer, ancestors)
    answer.headers["Cache-Control"] = "no-cache"
    if status == 200:
        answer.add_etag()
        repeats.remember(answer)
        answer.make_conditional(request)
    return answer
