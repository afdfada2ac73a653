"""Delivery reports: what counts in them, and what somebody else may have written there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.messages.reports import read_report

OURS = "<mail-7.AAAAAAAAAAAAAAAAAAAAAA@labor.example>"
HEADERS = f"Message-ID: {OURS}\nSubject: Confirmed\nTo: amina@example.org\n"
WHOLE = f"{HEADERS}Content-Type: text/plain\n\nYour booking is confirmed.\n"
FAILED = "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user"
GREYLISTED = "Action: delayed\nStatus: 4.2.1"


def a_report(
    *fates, returned=HEADERS, kind="text/rfc822-headers", status_kind="message/delivery-status", more=""
):
    blocks = "\n\n".join(
        [
            "Reporting-MTA: dns; mx.example.org",
            *(f"Final-Recipient: rfc822; a@example.org\n{fate}" for fate in fates),
        ]
    )
    parts = [
        ("text/plain", "It did not arrive.\n"),
        (status_kind, f"{blocks}\n"),
        *([(kind, returned)] if returned else []),
    ]
    body = "".join(f"--cut\nContent-Type: {kind}\n\n{content}\n" for kind, content in parts)
    return (
        f"From: mailer-daemon@example.org\n{more}MIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"\n\n{body}--cut--\n'
    ).encode()


@pytest.mark.parametrize(
    ("kind", "returned"),
    [
        ("text/rfc822-headers", HEADERS),
        ("message/rfc822", WHOLE),
        ("message/global", WHOLE),
        ("message/global-headers", HEADERS),
    ],
)
def test_a_mail_that_failed_is_named_by_what_is_returned(kind, returned):
    report = read_report(a_report(FAILED, kind=kind, returned=returned))

    assert report is not None
    assert report.message_ids == (OURS,)
    assert report.is_failed_for_good


@pytest.mark.parametrize(
    ("fate", "for_good"),
    [
        (FAILED, True),
        ("action: FAILED (for good)\nSTATUS: 5.7.26 (refused by policy)", True),
        ("Action: failed\nStatus: 5.0.0", True),
        (GREYLISTED, False),
        ("Action: delayed\nStatus: 5.1.1", False),
        ("Action: failed\nStatus: 4.4.7", True),  # tried for days and given up: nobody has read it
        ("Action: failed", True),
        ("Action: failed\nStatus: 2.1.5", False),  # contradicts itself
        ("Action: failedish\nStatus: 5.1.1", False),
        ("Action: delivered\nStatus: 2.0.0", False),
        ("Action: relayed\nStatus: 2.1.9", False),
        ("Action: expanded\nStatus: 2.0.0", False),
    ],
)
def test_only_what_the_server_gave_up_is_for_good(fate, for_good):
    report = read_report(a_report(fate))

    assert report is not None
    assert report.is_failed_for_good is for_good


def test_one_of_several_recipients_is_enough():
    delivered = "Action: delivered\nStatus: 2.0.0"
    report = read_report(a_report(delivered, FAILED, GREYLISTED))

    assert report is not None
    assert [fate.action for fate in report.fates] == ["delivered", "failed", "delayed"]
    assert report.is_failed_for_good


def test_action_and_status_of_two_recipients_are_not_mixed():
    report = read_report(a_report("Action: delayed\nStatus: 4.4.1", "Action: delivered\nStatus: 5.1.1"))

    assert report is not None
    assert not report.is_failed_for_good


def test_line_ends_of_the_wire_and_international_reports_are_understood():
    wire = a_report(FAILED, status_kind="message/global-delivery-status").replace(b"\n", b"\r\n")
    report = read_report(wire)

    assert report is not None
    assert report.message_ids == (OURS,)
    assert report.is_failed_for_good


def test_without_a_returned_message_the_report_names_what_it_answers():
    answer = f"In-Reply-To: {OURS}\n"

    for returned, named in (("", (OURS,)), ("Message-ID: <other@example.org>\n", ("<other@example.org>",))):
        report = read_report(a_report(FAILED, returned=returned, more=answer))
        assert report is not None
        assert report.message_ids == named


@pytest.mark.parametrize(
    "forged",
    [
        f"Subject: failed\n\nMessage-ID: {OURS}\nAction: failed\nStatus: 5.1.1\n".encode(),
        a_report(FAILED, status_kind="text/plain"),
        a_report(FAILED).replace(b"multipart/report", b"multipart/mixed"),
        a_report(FAILED).replace(b"delivery-status;", b"disposition-notification;"),
        a_report(FAILED).replace(b"report-type=delivery-status; ", b""),
        a_report(),
        b"Content-Type: message/rfc822\n\n" + a_report(FAILED),
        a_report(returned=a_report(FAILED).decode().replace("cut", "inner"), kind="message/rfc822"),
        b"",
    ],
    ids="plain text-status mixed receipt untyped nobody wrapped returned empty".split(),
)
def test_what_only_looks_like_a_report_is_none(forged):
    assert read_report(forged) is None


def test_an_id_outside_of_the_returned_message_names_nothing():
    body = a_report(FAILED, returned="").replace(b"It did not arrive.", f"Message-ID: {OURS}".encode())
    field = a_report(f"{FAILED}\nMessage-ID: {OURS}", returned="")

    for raw in (body, field):
        report = read_report(raw)
        assert report is not None
        assert report.message_ids == ()


def test_an_id_longer_than_a_line_may_be_is_left_out():
    report = read_report(a_report(FAILED, returned=f"Message-ID: <mail-{'9' * 5000}.x@labor.example>\n"))

    assert report is not None
    assert report.message_ids == ()


WHOLE_REPORT = a_report(FAILED, GREYLISTED, returned=WHOLE, kind="message/rfc822")


def test_a_report_that_breaks_off_anywhere_raises_nothing():
    for end in range(len(WHOLE_REPORT)):
        read_report(WHOLE_REPORT[:end])


@given(st.integers(0, len(WHOLE_REPORT)), st.integers(0, 40), st.binary(max_size=40))
def test_a_report_with_rubbish_in_it_raises_nothing(start, length, rubbish):
    read_report(WHOLE_REPORT[:start] + rubbish + WHOLE_REPORT[start + length :])


def test_parts_in_parts_without_end_raise_nothing():
    depth = 1200
    parts = "".join(
        f'--b{n}\nContent-Type: multipart/report; report-type=delivery-status; boundary="b{n + 1}"\n\n'
        for n in range(depth)
    )
    top = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b0"\n\n'

    assert read_report((top + parts).encode()) is None
    assert read_report(b"Content-Type: message/rfc822\n\n" * depth) is None
