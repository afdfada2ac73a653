"""What tests of easy language share: which sentences a page in it must not show."""

from functools import cache

from babel.messages.pofile import read_po

from config import ROOT

CATALOGUES = ROOT / "translations/de/LC_MESSAGES"


@cache
def plain_sentences() -> tuple[str, ...]:
    """Return the whole sentences, English and German, that easy language says otherwise."""
    easy, german = (_texts(name) for name in ("easy", "messages"))
    told = {text for key, text in german.items() if key in easy and easy[key] != text} | set(easy)
    said_easily = "\n".join(easy.values())
    return tuple(
        sorted(
            text for text in told if len(text.split()) > 3 and "%(" not in text and text not in said_easily
        )
    )


def leftovers(text: str) -> list[str]:
    """Return the sentences of the other catalogues that stand in the text of a page, with single spaces."""
    return [sentence for sentence in plain_sentences() if sentence in text]


def _texts(name: str) -> dict[str, str]:
    """Return the sentences of a catalogue by their English ones, without plurals, with single spaces."""
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        messages = list(read_po(file, locale="de"))
    return {
        message.id: " ".join(str(message.string).split())
        for message in messages
        if isinstance(message.id, str) and message.id and message.string
    }
