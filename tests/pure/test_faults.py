"""Why a mail did not arrive, in words that say what to do: read from what mail servers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.messages import faults


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("550 5.1.1 <amina@example.org>: user unknown", faults.UNKNOWN_ADDRESS),
        ("550 no such user", faults.UNKNOWN_ADDRESS),
        ("553 The address of the recipient is not a mailbox.", faults.UNKNOWN_ADDRESS),
        ("550 5.7.1 blocked by policy", faults.UNWANTED),
        ("554 looks like spam", faults.UNWANTED),
        ("552 5.2.2 mailbox full", faults.FULL),
        ("452 4.2.2 over quota", faults.FULL),
        ("571 go away", faults.REFUSED),
        ("451 4.7.1 greylisted", faults.LATER),
        ("421 too busy", faults.LATER),
        ("TimeoutError: timed out", faults.AWAY),
        ("ConnectionRefusedError: [Errno 111] Connection refused", faults.AWAY),
        ("SMTPServerDisconnected: Connection unexpectedly closed", faults.AWAY),
        ("SSLCertVerificationError: certificate verify failed", faults.CERTIFICATE),
        ("SMTPAuthenticationError: (535, b'no')", faults.SIGN_IN),
        ("UndefinedError: 'x' is undefined", faults.UNWRITABLE),
        ("own words: opening", faults.OWN_WORDS),
        ("", ""),
    ],
)
def test_what_a_server_says_has_a_cause(fault, cause):
    assert faults.cause(fault, state="failed") == cause


def test_a_parked_mail_could_not_be_written_whatever_its_fault_reads_like():
    assert faults.cause("TypeError: timed out", state="parked") == faults.UNWRITABLE


@given(st.text(max_size=80), st.sampled_from(["owed", "sent", "failed", "parked"]))
def test_every_fault_has_a_cause_that_is_known(fault, state):
    assert faults.cause(fault, state=state) in (*faults.CAUSES, "")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("amina@example.org", "a…@e….org"),
        ("a@b.c.example", "a…@b….example"),
        ("a@localhost", "a…@…"),
        ("", ""),
        ("none", "…"),
    ],
)
def test_a_masked_address_cannot_be_written_to(address, shown):
    assert faults.masked(address) == shown


@given(st.emails())
def test_no_address_is_left_in_what_a_server_said(address):
    said = faults.without_addresses(f"550 5.1.1 <{address}>: unknown, see {address} or <mailto:{address}>")

    assert address not in said
