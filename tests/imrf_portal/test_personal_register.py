"""Every table and every column that can hold a person has its fate written down; a forgotten one turns this red."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accreditation.personal.parts import IMPERSONAL, PARTS

MODELS = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy
}


def points_to_a_person(field):
    return field.is_relation and field.related_model is get_user_model()


def holds_words(field):
    """Columns into which a name or an address may be typed; a choice from a list is none."""
    if isinstance(field, ArrayField):
        return holds_words(field.base_field)
    words = isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
    return words and not field.choices


def could_hold_a_person(model):
    return [field for field in model._meta.concrete_fields if points_to_a_person(field) or holds_words(field)]


def forgotten(model):
    """The columns of a registered table without a fate; of an unregistered or impersonal one those that name somebody."""
    label = model._meta.label
    if label in PARTS:
        return [field.name for field in could_hold_a_person(model) if not PARTS[label].covers(field.name)]
    named = (points_to_a_person, lambda field: isinstance(field, models.EmailField))
    if label in IMPERSONAL:
        return [field.name for field in model._meta.concrete_fields if any(ask(field) for ask in named)]
    return [label]


@pytest.mark.parametrize("label", MODELS)
def test_every_column_that_could_hold_a_person_has_its_fate(label):
    assert forgotten(MODELS[label]) == []


def test_no_fate_is_of_a_table_or_column_that_is_not_there():
    assert set(PARTS) | set(IMPERSONAL) <= set(MODELS)
    assert not set(PARTS) & set(IMPERSONAL)
    for part in PARTS.values():
        there = {field.name for field in part.model._meta.get_fields()}
        named = {*part.shown, *part.replaced, *part.kept, *part.words, *part.machine_words, *part.secret}
        assert named <= there, part.label


def test_every_history_is_passed_by_erasure_through_its_trigger_or_has_nothing_of_people():
    histories = {label for label, model in MODELS.items() if hasattr(model, "pgh_label")}
    stripped = {label for label in histories & set(PARTS) if PARTS[label].replaced or PARTS[label].words_searched}
    assert {label for label in stripped if not PARTS[label].append_only} == set()
    assert {"accreditation.UserHistory", "accreditation.MembershipHistory", "submissions.SubmissionHistory"} <= stripped


def test_no_archive_shows_with_what_one_signs_in():
    for part in PARTS.values():
        shown = set(part.shown)
        assert not shown & {"password", "secret", "token", "token_secret", "fingerprint", "session_data", "key"}, part.label
    assert "data" not in PARTS["mfa.Authenticator"].shown


def test_control_a_table_or_column_without_a_fate_is_found(monkeypatch):
    monkeypatch.delitem(PARTS, "accreditation.Registration")
    assert forgotten(MODELS["accreditation.Registration"]) == ["accreditation.Registration"]
    monkeypatch.setitem(IMPERSONAL, "accreditation.Registration", "nothing")
    assert {"email", "registered_by", "cancelled_by"} <= set(forgotten(MODELS["accreditation.Registration"]))


def test_control_a_new_column_is_found(monkeypatch):
    part = PARTS["submissions.Note"]
    monkeypatch.setitem(PARTS, part.label, type(part)(part.label, part.of))
    assert forgotten(MODELS["submissions.Note"]) == ["by", "text"]
