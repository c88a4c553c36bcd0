"""Many published inputs for measuring, by recombining the invented texts; inserted in bulk, as complete as the others."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from django.db import connection
from django.db.models import F

from forums.models import Country, Forum, Objective, Region
from imrf_portal.demo.reading import Entry, entries
from submissions import publication, receipts, words
from submissions.models import PublishedInput, SearchedNames, Submission, SubmissionStep, Version
from submissions.search import vector_of
from submissions.search.names import names_of

Status = Submission.Status
BATCH = 500
WORDS = 300
PATH = (Status.DRAFT, Status.SUBMITTED, Status.UNDER_REVIEW, Status.ACCEPTED, Status.PUBLISHED)
LISTS = {"countries": Country, "regions": Region, "objectives": Objective}
NOTE = "Made in bulk for measuring."


def add_crowd(forum, *, size, at, seed):
    """Add published inputs to the demonstration until there are so many; returns how many were added."""
    missing = size - PublishedInput.objects.filter(forum=forum, taken_down_at__isnull=True).count()
    crowd = Crowd(forum, at, Random(f"{seed}-{size}"))  # noqa: S311 - no secret
    for done in range(0, missing, BATCH):
        crowd.add(min(BATCH, missing - done))
    if missing > 0:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner knows of so many new rows only once it was told
    return max(0, missing)


class Crowd:
    """The texts by language, and the columns that are the same for all inputs of an organisation."""

    def __init__(self, forum, at, chance):
        self.forum, self.at, self.chance = forum, at, chance
        self.call = forum.calls.get(slug="stakeholder-inputs")
        self.sources = [entry for entry in entries() if entry.status == "published"]
        self.paragraphs = {}
        for entry in self.sources:
            self.paragraphs.setdefault(entry.language, []).extend(entry.text.split("\n\n"))
        first = Submission.objects.filter(call__forum=forum).select_related("organisation")
        self.speakers = {one.organisation.slug: (one.organisation, one.begun_by_id) for one in first}
        self.named, self.called = {}, {}

    def add(self, count):
        """Insert so many, their references taken together from the counter of the forum."""
        counters = {name: F(name) + count for name in ("last_input_number", "last_version_number")}
        Forum.objects.filter(pk=self.forum.pk).update(**counters)
        self.forum.refresh_from_db(fields=counters)
        last = self.forum.last_input_number
        made = [self._make(number) for number in range(last - count + 1, last + 1)]
        Submission.objects.bulk_create([submission for submission, _entry, _version in made])
        for name, model in LISTS.items():
            through, column = getattr(Submission, name).through, f"{model._meta.model_name}_id"
            links = [(one.pk, key) for one, entry, _version in made for key in getattr(entry, name)]
            through.objects.bulk_create([through(submission_id=pk, **{column: key}) for pk, key in links])
        self._link([version for _submission, _entry, version in made])
        Version.objects.bulk_create([version for _submission, _entry, version in made])
        SubmissionStep.objects.bulk_create([step for one, _entry, _version in made for step in self._steps(one)])
        PublishedInput.objects.bulk_create([self._published(*one) for one in made])
        named = [(one.pk, self._names(one.organisation_id)) for one, _entry, _version in made]
        SearchedNames.objects.bulk_create([SearchedNames(submission_id=pk, names=names, due=False) for pk, names in named])

    def _link(self, versions):
        """Put the versions into the chain of the forum, behind what it holds."""
        place = self.forum.last_version_number - len(versions)
        before = Version.objects.filter(forum=self.forum, place=place).values_list("link", flat=True).first()
        for version in versions:
            place += 1
            before = receipts.link_of(before or receipts.FIRST_LINK, version.sha256)
            version.forum, version.place, version.link = self.forum, place, before

    def _make(self, number):
        entry = self._entry(number)
        organisation, person = self.speakers[entry.organisation]
        sent_at = self.call.opens_at + (self.at - self.call.opens_at - timedelta(days=3)) * self.chance.random()
        submission = Submission(
            reference=f"IMRF-{self.forum.series}-I-{number:05}",
            call=self.call,
            organisation=organisation,
            status=Status.PUBLISHED,
            title=entry.title,
            summary=entry.summary,
            text=entry.text,
            language=entry.language,
            level=entry.level,
            saved_at=sent_at,
            begun_at=sent_at,
            begun_by_id=person,
            received_at=sent_at,
        )
        chosen = {name: getattr(entry, name) for name in LISTS} | {"principles": []}
        content = receipts.content_of(
            submission, reference=submission.reference, number=1, sent_at=sent_at, chosen=chosen, files=[]
        )
        version = Version(
            submission=submission,
            number=1,
            content=content,
            sha256=receipts.fingerprint(content),
            sent_at=sent_at,
            sent_by_id=person,
            words=words.count(entry.text, entry.language),
        )
        return submission, entry, version

    def _entry(self, number) -> Entry:
        """The particulars of one invented input with the paragraphs of several in its language."""
        entry, text, count = self.chance.choice(self.sources), [], 0
        while count < WORDS:
            text.append(self.chance.choice(self.paragraphs[entry.language]))
            count += words.count(text[-1], entry.language)
        return replace(entry, title=f"{entry.title} ({number})", text="\n\n".join(text))

    def _steps(self, submission):
        times = [submission.received_at + timedelta(days=days) for days in (0, 1, 2, 2.5)]
        return [
            SubmissionStep(submission=submission, was=was, became=became, at=at, announced_at=at, note=NOTE)
            for was, became, at in zip(PATH, PATH[1:], times, strict=False)
        ]

    def _published(self, submission, entry, version):
        columns = publication.sent_columns(submission, version) | self._standing(submission, entry.objectives)
        visible_at = submission.received_at + timedelta(days=2.5)  # as its last step says
        return PublishedInput(
            submission=submission,
            **columns,
            visible_at=visible_at,
            changed_at=self.at,
            vector=vector_of(
                publication.public_words(version.content),
                columns["organisation_name"],
                names=self._names(submission.organisation_id),
            ),
        )

    def _names(self, organisation):
        if organisation not in self.called:
            self.called[organisation] = names_of([organisation])
        return self.called[organisation]

    def _standing(self, submission, objectives):
        key = (submission.organisation_id, objectives)
        if key not in self.named:
            self.named[key] = publication.standing_columns(submission, objectives)
        return self.named[key]
