"""QR codes: an address as a picture that phones read."""

import io

from markupsafe import Markup

QUIET = 4  # modules of empty border that readers expect (ISO/IEC 18004)


def inline(text: str, *, title: str) -> Markup:
    """Return the code as SVG to stand in a page; ``title`` says to screen readers what it leads to."""
    import segno  # few need it, and it costs every process 1 MB

    drawn = segno.make_qr(text, error="m").svg_inline(
        border=QUIET, title=title, omitsize=True, svgclass="qr__code", lineclass=None, light="#fff"
    )
    return Markup(drawn)  # noqa: S704 - drawn from numbers; the library escapes the title


def file(text: str, *, title: str) -> bytes:
    """Return the code as an SVG file for print, ten units a module."""
    import segno

    out = io.BytesIO()
    segno.make_qr(text, error="q").save(out, kind="svg", scale=10, border=QUIET, title=title, light="#fff")
    return out.getvalue()
