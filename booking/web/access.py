"""Who may: every address declares one permission; what is not declared is denied."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, abort, request


@dataclass(frozen=True, slots=True)
class Access:
    """A permission and why it suffices; ``checks_token``: the view answers a bad CSRF token itself, at its form."""

    permission: str
    reason: str
    checks_token: bool = False


_READ = "the published programme is for everybody"
_TEXT = "everybody must be able to read it"
_LINK = "the secret address is the permission; the view verifies it"
_DRAW = "everybody may come without booking"
_TELL = "everybody may tell us something without an account"
_FORM = "everybody may book without an account"

ACCESS = {
    "static": Access("public", "style sheets, scripts and fonts"),
    "system.livez": Access("public", "asked by the machine's supervisor; says nothing of people"),
    "system.readyz": Access("public", "asked by the load balancer; says nothing of people"),
    "system.security_txt": Access("public", "whom to tell of a weakness"),
    "system.sitemap": Access("public", "search engines read it"),
    "system.robots": Access("public", "search engines read it"),
    "system.house_stylesheet": Access("public", "the colours of the house"),
    "system.picture": Access("public", "pictures that the house shows everybody"),
    "system.signed": Access("public", "the video in sign language that the house shows everybody"),
    "public.root": Access("public", "leads to the visitor's language"),
    "public.start": Access("public", _READ),
    "public.programme": Access("public", _READ),
    "public.calendar_feed": Access("public", _READ),
    "public.news_feed": Access("public", _READ),
    "public.subscribe": Access("public", _READ),
    "public.today": Access("public", "a screen in the foyer: dates and numbers, no person"),
    "public.embed": Access("public", _READ),
    "public.embed_guide": Access("public", _READ),
    "public.offering": Access("public", _READ),
    "public.offerings": Access("public", _READ),
    "public.topics": Access("public", _READ),
    "public.topic": Access("public", _READ),
    "public.cooperations": Access("public", _READ),
    "public.cooperation": Access("public", _READ),
    "public.visit": Access("public", _READ),
    "public.occurrence": Access("public", _READ),
    "public.consultations": Access("public", _READ),
    "public.expert": Access("public", "first names, topics and languages of experts are for everybody"),
    "public.times": Access("public", _READ),
    "public.imprint": Access("public", _TEXT),
    "public.privacy": Access("public", _TEXT),
    "public.accessibility": Access("public", _TEXT),
    "public.contact": Access("public", _TEXT),
    "public.easy_language": Access("public", _TEXT),
    "public.sign_language": Access("public", _TEXT),
    "public.book": Access("public", _FORM, checks_token=True),
    "public.book_slot": Access("public", _FORM, checks_token=True),
    "public.hold": Access("hold link", _LINK, checks_token=True),
    "public.confirm_address": Access("confirmation link", _LINK, checks_token=True),
    "public.trust": Access("public", "figures without persons; small counts are left out"),
    "public.trust_data": Access("public", "figures without persons; small counts are left out"),
    "public.idea": Access("public", _TELL, checks_token=True),
    "public.report_barrier": Access("public", _TELL, checks_token=True),
    "public.voice": Access("voice link", _LINK),
    "public.voice_told": Access("voice link", _LINK),
    "public.voice_data": Access("voice link", _LINK),
    "public.voice_erase": Access("voice link", _LINK, checks_token=True),
    "public.voice_erased": Access("public", "says that it is done, not whose"),
    "public.resend": Access("public", "the answer is the same for every address", checks_token=True),
    "public.resend_sent": Access("public", "says the same to everybody"),
    "public.erased": Access("public", "says that it is done, not whose"),
    "public.done": Access("booking link", _LINK),
    "public.manage": Access("booking link", _LINK),
    "public.calendar": Access("booking link", _LINK),
    "public.export": Access("booking link", _LINK),
    "public.slip_pdf": Access("booking link", _LINK),
    "public.access_needs": Access("booking link", _LINK, checks_token=True),
    "public.cancel": Access("booking link", _LINK, checks_token=True),
    "public.move": Access("booking link", _LINK, checks_token=True),
    "public.change_party": Access("booking link", _LINK, checks_token=True),
    "public.change_address": Access("booking link", _LINK, checks_token=True),
    "public.erase": Access("booking link", _LINK, checks_token=True),
    "public.queue": Access("public", _DRAW, checks_token=True),
    "public.now_serving": Access("public", "numbers say nothing of people"),
    "public.ticket": Access("ticket link", _LINK),
    "public.leave": Access("ticket link", _LINK, checks_token=True),
    "public.queue_desk": Access("desk link", _LINK, checks_token=True),
    "public.slip": Access("desk link", _LINK),
    "dev.mails": Access("development only", "not registered anywhere else"),
    "dev.mail": Access("development only", "not registered anywhere else"),
    "dev.mail_html": Access("development only", "not registered anywhere else"),
}


def install(app: Flask) -> None:
    """Deny every request whose endpoint is not declared; refuse to start with an undeclared route."""
    undeclared = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - ACCESS.keys())
    if undeclared:
        raise RuntimeError("These addresses declare no permission in web/access.py: " + ", ".join(undeclared))
    app.before_request(_deny_undeclared)


def _deny_undeclared() -> None:
    if request.endpoint is not None and request.endpoint not in ACCESS:
        abort(404)


def checks_token_itself(endpoint: str | None) -> bool:
    """Return whether the view of an endpoint validates the CSRF token with its form."""
    return endpoint in ACCESS and ACCESS[endpoint].checks_token


def declared(app: Flask) -> Iterator[dict[str, object]]:
    """Yield every rule with its methods, endpoint and permission, sorted by rule."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        access = ACCESS[rule.endpoint]
        yield {
            "rule": rule.rule,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "endpoint": rule.endpoint,
            "permission": access.permission,
            "reason": access.reason,
        }
