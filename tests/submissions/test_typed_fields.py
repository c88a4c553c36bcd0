"""Each page has fields of its own; what it does to them no other page sees (submissions/typed_fields.py)."""

import pytest
from django import forms

from forums.models import Forum
from submissions.forms import DeclarationForm, DraftForm, PublicityForm, StartForm
from submissions.forms.lists import Asked
from submissions.typed_fields import Ticks, _Fields, for_each_page


@for_each_page
class Asking(forms.Form):
    words = forms.CharField(max_length=5, widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "Say it"})
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    some = Ticks(in_groups=True, required=False)


def facts(field):
    return {
        "words": (field.label, field.help_text, field.required, field.disabled, getattr(field, "seen_by", "")),
        "attrs": dict(field.widget.attrs),
        "messages": dict(field.error_messages),
        "validators": list(field.validators),
        "choices": list(getattr(field, "choices", ())),
        "offered": list(getattr(field.widget, "choices", ())),
    }


def change(form):
    for field in form.fields.values():
        field.label, field.help_text, field.required, field.disabled, field.seen_by = "L", "H", False, True, "public"
        field.widget.attrs |= {"data-most": 3, "rows": 99}
        field.error_messages["required"] = "Other"
        field.validators.append(print)
    form.fields["one"].choices = [("c", "C")]
    form.fields["some"].choices = Asked(lambda: [("x", "X")])
    del form.fields["words"]


def test_what_one_page_does_to_its_fields_no_other_sees():
    before = {name: facts(field) for name, field in Asking().fields.items()}
    changed = Asking()
    change(changed)
    assert facts(changed.fields["one"]) != before["one"]
    assert {name: facts(field) for name, field in Asking().fields.items()} == before
    assert {name: facts(field) for name, field in Asking.base_fields.items()} == before


def test_a_field_is_what_django_would_have_copied():
    plain = type("Plain", (forms.Form,), dict(Asking.base_fields))
    for name, field in Asking().fields.items():
        assert facts(field) == facts(plain().fields[name])
        assert type(field) is type(plain().fields[name])
        assert vars(field).keys() == vars(plain().fields[name]).keys()
    posted = {"words": "too long", "one": "z"}
    assert Asking(posted).errors == plain(posted).errors
    assert Asking({"words": "ok", "one": "a"}).is_valid()


@pytest.mark.parametrize("form", [DraftForm, StartForm, DeclarationForm, PublicityForm])
def test_forms_of_sending_are_copied_so(form):
    assert type(form.base_fields) is _Fields


@pytest.mark.parametrize(
    "field",
    [
        forms.ModelChoiceField(queryset=Forum.objects.all()),
        forms.SplitDateTimeField(),
        forms.CharField(widget=forms.MultiWidget(widgets=[forms.TextInput])),
    ],
)
def test_what_holds_more_is_refused(field):
    with pytest.raises(TypeError, match="has more in it"):
        for_each_page(type("Other", (forms.Form,), {"field": field}))
