"""Tokens: what opens a booking, and what does not."""

import re

from hypothesis import given
from hypothesis import strategies as st

from booking.links.tokens import ID_LENGTH, TOKEN_LENGTH, keyed_hash, link_id_of, new_id, token

KEY, OLD_KEY, FOREIGN_KEY = "a" * 40, "b" * 40, "c" * 40
LINK_ID = "AbCdEfGhIjKlMnOpQrStUv"
TOKEN = token(LINK_ID, purpose="manage", key=KEY)
letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def opened(candidate, *, purpose="manage", keys=(KEY,)):
    return link_id_of(candidate, purpose=purpose, keys=keys)


def test_a_token_opens_its_link_for_its_purpose_only():
    assert opened(TOKEN) == LINK_ID
    assert opened(TOKEN, purpose="feed") is None
    assert opened(TOKEN, keys=()) is None
    assert opened(TOKEN, keys=(FOREIGN_KEY,)) is None


def test_a_token_outlives_a_change_of_the_key_as_long_as_the_old_one_is_known():
    assert opened(token(LINK_ID, purpose="manage", key=OLD_KEY), keys=(KEY, OLD_KEY)) == LINK_ID


@given(place=st.integers(0, TOKEN_LENGTH - 1), letter=letters)
def test_a_token_with_one_other_letter_opens_nothing(place, letter):
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]

    assert opened(changed) == (LINK_ID if changed == TOKEN else None)


@given(st.text(max_size=60) | st.text(letters, min_size=TOKEN_LENGTH, max_size=TOKEN_LENGTH))
def test_whatever_somebody_types_opens_nothing(candidate):
    assert opened(candidate) is None


@given(st.integers(0, TOKEN_LENGTH))
def test_the_id_of_a_link_and_every_other_piece_of_a_token_open_nothing(length):
    assert opened(TOKEN[:length]) == (LINK_ID if length == TOKEN_LENGTH else None)
    assert opened(LINK_ID * 2) is None


def test_an_id_has_128_random_bits_in_22_letters_of_an_address():
    ids = {new_id() for _ in range(500)}

    assert len(ids) == 500
    assert all(re.fullmatch(rf"[A-Za-z0-9_-]{{{ID_LENGTH}}}", one) for one in ids)
    assert len(TOKEN) == TOKEN_LENGTH


@given(text=st.text(max_size=40), other=st.text(max_size=40))
def test_a_keyed_hash_is_the_same_for_the_same_text_and_key_alone(text, other):
    hashed = keyed_hash(text, key=KEY)

    assert hashed == keyed_hash(text, key=KEY) != keyed_hash(text, key=OLD_KEY)
    assert (hashed == keyed_hash(other, key=KEY)) == (text == other)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", hashed)


def test_a_hash_is_never_the_mac_of_a_link():
    assert keyed_hash(f"manage\0{LINK_ID}", key=KEY) != TOKEN[ID_LENGTH:]
