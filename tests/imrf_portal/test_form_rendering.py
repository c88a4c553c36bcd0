"""Widgets written without their templates are what Django's templates write, and what is kept of a form is nobody's."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from imrf_portal import form_rendering
from imrf_portal.form_rendering import Frame, Renderer, frame_of
from imrf_portal.written_widgets import BOXES, WRITTEN, choices
from submissions import checklists
from submissions.checklists import Checklist, _with_words, written
from submissions.forms.lists import Asked

HOSTILE = '"><script>&\u202e</script>\n\n'
VALUES = [None, "", "plain", HOSTILE, mark_safe("<i>safe</i>"), 0, 1250000, 12.5, True, gettext_lazy("Yes"), ("a", 1)]
ATTRS = [
    {},
    {"id": "id_one", "required": True, "disabled": False, "aria-describedby": "a b", "maxlength": 300},
    {"data-x": HOSTILE, "size": 2, "title": mark_safe("&amp;"), "lang": gettext_lazy("English"), "rows": None},
]
AFRICA = ("Africa <&>", [("KEN", "Kenya"), ("CIV", "Côte d'Ivoire")])
GROUPED = [("", "—"), AFRICA, ("x", "X & Y"), (7, 7000), (None, "none")]
TEMPLATES = [*(f"django/forms/widgets/{box}.html" for box in BOXES), "django/forms/widgets/textarea.html"]


def as_django(name, widget):
    return TemplatesSetting().render(name, {"widget": widget})


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("attrs", ATTRS)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_box_is_as_django_writes_it(name, attrs, language):
    with override(language):
        for value in VALUES:
            widget = {"type": "text", "name": "na<m>e", "value": value, "attrs": attrs}
            assert WRITTEN[name](widget) == as_django(name, widget), value


@pytest.mark.parametrize("value", ["", "KEN", "x", "7", "nothing"])
@pytest.mark.parametrize("attrs", ATTRS)
def test_a_list_that_opens_is_as_django_writes_it(value, attrs):
    widget = forms.Select(choices=GROUPED).get_context("one", value, attrs)["widget"]
    assert WRITTEN[widget["template_name"]](widget) == as_django(widget["template_name"], widget)


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_the_boxes_of_a_list_are_as_django_writes_them(kind):
    widget = kind(choices=GROUPED, attrs={"data-most": 5})
    options = list(widget.subwidgets("one", ["KEN"], {"id": "id_one"}))
    boxes = [as_django(option["template_name"], {**option, "wrap_label": False}) for option in options]
    lines = [
        f'\n<label class="choice" for="{option["attrs"]["id"]}">{box} <span>{escape(option["label"])}</span></label>'
        for option, box in zip(options, boxes, strict=True)
    ]
    assert choices(options) == "".join(lines)


def test_no_widget_of_django_is_written_that_has_another_template():
    """An upgrade that changes one of these templates is seen here or above."""
    plain = TemplatesSetting().get_template("django/forms/widgets/input.html").template.source
    for box in BOXES[1:]:
        source = TemplatesSetting().get_template(f"django/forms/widgets/{box}.html").template.source
        assert source.strip() == '{% include "django/forms/widgets/input.html" %}', box
    assert plain.count("{%") == 3


class Asking(forms.Form):
    same_for_everybody = True
    words = forms.CharField(label="Your <words>", help_text="<p>Say it</p>", required=False)
    which = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


class Private(Asking):
    same_for_everybody = False


@pytest.fixture
def made(monkeypatch):
    """The frames that were written anew."""
    frames = []

    def note(frame):
        frames.append(frame)
        return _around(frame)

    _around = form_rendering.around
    monkeypatch.setattr(form_rendering, "around", note)
    form_rendering.kept.cache_clear()
    yield frames
    form_rendering.kept.cache_clear()


def test_what_stands_around_a_box_is_written_once_and_holds_nothing_of_anybody():
    form_rendering.kept.cache_clear()
    one, other = Asking({"words": "secret <one>", "which": "a"}), Asking({"words": "another", "which": "b"})
    first, second = one["words"].as_field_group(), other["words"].as_field_group()
    assert "secret &lt;one&gt;" in first
    assert first.replace("secret &lt;one&gt;", "another") == second
    one["which"].as_field_group()
    assert form_rendering.kept.cache_info().currsize == 2
    for frame in (frame_of(one["words"]), frame_of(one["which"])):
        assert "secret" not in "".join(map(str, (*vars(frame).values(), *form_rendering.kept(frame))))


@pytest.mark.parametrize(
    ("form", "answers"), [(Private, {"words": "w", "which": "a"}), (Asking, {"words": "w", "which": "z<"})]
)
def test_nothing_is_kept_of_a_form_that_does_not_say_so_and_of_what_was_wrong(form, answers, made):
    bound = form(answers)
    assert str(bound["which"].as_field_group()) == str(bound["which"].as_field_group())
    assert [frame.auto_id for frame in made] == ["id_which", "id_which"]
    assert form_rendering.kept.cache_info().currsize == 0


def test_another_word_another_language_and_another_limit_are_another_frame():
    form = Asking()
    before = frame_of(form["words"])
    form.fields["words"].widget.attrs["data-words-limit"] = 100
    with override("ar"):
        assert len({before, frame_of(form["words"]), frame_of(Asking()["words"])}) == 3


def test_the_template_of_a_field_is_given_its_frame_alone(monkeypatch):
    seen = []
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda _self, context: seen.append(context) or "")
    form_rendering.around(frame_of(Asking()["words"]))
    assert [list(context) for context in seen] == [["field"]]
    assert isinstance(seen[0]["field"], Frame)


# Long lists -------------------------------------------------------------------------------------------------------

COUNTRIES = [AFRICA, ("Asia", [("NPL", "Nepal")])]


class Listing(forms.Form):
    countries = forms.MultipleChoiceField(choices=COUNTRIES, required=False, widget=Checklist(attrs={"data-most": 3}))


def test_each_box_of_a_long_list_is_as_django_writes_it():
    plain = forms.CheckboxSelectMultiple(attrs={"data-most": 3}, choices=COUNTRIES)
    page = str(Listing({"countries": ["CIV"]})["countries"])
    for option in plain.options("countries", ["CIV"], {"id": "id_countries"}):
        assert as_django("django/forms/widgets/input.html", option) in page
    assert page.count('<input type="checkbox"') == 3
    assert "<summary>Africa &lt;&amp;&gt;</summary>" in page
    assert page.count("<details open>") == page.count(" checked>") == 1
    assert "<li><bdi>Côte d&#x27;Ivoire</bdi></li>" in page


def test_a_long_list_is_written_once_until_a_name_in_it_changes():
    written.cache_clear()
    for ticked in (["CIV"], ["NPL"], []):
        str(Listing({"countries": ticked})["countries"])
    assert written.cache_info().misses == 1
    form = Listing({"countries": ["NPL"]})
    form.fields["countries"].choices = [("Asia", [("NPL", "Népal")])]
    assert "Népal" in str(form["countries"])
    assert "Nepal" not in str(form["countries"])


def test_a_long_list_that_lies_in_memory_is_looked_through_once_until_another_lies_there(monkeypatch):
    looked = []
    monkeypatch.setattr(checklists, "_with_words", lambda choices: looked.append(1) or _with_words(choices))
    monkeypatch.setattr(checklists, "_last", {})
    lists = {"en": [("Asia", [("NPL", "Nepal")])], "fr": [("Asie", [("NPL", "Népal")])]}

    def page(language, ticked=()):
        form = Listing(initial={"countries": ticked})
        form.fields["countries"].choices = Asked(lambda: lists[language])
        with override(language):
            return str(form["countries"])

    for language, words in (("en", "Nepal"), ("fr", "Népal"), ("en", "Nepal"), ("fr", "Népal")):
        assert words in page(language)
    assert len(looked) == 2
    assert "checked" in page("en", ["NPL"])
    assert "checked" not in page("en")
    lists["en"] = [("Asia", [("NPL", "Nepal (renamed)")])]
    assert "Nepal (renamed)" in page("en")
    assert len(looked) == 3


def test_the_portal_writes_its_forms_so():
    assert isinstance(Asking().renderer, Renderer)
