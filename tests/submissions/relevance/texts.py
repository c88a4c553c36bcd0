"""The texts of the relevance set, put together and stored in bulk as if they had been published; and its questions."""

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from accreditation.models import Organisation
from forums.words import count
from submissions import publication, receipts
from submissions.models import Attachment, Extract, Passage, PublishedInput, Submission, Version
from submissions.operations.showing_files import pieces
from submissions.search import vector_of
from submissions.search.indexing import WordsOfFiles, passage_vector
from submissions.search.spelling import learn
from tests.factories import NOW, make_call, make_user

HERE = Path(__file__).parent
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")
SHORTEST = 200  # words
IN_A_FILE = 5  # of every fifth text what is particular stands in a file, on its second page
HEAD = re.compile(r"(\d\d)\|(\d+),(\d+)\|([A-Z]{3})\|([^|]+)\|(.+)")


@dataclass(frozen=True)
class Text:
    key: str
    language: str
    organisation: str
    country: str
    objectives: list
    title: str
    text: str
    file: str = ""  # the second page of a file


def texts() -> list:
    return [text for language in LANGUAGES for text in _texts(language)]


def questions() -> list:
    """Triples of language, question, and the keys of the texts that answer it."""
    rows = (line.split("\t") for line in (HERE / "queries.tsv").read_text().splitlines())
    return [(language, asked, set(keys.split(","))) for language, asked, keys in rows]


def _texts(language):
    parts = re.split(r"^# \w+$", (HERE / f"{language}.txt").read_text(), flags=re.MULTILINE)
    objectives = dict(line.split(": ", 1) for line in parts[1].strip().splitlines())
    general = [line.split(": ", 1)[1] for line in parts[2].strip().splitlines()]
    lines = parts[3].strip().splitlines()
    for head, own in zip(lines[::2], lines[1::2], strict=True):
        number, first, second, country, organisation, title = HEAD.fullmatch(head).groups()
        is_in_file = int(number) % IN_A_FILE == 0
        paragraphs = [] if is_in_file else [own]
        paragraphs += [objectives[first], objectives[second]]
        place = int(number)
        while count("\n".join(paragraphs), language) < SHORTEST or len(paragraphs) < 5:
            paragraphs.append(general[place % len(general)])
            place += 1
        yield Text(
            f"{language}-{number}",
            language,
            organisation,
            country,
            [int(first), int(second)],
            title,
            "\n\n".join(paragraphs),
            own if is_in_file else "",
        )


def store() -> dict:
    """Publish all texts without a walk through the desk; returns the key of each by its reference."""
    call, person, keys = make_call(), make_user(), {}
    everything = texts()
    bodies = {one.key: _organisation(one) for one in everything}
    Organisation.objects.bulk_create(bodies.values())
    made = []
    for place, one in enumerate(everything, start=1):
        submission = _submission(one, place, call, bodies[one.key], person)
        made.append((one, submission, _version(one, submission, place, person)))
        keys[submission.reference] = one.key
    Submission.objects.bulk_create([submission for _one, submission, _version in made])
    Version.objects.bulk_create([version for _one, _submission, version in made])
    _store_files([(one, submission) for one, submission, _version in made if one.file])
    PublishedInput.objects.bulk_create([_published(*each, place=place) for place, each in enumerate(made)])
    learn([(one.language, f"{one.title} {one.text} {one.file} {one.organisation}") for one in everything])
    return keys


def _organisation(one):
    return Organisation(
        name=one.organisation,
        slug=f"body-{one.key}",
        kind="civil_society",
        country_id="KEN",
        made_at=NOW,
    )


def _submission(one, place, call, organisation, person):
    return Submission(
        reference=f"IMRF-2026-I-{place:05}",
        call=call,
        organisation=organisation,
        status="published",
        title=one.title,
        summary="",
        text=one.text,
        language=one.language,
        level="national",
        saved_at=NOW,
        begun_at=NOW,
        begun_by=person,
        received_at=NOW,
    )


def _version(one, submission, place, person):
    chosen = {"countries": [], "regions": [], "objectives": one.objectives, "principles": []}
    content = receipts.content_of(submission, reference=submission.reference, number=1, sent_at=NOW, chosen=chosen, files=[])
    return Version(
        submission=submission,
        number=1,
        content=content,
        sha256=receipts.fingerprint(content),
        sent_at=NOW,
        sent_by=person,
        words=count(one.text, one.language),
        forum=submission.call.forum,
        place=place,
        link=f"{place:064}",
    )


def _store_files(written):
    files = [
        Attachment(
            pk=uuid.uuid4(),
            submission=submission,
            name="report.pdf",
            file=f"attachments/{submission.pk}",
            size=1,
            media_type="application/pdf",
            sha256="0" * 64,
            language=one.language,
            pages=2,
            verdict="clean",
            reading="read",
            added_at=NOW,
        )
        for one, submission in written
    ]
    Attachment.objects.bulk_create(files)
    extracts = [Extract(attachment=file, sha256=file.sha256, read_at=NOW, pages=2) for file in files]
    Extract.objects.bulk_create(extracts)
    Passage.objects.bulk_create(
        [
            Passage(
                submission=submission,
                extract=extract,
                page=2,
                place=place,
                language=one.language,
                text=piece,
                vector=passage_vector(piece, one.language),
            )
            for (one, submission), extract in zip(written, extracts, strict=True)
            for place, piece in enumerate(pieces(one.file), start=1)
        ]
    )


def _published(one, submission, version, *, place):
    words = publication.public_words(version.content)
    columns = publication.sent_columns(submission, version) | {
        "forum": submission.call.forum,
        "organisation": submission.organisation,
        "organisation_name": one.organisation,
        "organisation_slug": submission.organisation.slug,
        "organisation_language": one.language,
        "kind": "civil_society",
    }
    vector = vector_of(words, one.organisation)
    return PublishedInput(
        submission=submission,
        **columns,
        visible_at=NOW - timedelta(minutes=place),
        changed_at=NOW,
        vector=vector + WordsOfFiles(submission.pk) if one.file else vector,
    )
