"""Answers as people read them: prose as safe HTML, choices in words, tables as tables. Of a draft, or as they were sent."""

from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format

from submissions.markup import as_typed, html_of
from submissions.questions.asking import form_of
from submissions.questions.conditions import fitting, shown
from submissions.questions.lacking import prose_of


@dataclass(frozen=True)
class Answer:
    """One answer for a page; of `html`, `words` and `rows` the one that its kind has."""

    label: str
    public: bool
    key: str = ""
    section: str = ""
    plain: str = ""  # the same without marks of a page, for a text file and for comparing
    html: str = ""  # prose of its author
    words: tuple = ()  # what was chosen, or a number or day in the reader's language
    columns: tuple = ()
    rows: tuple = ()

    def __bool__(self):
        return bool(self.html or self.words or self.rows)


def shown_answer(question, answer) -> Answer:
    """The answer of a draft to this question; empty where there is none that fits."""
    return _shown(question, fitting(question, answer), label=question.label, public=question.is_public, key=question.key)


def answers_shown(submission) -> list[Answer]:
    """The answers of a draft as it stands: what is asked of its author, and answered."""
    form = form_of(submission.form_version_id)
    asked = shown(form, submission.answers) if form else ()
    return [answer for q in asked if (answer := shown_answer(q, submission.answers.get(q.key)))]


def sent_answers(content) -> list[Answer]:
    """The answers in a content, in the order of its form, with its questions in the reader's language.

    Shows all that the content holds: of what is public, publication.py gives one without the answers for the desk.
    """
    form = form_of(content["form"]["id"]) if content.get("form") else None
    found = []
    for one in content.get("answers", []):
        question = form.by_key.get(one["key"]) if form else None
        label = question.label if question else one["question"]
        if one.get("as_text"):  # redacted as a whole
            section, words = question.section_title if question else "", one["answer"]
            told = {"label": label, "public": one["seen_by"] == "public", "key": one["key"], "section": section}
            found.append(Answer(**told, plain=words, html=as_typed(words)))
            continue
        found.append(_shown(question, one["answer"], label=label, public=one["seen_by"] == "public", key=one["key"]))
    return found


def in_sections(answers) -> list:
    """Pairs of a section's title and its answers, in their order."""
    sections = []
    for answer in answers:
        if not sections or sections[-1][0] != answer.section:
            sections.append((answer.section, []))
        sections[-1][1].append(answer)
    return sections


def _shown(question, answer, *, label, public, key) -> Answer:
    section = question.section_title if question else ""
    given = {"label": label, "public": public, "section": section, "key": key}
    if answer is None:
        return Answer(**given)
    if question is None:  # a content that came from elsewhere: its own words must do
        plain = prose_of(answer) or "\n".join(map(str, answer))
        return Answer(**given, plain=plain, html=as_typed(plain))
    kind, known = question.kind, question.words_of
    if kind == "table":
        rows = tuple(tuple(row.get(key, "") for key in known) for row in answer)
        plain = "\n".join(_in_line(known, row) for row in answer)
        return Answer(**given, plain=plain, columns=tuple(known.values()), rows=rows)
    if kind in ("long", "short"):
        return Answer(**given, plain=answer, html=html_of(answer) if kind == "long" else as_typed(answer))
    chosen = answer if isinstance(answer, list) else [answer]
    in_words = {"number": _number, "date": _day}.get(kind, lambda key: str(known.get(key, key)))
    words = tuple(in_words(one) for one in chosen)
    return Answer(**given, plain="\n".join(words), words=words)


def _in_line(columns, row) -> str:
    return "– " + "; ".join(f"{name}: {row[key]}" for key, name in columns.items() if row.get(key))


def _day(answer) -> str:
    day = parse_date(answer)
    return date_format(day, "DATE_FORMAT") if day else answer


def _number(answer) -> str:
    return number_format(answer, use_l10n=True, force_grouping=True)
