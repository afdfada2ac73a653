"""Views: what the house and these pages are in easy language, and in sign language."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from booking.web import signing
from booking.web.context import house, house_page, language, render_easily, render_markdown
from booking.web.public.answers import cacheable
from booking.web.variants import EASY, LABELS

_LINKED = (
    "start",
    "programme",
    "consultations",
    "resend",
    "contact",
    "accessibility",
    "report_barrier",
    "privacy",
)


def easy_language() -> ResponseReturnValue:
    """What this is, how booking works, how these pages work, how to report a barrier (BITV 2.0, section 4)."""
    own = house_page(house(), EASY)
    return cacheable(
        render_template(
            "public/easy_language.html",
            easy=own,
            welcome=render_easily(house().text("welcome", EASY)),
            hrefs={name: url_for(f"public.{name}", language=EASY) for name in _LINKED},
            label=LABELS[EASY],
        )
    )


def sign_language() -> ResponseReturnValue:
    """The video of the house in sign language, or that it is missing; booking with an interpreter, without a phone."""
    found, spoken = house().sign_language, language()
    video = signing.href("video")
    return cacheable(
        render_template(
            "public/sign_language.html",
            video=video,
            video_type=signing.kind("video") if video else "",
            poster=signing.href("poster"),
            transcript=render_markdown(found.says("transcript", spoken)) if video else "",
            contact=render_markdown(found.says("contact", spoken)),
            has_interpreter="dgs" in house().access,
        )
    )
