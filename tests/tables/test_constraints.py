"""Every constraint: a row that fits is accepted, and refused by name when exactly one thing is wrong."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from booking.db import constraint_name
from booking.tables import metadata
from tests.tables.rows import DAY, FURTHER, NOON, ONE, write

NOBODY = 999_999
NONE_OF_THEM = "unheard of"
LONGER = 31 * 24 * 3600 + 1
BACKWARDS = {"first_day": None, "last_day": None, "starts_at": ONE, "ends_at": NOON}

BREAKS: Mapping[str, Mapping[str, Any]] = {
    "ck_house_key_is_given": {"key": ""},
    "uq_house_key": {"key": "first"},
    "ck_arrival_version_is_positive": {"version": 0},
    "ck_attendance_category_is_known": {"category": NONE_OF_THEM},
    "ck_attendance_people_are_positive": {"people": 0},
    "ck_closure_days_are_in_order": {"last_day": DAY - timedelta(days=1)},
    "ck_closure_is_of_days_or_instants": {"starts_at": NOON, "ends_at": ONE},
    "ck_closure_ends_after_it_starts": BACKWARDS,
    "ck_availability_rule_of_a_host_or_a_place": {"place_id": 901},
    "ck_availability_rule_weekday_is_of_the_week": {"weekday": 7},
    "ck_availability_rule_start_is_a_minute_of_the_day": {"start_minute": 1440},
    "ck_availability_rule_end_is_a_minute_of_the_day": {"end_minute": 1441},
    "ck_availability_rule_validity_is_in_order": {"valid_until": DAY - timedelta(days=1)},
    "ck_availability_rule_parity_is_even_or_odd": {"parity": 2},
    "ck_availability_rule_ordinal_is_of_the_month": {"ordinal": 0},
    "ck_availability_rule_medium_is_known": {"medium": NONE_OF_THEM},
    "ck_availability_rule_school_holidays_are_known": {"school_holidays": NONE_OF_THEM},
    "ck_availability_override_of_a_host_or_a_place": {"host_id": None},
    "uq_availability_override_host_id_day": {"day": DAY},
    "uq_availability_override_place_id_day": {"host_id": None, "place_id": 901, "day": DAY},
    "ck_override_window_start_is_a_minute_of_the_day": {"start_minute": -1},
    "ck_override_window_end_is_a_minute_of_the_day": {"end_minute": -1},
    "ck_absence_of_a_host_or_a_place": {"place_id": 901},
    "ck_absence_is_of_days_or_instants": {"last_day": None},
    "ck_absence_days_are_in_order": {"last_day": DAY - timedelta(days=1)},
    "ck_absence_ends_after_it_starts": BACKWARDS,
    "ck_busy_time_ends_when_it_starts_or_later": {"ends_at": 999},
    "ck_busy_time_at_most_31_days": {"ends_at": 1000 + LONGER},
    "uq_holiday_opening_house_id_day": {"day": DAY},
    "ck_host_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_host_first_name_is_given": {"first_name": ""},
    "uq_host_house_id_key": {"key": "first"},
    "uq_programme_house_id_key": {"key": "first"},
    "ck_programme_version_is_positive": {"version": 0},
    "uq_staff_house_id_email": {"email": "first@example.org"},
    "uq_staff_host_id": {"host_id": 901},
    "ck_staff_language_is_known": {"language": "ls"},
    "ck_staff_erased_is_empty": {"erased_at": ONE},
    "ck_staff_name_is_given": {"name": ""},
    "ck_staff_email_is_normalised": {"email": "Further@example.org"},
    "ck_staff_version_is_positive": {"version": 0},
    "ck_staff_role_role_is_known": {"role": NONE_OF_THEM},
    "ck_sign_in_id_is_a_digest": {"id": "b" * 63},
    "ck_sign_in_seen_after_it_began": {"seen_at": NOON - timedelta(days=1)},
    "ck_link_purpose_is_known": {"purpose": NONE_OF_THEM},
    "ck_link_id_has_128_bits": {"id": "b" * 21},
    "ck_booking_channel_is_known": {"channel": NONE_OF_THEM},
    "ck_booking_version_is_positive": {"version": 0},
    "ck_held_back_places_are_positive": {"places": 0},
    "ck_held_back_ends_before_the_date": {"minutes_before": -1},
    "ck_held_back_version_is_positive": {"version": 0},
    "uq_held_back_occurrence_id": {"occurrence_id": 901},
    "uq_held_back_claim_id": {"claim_id": 901},
    "ck_booking_note_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_booking_note_words_are_given": {"words": ""},
    "ck_repair_ends_after_it_starts": {"ends_at": NOON},
    "ck_repair_units_are_positive": {"units": 0},
    "uq_repair_claim_id": {"claim_id": 901},
    "uq_offering_house_id_key": {"key": "first"},
    "ck_offering_state_is_known": {"state": NONE_OF_THEM},
    "ck_offering_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_offering_address_check_is_known": {"address_check": NONE_OF_THEM},
    "ck_offering_party_fits_seats": {"party_max": 16},
    "ck_offering_horizon_is_positive": {"horizon_days": 0},
    "ck_offering_grades_are_in_order": {"grade_first": 5, "grade_last": 4},
    "ck_offering_deadlines_are_not_negative": {"notice_minutes": -1},
    "ck_offering_groups_are_positive": {"groups_max": 0},
    "ck_offering_minutes_fit_a_day": {"minutes": 1441},
    "ck_offering_seats_are_positive": {"seats": 0},
    "ck_offering_age_min_is_an_age": {"age_min": 120},
    "ck_offering_booked_by_is_known": {"booked_by": NONE_OF_THEM},
    "ck_offering_host_mode_is_known": {"host_mode": NONE_OF_THEM},
    "ck_offering_step_fits_a_day": {"step_minutes": 0},
    "ck_offering_offset_fits_a_day": {"offset_minutes": -1},
    "ck_offering_limits_are_positive": {"per_week": 0},
    "ck_outgoing_mail_state_is_known": {"state": NONE_OF_THEM},
    "ck_outgoing_mail_leased_has_its_end": {"state": "leased"},
    "ck_outgoing_mail_tries_are_counted": {"tries": -1},
    "ck_outgoing_mail_method_is_known": {"method": "PUBLISH"},
    "ck_mail_text_language_is_known": {"language": "fr"},
    "ck_mail_text_version_is_positive": {"version": 0},
    "ck_mail_text_texts_fit": {"signature": "x" * 401},
    "uq_mail_text_offering_id_kind_language": {"kind": "confirmation"},
    "ck_place_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_place_people_limit_is_positive": {"people_limit": 0},
    "uq_place_house_id_key": {"key": "first"},
    "ck_pool_units_are_counted": {"units": -1},
    "uq_pool_house_id_key": {"key": "first"},
    "uq_topic_house_id_key": {"key": "first"},
    "ck_topic_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_topic_position_is_not_negative": {"position": -1},
    "ck_need_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_need_pool_names_its_pool": {"pool_id": 901},
    "ck_need_room_names_its_place": {"place_id": 901},
    "ck_need_ratio_is_of_a_pool": {"people_per_unit": 2},
    "ck_need_buffers_are_not_negative": {"after_minutes": -1},
    "ck_need_quantity_is_positive": {"quantity": 0},
    "ck_need_medium_is_known": {"medium": NONE_OF_THEM},
    "ck_need_choice_is_of_things": {"choice": 1},
    "ck_occurrence_language_is_known": {"language": "fr"},
    "ck_occurrence_state_is_known": {"state": NONE_OF_THEM},
    "ck_occurrence_ends_after_it_starts": {"ends_at": NOON},
    "ck_occurrence_seats_are_planned": {"seats": 16},
    "ck_occurrence_cancelled_has_its_instant": {"cancelled_at": ONE},
    "ck_offering_audience_audience_is_known": {"audience": NONE_OF_THEM},
    "ck_offering_medium_medium_is_known": {"medium": NONE_OF_THEM},
    "ck_offering_text_title_is_given": {"title": ""},
    "ck_offering_text_language_is_known": {"language": "fr"},
    "ck_occurrence_medium_is_known": {"medium": NONE_OF_THEM},
    "ck_occurrence_only_slots_are_shared_by_host": {"shared_host_id": 901},
    "ck_occurrence_series_names_its_day": {"series_id": 901},
    "uq_occurrence_once": {"once": "first"},
    "uq_series_once": {"once": "first"},
    "ck_series_rhythm_is_known": {"rhythm": NONE_OF_THEM},
    "ck_series_only_months_have_ordinals": {"ordinal": 1},
    "ck_series_ordinal_is_in_a_month": {"rhythm": "monthly", "ordinal": 6},
    "ck_series_ends_on_a_day_or_after_times": {"times": 3},
    "ck_series_days_are_in_order": {"last_day": DAY - timedelta(days=1)},
    "ck_series_times_are_positive": {"last_day": None, "times": 0},
    "ck_series_state_holidays_are_known": {"state_holidays": NONE_OF_THEM},
    "ck_series_school_holidays_are_known": {"school_holidays": NONE_OF_THEM},
    "ck_series_gap_why_is_known": {"why": NONE_OF_THEM},
    "ck_booking_to_be_confirmed_has_its_end": {"state": "to_be_confirmed"},
    "uq_hold_once": {"once": "first"},
    "ck_hold_medium_is_known": {"medium": NONE_OF_THEM},
    "ck_hold_suspicion_is_known": {"suspicion": NONE_OF_THEM},
    "ck_hold_extensions_are_bounded": {"extensions": 13},
    "uq_booking_reference": {"reference": "AAAAAAAA"},
    "uq_booking_uid": {"uid": "first"},
    "uq_booking_once": {"once": "first"},
    "ck_booking_language_is_known": {"language": "fr"},
    "ck_booking_state_is_known": {"state": NONE_OF_THEM},
    "ck_booking_sequence_is_not_negative": {"sequence": -1},
    "ck_booking_reference_has_8_characters": {"reference": "BBBBBBB"},
    "ck_booking_erased_is_empty": {"erased_at": ONE},
    "ck_resource_capacity_is_counted": {"capacity": -1},
    "ck_resource_names_exactly_one": {"host_id": None},
    "uq_resource_host_id": {"host_id": 901},
    "uq_resource_place_id": {"host_id": None, "place_id": 901},
    "uq_resource_pool_id": {"host_id": None, "pool_id": 901},
    "uq_resource_occurrence_id": {"host_id": None, "occurrence_id": 901},
    "ck_allocation_at_most_31_days": {"ends_at": 1000 + LONGER},
    "ck_allocation_ends_after_it_starts": {"ends_at": 1000},
    "ck_allocation_quantity_is_positive": {"quantity": 0},
    "ck_queue_day_numbers_are_counted": {"numbers": -1},
    "uq_desk_offering_id_label": {"label": "first"},
    "ck_desk_label_is_short": {"label": "x" * 41},
    "uq_ticket_offering_id_day_number": {"number": 1},
    "uq_ticket_once": {"once": "first"},
    "ck_ticket_state_is_known": {"state": NONE_OF_THEM},
    "ck_ticket_number_is_positive": {"number": 0},
    "ck_ticket_calls_are_counted": {"calls": -1, "state": "waiting"},
    "ck_ticket_called_has_its_instant": {"called_at": None},
    "ck_ticket_ended_has_its_instant": {"ended_at": ONE},
    "ck_ticket_nobody_is_served_uncalled": {"calls": 0, "called_at": None},
    "uq_access_need_booking_id_kind": {"kind": "dgs"},
    "ck_access_need_kind_is_known": {"kind": NONE_OF_THEM},
    "ck_access_need_state_is_known": {"state": NONE_OF_THEM, "due_at": ONE, "claim_id": None},
    "ck_access_need_a_task_has_its_deadline": {"state": "open", "claim_id": None},
    "ck_access_need_only_what_is_arranged_takes": {"state": "open", "due_at": ONE},
    "ck_access_need_cancelled_says_nothing": {
        "state": "cancelled",
        "due_at": ONE,
        "claim_id": None,
        "words": "x",
    },
    "ck_access_need_words_are_few": {"words": "x" * 301},
    "uq_voice_once": {"once": "first"},
    "uq_voice_reference": {"reference": "AAAAAAAA"},
    "ck_voice_kind_is_known": {"kind": NONE_OF_THEM, "who": "", "topic_id": None},
    "ck_voice_state_is_known": {"state": NONE_OF_THEM},
    "ck_voice_language_is_known": {"language": "fr"},
    "ck_voice_who_is_known": {"who": NONE_OF_THEM},
    "ck_voice_who_is_told_with_an_idea": {"who": ""},
    "ck_voice_topic_is_of_an_idea": {"kind": "barrier", "who": ""},
    "ck_voice_only_ideas_are_invited": {
        "kind": "barrier",
        "who": "",
        "topic_id": None,
        "state": "invited",
        "answer": "x",
        "answered_at": ONE,
    },
    "ck_voice_page_is_a_path_of_a_barrier": {"page": "/de/"},
    "ck_voice_words_are_given": {"words": ""},
    "ck_voice_reference_has_8_characters": {"reference": "BBBBBBB"},
    "ck_voice_answer_has_its_instant": {"answer": "x"},
    "ck_voice_answered_has_its_answer": {"state": "answered"},
    "ck_party_count_people_are_positive": {"people": 0},
    "ck_party_count_category_is_known": {"category": NONE_OF_THEM},
}
"""What is wrong with an otherwise fitting row, by the name of the constraint that refuses it."""

BESIDE: Mapping[str, Mapping[str, Any]] = {
    "fk_occurrence_shared_host_id": {"is_slot": True},
    "fk_occurrence_series_id": {"series_day": DAY},
    "fk_absence_place_id": {"host_id": None},
    "fk_availability_override_place_id": {"host_id": None},
    "fk_availability_rule_place_id": {"host_id": None},
    "fk_need_place_id": {"kind": "room"},
    "fk_need_pool_id": {"kind": "pool"},
    "fk_resource_place_id": {"host_id": None},
    "fk_resource_pool_id": {"host_id": None},
    "fk_resource_occurrence_id": {"host_id": None},
}
"""What else must change so that nothing but the reference is wrong."""

IMPLIED = {"ck_offering_seats_are_positive": {"ck_offering_party_fits_seats"}}
"""A fault that breaks another rule, too: the databases differ in which they name."""

NAMED = {
    str(constraint.name): table.name
    for table in metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint)
}
REFERENCES = {
    str(constraint.name): (table.name, constraint.column_keys[0])
    for table in metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, ForeignKeyConstraint)
}


def refusal(connection, table, row):
    """Return the error of a row, which leaves nothing behind, or None."""
    savepoint = connection.begin_nested()
    try:
        write(connection, table, row)
    except IntegrityError as fault:
        return fault
    finally:
        savepoint.rollback()
    return None


def test_every_check_and_every_unique_constraint_has_its_case():
    assert set(BREAKS) == set(NAMED)


def test_every_table_has_a_row_that_fits(connection):
    for table, row in FURTHER.items():
        write(connection, table, row)

    assert set(FURTHER) == set(metadata.tables)


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_row_with_one_fault_is_refused_by_the_name_of_what_is_wrong(connection, name):
    fault = refusal(connection, NAMED[name], {**FURTHER[NAMED[name]], **BREAKS[name]})

    assert fault is not None, "the row was accepted"
    assert constraint_name(fault) in {name} | IMPLIED.get(name, set())


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_a_reference_to_nothing_is_refused(connection, name):
    table, column = REFERENCES[name]

    fault = refusal(connection, table, {**FURTHER[table], **BESIDE.get(name, {}), column: NOBODY})

    assert fault is not None, "the row was accepted"
    if connection.dialect.name == "postgresql":
        assert constraint_name(fault) == name
    else:
        assert str(fault.orig) == "FOREIGN KEY constraint failed"
        assert constraint_name(fault) is None
