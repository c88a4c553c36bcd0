"""All answers of a draft. It may be saved incomplete: only shapes are refused here, and nothing typed is lost."""

import re

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from forums.models.call import Level
from submissions.forms.lists import Listed, show_lists
from submissions.operations.drafting import LISTS, PLAIN
from submissions.operations.reopened import opened
from submissions.parts import QUESTION
from submissions.questions.asking import form_of
from submissions.questions.conditions import fitting
from submissions.questions.fields import empty_of, field_of, initial_of
from submissions.typed_fields import Line, Text, for_each_page

LONGEST_TITLE = 300
LONGEST_SUMMARY = 5_000
LONGEST_TEXT = 200_000
IS_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@for_each_page
class DraftForm(forms.Form):
    """All answers of an input. Bound to what was posted it tells `changes`: every answer that has a storable shape."""

    same_for_everybody = True  # what stands around its boxes: see imrf_portal/form_rendering.py

    title = Line(
        label=_("Title"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("As it should stand in the list of inputs and be cited. Example: “Consular help for seasonal workers”."),
    )
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=Level.choices,
        widget=forms.RadioSelect,
        help_text=_("Where what you write about takes place."),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        required=False,
        choices=[("", _("Choose a language")), *settings.LANGUAGES],
        help_text=_("Any of the six official languages of the United Nations. The input is published in this language."),
    )
    objectives = Listed(label=_("Objectives of the Global Compact it speaks to"), required=False, in_groups=True)
    principles = Listed(
        label=_("Guiding principles of the Global Compact it is about"),
        required=False,
        in_groups=True,
        help_text=_("Only those that the text says something about, such as human rights or a child-sensitive approach."),
    )
    countries = Listed(
        label=_("Countries or areas it is about"),
        required=False,
        in_groups=True,
        help_text=_("Needed for a local or national input. Open a region and tick."),
    )
    regions = Listed(
        label=_("Regions it is about"),
        required=False,
        help_text=_("Needed for a regional input: the areas of the United Nations regional commissions."),
    )
    summary = Text(
        label=_("Summary"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences for the list of inputs. Without them the list shows how the text begins."),
    )
    text = Text(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_(
            "Facts first: what was done, by whom, since when, and what changed for migrants. "
            "A line that begins with ## is a heading, with - a point of a list; **two stars** make words bold. "
            "Leave an empty line between paragraphs."
        ),
    )
    contact_email = forms.EmailField(
        label=_("Whom may the Network ask about this?"),
        required=False,
        max_length=254,
        help_text=_("An e-mail address, if it is not yours. It is never published."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
    asks = forms.UUIDField(required=False, widget=forms.HiddenInput)  # the form of the page

    ABOUT = ("title", "level", "language", "objectives", "principles", "countries", "regions")
    PUBLIC = (*ABOUT, "summary", "text")
    NEEDED = ("title", "level", "language", "objectives", "text")

    def __init__(self, data=None, *, submission, **kwargs):
        super().__init__(data, initial=None if data is not None else answers_of(submission), **kwargs)
        call, self.submission = submission.call, submission
        self.form = form_shown(data, submission)
        self.questions = {question.field: question for question in self.form.asked} if self.form else {}
        self.fields |= {name: field_of(question, submission.language) for name, question in self.questions.items()}
        if self.form and self.form.text_asked == "none":
            del self.fields["text"]
        self.fields["level"].choices = [
            (code, name) for code, name in Level.choices if code in (call.levels or Level.values)
        ]
        self.fields["objectives"].help_text = format_lazy(_("At most {most}."), most=call.most_objectives)
        self.fields["objectives"].widget.attrs["data-most"] = call.most_objectives
        show_lists(self.fields, submission.chosen_read or {})
        for name in set(self.fields) - set(self.questions):
            field = self.fields[name]
            field.seen_by = "public" if name in self.PUBLIC else "network"
            field.needed_to_send = name in self.NEEDED
        if self.form and "text" in self.fields:
            self.fields["text"].needed_to_send = self.form.text_asked != "optional"
        written = {"dir": "auto", "lang": submission.language or None}
        for name in {"title", "summary", "text"} & set(self.fields):
            self.fields[name].widget.attrs.update({key: value for key, value in written.items() if value})
            self.fields[name].widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted
        if "text" in self.fields:
            self.fields["text"].widget.attrs["data-words-limit"] = call.most_words
        self.opens = opened(submission)  # None: everything
        self.closed = self._closed_by(self.opens)
        for name in self.closed:
            self.fields[name].template_name = "components/_closed_field.html"

    def _closed_by(self, named) -> set:
        """The fields that a question of the desk does not open for a change."""
        if named is None:
            return set()
        keys = {name: f"{QUESTION}{question.key}" for name, question in self.questions.items()}
        return {name for name in self.fields if name not in ("edition", "asks") and keys.get(name, name) not in named}

    @property
    def holds_answers(self) -> bool:
        """Whether the page posted its answers, and not a lone file."""
        return bool({"title", "text", "asks"} & set(self.data))

    @property
    def edition_seen(self) -> int:
        """The edition that the page showed; one that cannot be read counts as older than any."""
        self.is_valid()
        return self.cleaned_data.get("edition") or 0

    @property
    def changes(self) -> dict:
        """Answers to be saved: well formed, and posted at all. A part that the person gave up in a conflict stays away."""
        self.is_valid()
        lists = [name for name in LISTS if name in self.data or name not in self.closed]
        given = [name for name in PLAIN if name in self.data] + lists
        plain = {name: self.cleaned_data[name] for name in given if self._is_taken(name)}
        return plain | ({"answers": self._answers()} if self.questions else {})

    def _is_taken(self, name) -> bool:
        return name in self.cleaned_data and self.data.get(f"take_{name}") != "theirs"

    def _answers(self) -> dict:
        """What was answered to questions of the form, by key; an empty box wipes out no answer that it did not show."""
        taken = {}
        for name, question in self.questions.items():
            if not self._is_taken(name) or not self._was_posted(name, question):
                continue
            answer, kept = self.cleaned_data[name], self.submission.answers.get(question.key)
            if answer or fitting(question, kept) is not None:
                taken[question.key] = answer or empty_of(question)
        return taken

    def _was_posted(self, name, question) -> bool:
        if name in self.closed and name not in self.data:
            return False
        if question.kind == "several":  # a browser says nothing of a list in which nothing is ticked
            return "asks" in self.data
        return not self.fields[name].widget.value_omitted_from_data(self.data, self.files, name)

    @property
    def answer_names(self) -> list:
        """The fields that hold answers, in the order of the page; one that is closed only where it was posted."""
        return [name for name in self.all_names if name not in self.closed or name in self.data]

    @property
    def all_names(self) -> list:
        """The same, whether its author may change them now or not."""
        about, rest = self.ABOUT, [name for name in ("summary", "text", "contact_email") if name in self.fields]
        return [*about, *self.questions, *rest]

    @property
    def sections(self) -> list:
        """The sections of the call's form, each with its questions as bound fields."""
        parts = self.form.parts if self.form else []
        return [{"section": part, "fields": [self[question.field] for question in part.asked]} for part in parts]

    def now_edition(self, submission):
        """The same answers on a newer edition, to be shown again."""
        self.data, self.submission = self.data.copy(), submission
        self.data["edition"] = submission.edition
        return self


def form_shown(data, submission):
    """The form under which a page was filled in: the one that it names, else that of the draft.

    A draft that gets another form while a page of it is open loses nothing of what is typed there.
    """
    named = (data or {}).get("asks", "")
    shown = form_of(named) if IS_KEY.fullmatch(named) else None
    return shown if shown is not None and shown.is_kept else form_of(submission.form_version_id)


def answers_of(submission, form=None) -> dict:
    """The draft's answers as the form's fields hold them; those to the questions of its form, or of another."""
    form = form or form_of(submission.form_version_id)
    plain = {name: getattr(submission, name) for name in (*PLAIN, "edition")}
    plain |= {"asks": form.pk, **initial_of(form, submission.answers)} if form else {"asks": ""}
    chosen = submission.chosen()
    return plain | {name: [str(key) for key in chosen[name]] for name in LISTS}
