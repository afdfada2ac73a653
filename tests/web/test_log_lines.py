"""Log lines say what was asked and how it went, and never the secret of an address, however it is written."""

import logging
from urllib.parse import quote

from booking.web.public import ADDRESSES
from tests.builders import an_occurrence
from tests.web.every_address import Places, filled
from tests.web.ways import details, secret_in

SECRETS = sorted(one.german for one in ADDRESSES if "secret" in one.german)


def encoded(text):
    """Return a text with every character as %XX, as some mail gateways rewrite links."""
    return "".join(f"%{byte:02X}" for byte in text.encode())


WRITTEN = {
    "as it is": lambda path, secret: path,
    "encoded": lambda path, secret: path.replace(secret, encoded(secret)),
    "encoded in part": lambda path, secret: path.replace(secret, secret[:5] + encoded(secret[5:])),
    "encoded twice": lambda path, secret: path.replace(secret, quote(encoded(secret))),
    "wholly encoded": lambda path, secret: "/" + encoded(path[1:]),
    "slashes encoded": lambda path, secret: "/" + path[1:].replace("/", "%2F"),
    "slashes encoded twice": lambda path, secret: "/" + path[1:].replace("/", "%252F"),
    "without its end": lambda path, secret: path.replace(secret, secret[:30]),
    "encoded, without its end": lambda path, secret: path.replace(secret, encoded(secret[:30])),
    "with more": lambda path, secret: path.replace(secret, secret + "xyz"),
    "in brackets": lambda path, secret: path.replace(secret, f"<{secret}>"),
    "cut by a mail program": lambda path, secret: path.replace(secret, f"{secret[:25]}=0A{secret[25:]}"),
    "after two slashes": lambda path, secret: path.replace(f"/{secret}", f"//{secret}"),
    "with another case": lambda path, secret: path.replace("/de/", "/DE/"),
    "under another name": lambda path, secret: f"/de/link/{secret}",
    "encoded twice under another name": lambda path, secret: f"/de/link/{quote(encoded(secret))}",
}


def test_no_secret_of_an_address_is_logged_however_it_is_written(app, visitor, clock, caplog):
    places = Places(visitor, clock)
    caplog.set_level(logging.INFO)
    addresses = [(address, rule) for rule, address in filled(places) if "secret" in rule.arguments]
    assert len(addresses) == 3 * len(SECRETS)
    for address, rule in addresses:
        secret = places.of(rule)["secret"]
        for written, write in WRITTEN.items():
            caplog.clear()

            visitor.client.get(write(address, secret))

            (line,) = [one.getMessage() for one in caplog.records if one.name == "booking.requests"]
            leaked = [secret[at : at + 6] for at in range(len(secret) - 5) if secret[at : at + 6] in line]
            assert leaked == [], f"{written}: {line}"
            assert encoded(secret[10:14]) not in line.replace("%25", "%"), f"{written}: {line}"


def test_what_is_typed_into_the_form_of_a_hold_is_not_logged(visitor, clock, caplog):
    action, form = details(visitor, an_occurrence(clock))
    caplog.set_level(logging.DEBUG)

    visitor.post(action, form | {"extend": "1"})
    visitor.post(action, form | {"email": "no address"})
    visitor.post(action, form)

    assert "reservierung" in caplog.text
    for personal in (secret_in(action)[:8], "Amina", "amina@", "0341", "127.0.0.1"):
        assert personal not in caplog.text, personal
