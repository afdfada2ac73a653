"""Handing letters to a server on loopback that takes or refuses them."""

from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest

from booking.messages.letters import Refused, ServerAway, TryLater
from booking.messages.plain import Person
from tests.mail.post_office import LETTER, post_office, sending, to


def test_a_letter_arrives_once_with_plain_addresses_on_its_envelope():
    with post_office() as (box, server), sending(server) as transport:
        transport.send(LETTER)

    ((sender, recipients, content),) = box.letters
    message: Any = message_from_bytes(content, policy=policy.default)
    assert (sender, recipients) == ("post@labor.example", ["amina@example.org"])
    assert message["Message-ID"] == "<1@labor.example>"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text


def test_letters_share_one_connection():
    with post_office() as (box, server), sending(server) as transport:
        for _ in range(3):
            transport.send(LETTER)

    assert (len(box.letters), len(box.peers)) == (3, 1)


def test_after_closing_a_letter_opens_a_new_connection():
    with post_office() as (box, server), sending(server) as transport:
        transport.send(LETTER)
        transport.close()
        transport.send(LETTER)

    assert (len(box.letters), len(box.peers)) == (2, 2)


def test_a_connection_that_the_server_closed_meanwhile_costs_no_letter():
    with post_office() as (box, server), sending(server) as transport:
        transport.send(LETTER)
        box.hang_up()
        transport.send(LETTER)

    assert (len(box.letters), len(box.peers)) == (2, 2)


@pytest.mark.parametrize(
    "letter",
    [to("450@example.org"), to("421@example.org"), replace(LETTER, subject="451")],
    ids=["at RCPT", "at RCPT with goodbye", "at DATA"],
)
def test_a_passing_refusal_means_try_later(letter):
    with post_office() as (box, server), sending(server) as transport:
        with pytest.raises(TryLater, match=r"^4\d\d "):
            transport.send(letter)
        transport.send(LETTER)

    assert (len(box.letters), len(box.peers)) == (1, 2)  # over a new connection


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (to("550@example.org"), 550),
        (replace(LETTER, subject="554"), 554),
        (replace(LETTER, sender=Person("House", "toolarge@labor.example")), 552),
        (to("ämina@example.org"), 553),
        (to("nobody"), 553),
    ],
    ids=["at RCPT", "at DATA", "too large", "beyond ASCII", "no mailbox"],
)
def test_a_lasting_refusal_says_code_and_reply_and_the_next_letter_goes(letter, code):
    with post_office(enable_SMTPUTF8=False) as (box, server), sending(server) as transport:
        with pytest.raises(Refused) as refusal:
            transport.send(letter)
        transport.send(LETTER)

    assert refusal.value.code == code
    assert refusal.value.reply
    assert len(box.letters) == 1


def test_a_mailbox_beyond_ascii_is_reached_where_the_server_can():
    with post_office(enable_SMTPUTF8=True) as (box, server), sending(server) as transport:
        transport.send(to("ämina@straße.example"))

    ((_, recipients, content),) = box.letters
    assert recipients == ["ämina@xn--strae-oqa.example"]
    assert "ämina@xn--strae-oqa.example" in content.decode()


def test_a_refused_sender_is_the_fault_of_the_house_and_not_of_the_letter():
    with post_office() as (_, server), sending(server) as transport, pytest.raises(ServerAway):
        transport.send(replace(LETTER, sender=Person("House", "stranger@labor.example")))


def test_a_broken_letter_stays_the_programs_own_fault():
    with (
        post_office() as (_, server),
        sending(server) as transport,
        pytest.raises(ValueError, match="mailbox"),
    ):
        transport.send(replace(LETTER, sender=Person("House", "")))
