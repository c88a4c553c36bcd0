"""A change that a program sends, through the form of the edit page: refused as there, all of it kept or nothing."""

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from forums.strict import Unprocessable
from forums.typed import posted
from submissions import operations
from submissions.forms import DraftForm, answers_of
from submissions.operations.drafting import LISTS
from submissions.questions.rows import MOST_ROWS
from submissions.serializers.own import OwnInputSerializer
from submissions.views.typed import mine_of, same_answer


class Elsewhere(APIException):
    """Somebody saved a later edition. Both texts are in the answer; nothing was overwritten."""

    status_code = 412

    def __init__(self, why, mine, theirs, edition):
        super().__init__(str(why))
        self.beside = {"edition": edition, "mine": mine, "theirs": theirs}


def save(submission, sent, *, edition, by, at):
    """Keep what was sent on that edition; what the draft says already conflicts with nobody."""
    publish_as = sent.pop("publish_as", None)
    form, named = page_with(submission, sent)
    form.is_valid()
    if wrong := {name: list(map(str, form.errors[name])) for name in named if name in form.errors}:
        raise Unprocessable({_as_sent(form, name): why for name, why in wrong.items()})
    try:
        with transaction.atomic():
            kept = operations.revise(submission, by=by, at=at, edition=edition, **form.changes)
            if publish_as is not None:
                kept = operations.choose_publicity(kept, by=by, at=at, edition=kept.edition, publish_as=publish_as)
    except operations.Conflict as conflict:
        kept = conflict.theirs
        says_it = publish_as in (None, kept.publish_as)
        if not says_it or differing(form, named, kept):
            raise Elsewhere(
                conflict, mine=_mine(sent, publish_as), theirs=_theirs(kept, sent), edition=kept.edition
            ) from None
    kept.call, kept.organisation = submission.call, submission.organisation
    return kept


def differing(form, named, kept) -> list:
    """The named answers to which the draft says something else."""
    saved = answers_of(kept, form.form)
    return [name for name in named if not same_answer(mine_of(form, name), saved.get(name))]


def _mine(sent, publish_as):
    return sent if publish_as is None else {**sent, "publish_as": publish_as}


def _theirs(kept, sent):
    says = OwnInputSerializer(kept).data
    return {name: says[name] for name in (*sent, "publish_as") if name != "answers"} | (
        {"answers": {key: kept.answers.get(key) for key in sent["answers"]}} if "answers" in sent else {}
    )


def page_with(submission, sent):
    """The form of the edit page as a browser would post it now, with what was sent in place; and the names of that."""
    form = DraftForm(submission=submission)
    fields = {question.key: name for name, question in form.questions.items()}
    if unknown := sorted(set(sent.get("answers", {})) - set(fields)):
        raise Unprocessable({f"answers.{key[:80]}": [_("The form of this input has no such question.")] for key in unknown})
    if "text" in sent and "text" not in form.fields:
        raise Unprocessable({"text": [_("The form of this input asks for no free text.")]})
    wanted = {name: value for name, value in sent.items() if name != "answers"}
    wanted |= {fields[key]: value for key, value in sent.get("answers", {}).items()}
    data = QueryDict(mutable=True)
    for name, value in {**form.initial, **wanted}.items():
        if name in form.fields:
            put(data, form, name, value)
    return DraftForm(posted(data), submission=submission), list(wanted)


def put(data, form, name, value):
    """One answer as a browser posts it; an answer of another shape than its question's is refused."""
    shape = shape_of_field(form, name)
    if value not in ("", [], None) and shape_of(value) != shape:
        raise Unprocessable({_as_sent(form, name): [_("This question takes an answer of another kind.")]})
    if shape == "rows":
        put_rows(data, form, name, value or [])
    else:
        data.setlist(name, [str(one) for one in value or []] if shape == "list" else [str(value or "")])


def shape_of_field(form, name) -> str:
    if hasattr(form.fields[name], "columns"):
        return "rows"
    several = name in form.questions and form.questions[name].kind == "several"
    return "list" if several or name in LISTS else "text"


def shape_of(value) -> str:
    if not isinstance(value, list):
        return "text"
    return "rows" if any(isinstance(one, dict) for one in value) else "list"


def put_rows(data, form, name, rows):
    columns = form.fields[name].columns
    if unknown := sorted({key for row in rows for key in row} - set(columns)):
        raise Unprocessable({_as_sent(form, name): [_("There is no such column: %(name)s.") % {"name": unknown[0][:80]}]})
    if len(rows) > MOST_ROWS:
        raise Unprocessable({_as_sent(form, name): [_("A table has at most %(most)d rows.") % {"most": MOST_ROWS}]})
    for column in columns:
        data[f"{name}-0-{column}"] = ""
    for number, row in enumerate(rows):
        for column, cell in row.items():
            data[f"{name}-{number}-{column}"] = cell


def _as_sent(form, name) -> str:
    question = form.questions.get(name)
    return f"answers.{question.key}" if question else name
