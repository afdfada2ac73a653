"""How we greet mail servers: without asking a name service, which no deadline covers."""

import pytest

from booking.app import _own_name


@pytest.mark.parametrize(
    ("public_url", "greeting"),
    [
        ("https://lab.example.org", "lab.example.org"),
        ("http://127.0.0.1:8000", "[127.0.0.1]"),
        ("http://[::1]:8000", "[IPv6:::1]"),
    ],
)
def test_we_greet_by_our_own_name_or_address(public_url, greeting):
    assert _own_name(public_url) == greeting
