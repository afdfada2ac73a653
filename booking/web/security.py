"""What every request and every answer passes: origin, CSRF token, headers, request id."""

import logging
import re
import secrets
import time
from urllib.parse import quote, unquote, urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from booking.links.tokens import TOKEN_LENGTH
from booking.web.access import ACCESS, checks_token_itself

log = logging.getLogger("booking.requests")
csrf = CSRFProtect()

SAFE = {"GET", "HEAD", "OPTIONS"}
MOST_BYTES = 3 * 1024 * 1024
MOST_ENCODED = 3
YEAR = 31_536_000
CSP = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_FRAMED = "frame-ancestors https://"
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_BEFORE_TOKENS = (
    "buchung booking reservierung hold adresse confirm nummer ticket schalter desk rueckmeldung feedback"
    " code"
    " einladung invitation neues-passwort new-password"
)
_TOKEN = re.compile(
    "|".join(rf"(?<=/{name}/)[^/]+" for name in _BEFORE_TOKENS.split()) + "|[A-Za-z0-9_-]{40,}"
)  # also one that lost its end
_EDGE = "[A-Za-z0-9_-]"
_TOKEN_IN_TEXT = re.compile(
    "|".join(rf"(?<=/{name}/)/*[^/\s]+|(?<=%2f{name}%2f)[^/\s]+" for name in _BEFORE_TOKENS.split())
    + rf"|(?:(?<!{_EDGE})|(?<=[%=][0-9a-f]{{2}})){_EDGE}{{{TOKEN_LENGTH}}}(?!{_EDGE})",
    re.IGNORECASE,
)  # elsewhere a token is known by its length alone: what is longer or shorter is the name of a page
_ROBOT = re.compile(r"bot|crawl|spider|slurp|archiv|fetch|preview|compatible", re.IGNORECASE)
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def install(app: Flask, *, is_secure: bool, proxies: int) -> None:
    """Set limits, cookies and checks on the app; ``proxies``: how many stand in front of us."""
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=100,
        SESSION_COOKIE_NAME="__Host-booking" if is_secure else "booking",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for days; the token lives as long as the cookie
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which no-referrer pages never send; Origin is checked below
        WTF_CSRF_CHECK_DEFAULT=False,  # _check_token below does it, except where the view's form answers
        SEND_FILE_MAX_AGE_DEFAULT=86_400,  # fonts, whose addresses carry none
        BOOKING_HSTS=is_secure,
    )
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    csrf.init_app(app)
    app.before_request(_name_request)
    app.before_request(_check_origin)
    app.before_request(_check_token)
    app.after_request(_harden)
    app.after_request(_log)


def is_personal() -> bool:
    """Return whether this page belongs to one person: never cached, never in a Referer."""
    access = ACCESS.get(request.endpoint or "")
    return access is not None and (access.permission != "public" or access.checks_token)


def _name_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    g.began = time.perf_counter()


def _check_origin() -> None:
    """Refuse unsafe requests of other sites; browsers tell by Sec-Fetch-Site, older ones by Origin."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin in (None, "null"):  # "null" is what no-referrer pages send; the token decides
        return
    try:
        is_ours = urlsplit(origin or "").netloc.lower() == request.host.lower()
    except ValueError:  # such as "http://["
        is_ours = False
    if not is_ours:
        abort(403)


def _check_token() -> None:
    if request.endpoint is None or request.method in SAFE:
        return  # no such address, or not with this method: routing says so
    if not checks_token_itself(request.endpoint):
        csrf.protect()


def _is_searched_for(response: Response) -> bool:
    """Return whether a program that is no browser may keep this page to find it again (ADR 0019)."""
    agent = request.user_agent.string
    is_browser = agent.startswith("Mozilla/5.0 (") and not _ROBOT.search(agent)
    return is_browser or not (is_personal() or request.method not in SAFE or response.status_code >= 400)


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if _FRAMED in response.headers["Content-Security-Policy"]:
        del response.headers["X-Frame-Options"]  # it has no way to name who may
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if not _is_searched_for(response):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if is_personal() or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"  # the address carries a hash
    if _hsts():
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response


def allow_frames(response: Response, origins: tuple[str, ...]) -> None:
    """Let pages of these https origins, and of none else, show an answer in a frame."""
    if origins:
        framed = CSP.replace("frame-ancestors 'none'", " ".join(("frame-ancestors", *origins)))
        response.headers["Content-Security-Policy"] = framed


def _hsts() -> bool:
    return bool(current_app.config["BOOKING_HSTS"])


def plain_path(path: str) -> str:
    """Return a path without percent-encoding, also where somebody encoded it again and again."""
    for _time in range(MOST_ENCODED):
        path = unquote(path)
    return path


def hide_tokens(text: str) -> str:
    """Return a text, or a path, without the secret parts of our links, to be stored or shown to others."""
    return _TOKEN_IN_TEXT.sub("…", text)


def without_tokens(path: str) -> str:
    """Return the path of a page of ours without the secrets of links, however it is encoded."""
    return hide_tokens(plain_path(path))


def _log(response: Response) -> Response:
    """Write one line without address, name or token."""
    path = quote(_TOKEN.sub("<token>", plain_path(request.path)), safe="/<>-._~")
    took = (time.perf_counter() - g.began) * 1000 if "began" in g else 0
    log.info(
        "%s %s %s %s %.1f ms", g.get("request_id", "-"), request.method, path, response.status_code, took
    )
    return response
