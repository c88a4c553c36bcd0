"""A box that is written without Django's detours is the box that Django writes, and nothing of a person is kept with it."""

import pytest
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from imrf_portal import written_boxes
from imrf_portal.form_rendering import Frame, choices, frame_of
from imrf_portal.written_boxes import written_box

HOSTILE = '"><script>&\u202e</script>'
FEW = [("", "—"), ("a", "A & B"), ("b", gettext_lazy("Files")), ("c", HOSTILE)]
LANGUAGES = ["en", "ar", "fr"]


class Everything(forms.Form):
    same_for_everybody = True

    line = forms.CharField(required=False, help_text="Say it", max_length=9)
    address = forms.EmailField(widget=forms.EmailInput(attrs={"aria-describedby": "other", "id": "own", "size": 4}))
    place = forms.URLField(required=False, disabled=True, assume_scheme="https")
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), help_text="<p>x</p>")
    one = forms.ChoiceField(choices=FEW, widget=forms.RadioSelect, help_text="One")
    opens = forms.ChoiceField(choices=FEW, help_text="Open it")
    several = forms.MultipleChoiceField(choices=FEW, widget=forms.CheckboxSelectMultiple(attrs={"data-most": 2}))
    disabled = forms.ChoiceField(choices=FEW, widget=forms.RadioSelect, disabled=True)


ANSWERS = [
    {},
    dict.fromkeys(Everything.base_fields, HOSTILE),
    {"line": 0, "text": "\n\nx", "one": "a", "opens": "b", "several": ["b", "c"], "disabled": "a", "place": "x"},
    {"line": mark_safe("<i>"), "one": None, "opens": 7, "several": [], "address": "a@b.org"},
]


def as_django(bound):
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return choices(option.data for option in bound.subwidgets)
    return bound.as_widget()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answers", ANSWERS)
@pytest.mark.parametrize("more", [{}, {"prefix": "public"}, {"auto_id": False}, {"use_required_attribute": False}])
def test_every_box_is_as_django_writes_it(answers, more, language):
    with override(language):
        form = Everything(initial=answers, **more)
        for name in form.fields:
            for _ in range(2):
                assert written_box(form[name], str(form[name].help_text)) == as_django(form[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_posted_is_shown_as_django_shows_it(language):
    posted = {"line": HOSTILE, "address": "a@b.org", "text": "T", "one": "b", "opens": "a", "several": ["a"]}
    with override(language):
        form = Everything(posted)
        shown = [bound for bound in form if not bound.errors]
        assert len(shown) > 5
        for bound in shown:
            assert written_box(bound, str(bound.help_text)) == as_django(bound), bound.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_frame_says_what_the_field_says(language):
    with override(language):
        for form in (Everything(), Everything({"line": "too long for it"})):
            for bound in form:
                frame = frame_of(bound)
                assert isinstance(frame, Frame)
                assert (frame.errors, frame.auto_id) == (str(bound.errors) if bound.errors else "", bound.auto_id)
                assert (frame.id_for_label, frame.widget_type) == (bound.id_for_label, bound.widget_type)
                assert (frame.is_hidden, frame.use_fieldset) == (bound.is_hidden, bound.use_fieldset)


@pytest.fixture
def kept():
    written_boxes._written.cache_clear()
    yield written_boxes._written.cache_info
    written_boxes._written.cache_clear()


def box(form, name):
    return written_box(form[name], str(form[name].help_text))


def test_what_somebody_chose_is_kept_nowhere(kept):
    boxes = {box(Everything(initial={"one": chosen}), "one") for chosen in ("a", "b", "c", "", None, "unknown")}
    assert len(boxes) == 5
    assert kept().currsize == 1


def test_another_list_another_name_another_language_are_written_anew(kept):
    form = Everything()
    before = box(form, "one")
    form.fields["one"].choices = [("a", "Another")]
    assert "Another" in box(form, "one")
    assert box(Everything(prefix="x"), "one") != before
    with override("ar"):
        assert box(Everything(), "one") != before
    assert kept().currsize == 4
    assert box(Everything(), "one") == before


class Own(Everything):
    same_for_everybody = False


class Rows(forms.Form):
    same_for_everybody = True
    whose = forms.ModelChoiceField(queryset=None, widget=forms.RadioSelect)


def test_no_list_is_kept_of_a_form_that_does_not_say_so_and_none_of_rows(kept):
    assert box(Own(), "one") is None
    form = Rows()
    form.fields["whose"].choices = [("1", "Harbour Light")]
    assert box(form, "whose") is None
    assert kept().currsize == 0


@pytest.mark.parametrize(
    "offered",
    [
        [("Group", [("a", "A")])],
        [("a", mark_safe("<bdi>A</bdi>"))],
        [(7, 7000)],
        [("a", "A"), ("a", "twice")],
        [(str(number), "x") for number in range(written_boxes.LONGEST + 1)],
    ],
)
def test_groups_html_numbers_and_long_lists_are_left_to_django(offered):
    form = Everything()
    form.fields["one"].choices = offered
    assert box(form, "one") is None


def test_another_kind_of_box_is_left_to_django():
    class Special(forms.TextInput):
        template_name = "special.html"

    class Asking(forms.Form):
        words = forms.CharField(widget=Special)
        number = forms.DecimalField(localize=True)
        secret = forms.CharField(show_hidden_initial=True)

    assert [box(Asking(), name) for name in Asking.base_fields] == [None, None, None]
