"""View: what there is to know before a visit: when, where, how to get there and in, and what it costs."""

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.web.context import house, house_text, language
from booking.web.labels import need_label
from booking.web.linked_data import place_of_house
from booking.web.pictures import picture_row
from booking.web.public.answers import cacheable
from booking.web.public.opening_rows import doors
from booking.web.sharing import tell


def visit() -> ResponseReturnValue:
    """The way there, opening hours with the holidays ahead, access, prices, and what a group should know."""
    own = house()
    tell(linked=[place_of_house()])
    return cacheable(
        render_template(
            "public/visit.html",
            doors=doors(),
            way=house_text("way"),
            notes=house_text("visit_notes") if own.text("visit_notes", language()) else None,
            picture=picture_row("way"),
            geo_href=f"geo:{own.latitude},{own.longitude}" if own.latitude and own.longitude else None,
            coordinates=f"{own.latitude}, {own.longitude}" if own.latitude and own.longitude else "",
            access=[(need_label(kind), offer.lead_days) for kind, offer in own.access.items()],
        )
    )
