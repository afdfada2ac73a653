"""Addresses of the staff area: messages."""

from booking.web.staff.messages import outbox, preview, texts
from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = (
    Address(texts.message_list, "/mailtexte", "/mail-texts", "messages.edit"),
    Address(
        texts.message_edit,
        "/mailtexte/<kind>/<spoken>",
        "/mail-texts/<kind>/<spoken>",
        "messages.edit",
        takes_form=True,
    ),
    Address(
        preview.message_preview,
        "/mailtexte/<kind>/<spoken>/ansehen",
        "/mail-texts/<kind>/<spoken>/preview",
        "messages.edit",
        takes_form=True,
    ),
    Address(
        preview.message_preview_html,
        "/mailtexte/<kind>/<spoken>/ansehen/html",
        "/mail-texts/<kind>/<spoken>/preview/html",
        "messages.edit",
    ),
    Address(outbox.outbox_list, "/postausgang", "/outbox", "outbox.see", takes_form=True),
    Address(
        outbox.outbox_mail,
        "/postausgang/<int(max=2147483647):mail_id>",
        "/outbox/<int(max=2147483647):mail_id>",
        "outbox.see",
        takes_form=True,
    ),
)
