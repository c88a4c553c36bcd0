"""The invented inputs, each led to its status by the operations that people use, at moments in the past."""

from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter
from random import Random

from accreditation.models import Organisation, User
from forums.models import Call
from forums.scanning import scanner
from imrf_portal.demo.afterwards import Afterwards
from imrf_portal.demo.files import annex
from imrf_portal.demo.reading import Entry, entries
from submissions import operations
from submissions.models import Review, Submission
from submissions.operations.joining import mark_now
from submissions.operations.submitting import receive

QUESTION = "Please add the last section, which your summary announces."
TAKEN_DOWN = "Taken down at the request of its author while a figure is checked (demonstration)."
REMARK = "Reads well; the figures name their years."
NOTE = "The same network sent an input to the last forum."

PATHS = {
    "draft": [],
    "submitted": ["send"],
    "under_review": ["send", "take_up"],
    "clarification_asked": ["send", "take_up", "ask"],
    "accepted": ["send", "take_up", "accept"],
    "published": ["send", "take_up", "accept", "publish"],
    "not_admissible": ["send", "take_up", "decline"],
    "withdrawn": ["send", "withdraw"],
}
# By number of the file: an answered question (two versions), a withdrawal after publication, a tombstone.
SPECIAL = {
    9: ["send_unfinished", "take_up", "ask_for_end", "send", "take_up", "accept", "publish"],
    26: ["send_unfinished", "take_up", "ask_for_end", "send", "take_up", "accept", "publish"],
    23: ["send", "take_up", "accept", "publish", "withdraw"],
    39: ["send", "take_up", "accept", "publish", "take_down"],
}
# What was sent within the last hours, so that the sweeps have something to tell: hours since the last step.
FRESH = {8: 3.0, 15: 26.0, 24: 5.0, 46: 0.7}
FILES = {6: ["txt"], 8: ["csv"], 15: ["pdf", "csv"], 22: ["pdf"], 31: ["pdf"]}
# Joint inputs, by number: organisations that agreed before it was sent (of a draft: the last one has not answered yet).
JOINT = {10: ["marafi", "sanabel-women", "compass-youth"], 38: ["harbour-light", "open-desk"]}
ON_BEHALF = {10: ["Riverside Tenants' Circle (demonstration)"]}
FILES_IF_SCANNED = {13: ["pdf"], 20: ["csv"], 30: ["pdf"]}


@dataclass
class Walk:
    """One input on its way: what is to be written, by whom, and each step that an entry may take."""

    entry: Entry
    call: Call
    organisation: Organisation
    speaker: User
    reviewer: User
    editor: User
    scanned: bool
    others: list  # pairs of an organisation and who speaks for it
    draft: Submission | None = None

    def begin(self, at):
        entry = self.entry
        draft = operations.start(
            call=self.call, organisation=self.organisation, by=self.speaker, at=at, language=entry.language
        )
        self.draft = operations.revise(
            draft,
            by=self.speaker,
            at=at + timedelta(minutes=40),
            edition=draft.edition,
            title=entry.title,
            summary=entry.summary,
            text=entry.text,
            level=entry.level,
            countries=entry.countries,
            regions=entry.regions,
            objectives=entry.objectives,
            contact_email=self.speaker.email,
            answers=entry.answers,
        )
        self._attach(at)

    def _attach(self, at):
        """Files stay in quarantine without a scanner, so what is published has files only where one answers."""
        number = self.entry.number
        for kind in FILES.get(number, []) + (FILES_IF_SCANNED.get(number, []) if self.scanned else []):
            operations.attach(self.draft, annex(kind, number), by=self.speaker, at=at, language="en")
            if self.scanned:
                operations.scan_waiting(at=at)
                operations.read_waiting(at=at)

    def join(self, at):
        """Ask the other bodies; they agree a little later, in a draft all but the last."""
        asked = [
            (operations.ask_co_sponsor(self.draft, body, by=self.speaker, at=at), speaker) for body, speaker in self.others
        ]
        for name in ON_BEHALF.get(self.entry.number, []):
            operations.name_on_behalf(self.draft, name, by=self.speaker, at=at)
        mark = mark_now(self.fresh())
        for row, speaker in asked if self.entry.status != "draft" else asked[:-1]:
            operations.agree(row, by=speaker, at=at + timedelta(minutes=30), seen=mark)

    def send(self, at):
        if self.entry.is_complete:
            operations.submit(self.draft, by=self.speaker, at=at)
        else:
            receive(Submission.objects.get(pk=self.draft.pk), by=self.speaker, at=at)

    def send_unfinished(self, at):
        whole = self.entry.text
        self._write(whole.rpartition("\n\n#")[0], at)
        self.send(at)

    def ask_for_end(self, at):
        operations.ask_for_clarification(self.fresh(), by=self.reviewer, at=at, question=QUESTION)
        self._write(self.entry.text, at + timedelta(minutes=90))

    def _write(self, text, at):
        kept = self.fresh()
        operations.revise(kept, by=self.speaker, at=at, edition=kept.edition, text=text)

    def take_up(self, at):
        operations.take_up(self.fresh(), by=self.reviewer, at=at)
        ticked = dict.fromkeys(list(Review.QUESTIONS)[:3], True)
        operations.record_review(self.draft, by=self.reviewer, at=at, checklist=ticked)
        if self.entry.status == "under_review":
            operations.add_note(self.draft, by=self.reviewer, at=at, text=NOTE)

    def ask(self, at):
        until = (at + timedelta(days=14)).date()
        opens = ("title", "summary", "text")
        operations.ask_for_clarification(
            self.fresh(), by=self.reviewer, at=at, question=self.entry.note, opens=opens, answer_on=until
        )

    def accept(self, at):
        ticked = dict.fromkeys(Review.QUESTIONS, True)
        operations.record_review(self.draft, by=self.reviewer, at=at, checklist=ticked, remarks=REMARK)
        operations.accept(self.fresh(), by=self.reviewer, at=at)

    def decline(self, at):
        operations.decline(self.fresh(), by=self.reviewer, at=at, reason=self.entry.note)

    def publish(self, at):
        operations.publish(self.fresh(), by=self.editor, at=at)

    def withdraw(self, at):
        operations.withdraw(self.fresh(), by=self.speaker, at=at, reason=self.entry.note)

    def take_down(self, at):
        operations.take_down(self.fresh(), by=self.editor, at=at, reason=TAKEN_DOWN)

    def fresh(self) -> Submission:
        return Submission.objects.select_related("call__forum", "organisation").get(pk=self.draft.pk)


def write_all(forum, cast, *, at, seed=1):
    """Write every input of the folder and lead it to its status and beyond, all in the order of time; returns how many."""
    chance, calls = Random(seed), {call.slug: call for call in forum.calls.all()}  # noqa: S311 - no secret
    scanned, steps, walks, ends = _scanner_answers(), [], {}, {}
    for entry in entries():
        reviewers = cast.desk["reviewer"]
        walk = Walk(
            entry,
            calls[entry.call],
            cast.bodies[entry.organisation],
            cast.speakers[entry.organisation],
            reviewers[entry.number % len(reviewers)],
            cast.desk["editor"][0],
            scanned,
            [(cast.bodies[slug], cast.speakers[slug]) for slug in JOINT.get(entry.number, [])],
        )
        joint = ["join"] if walk.others else []
        path = ["begin", *joint, *(SPECIAL.get(entry.number) or PATHS[entry.status])]
        moments = moments_of(entry, walk.call, len(path), at, chance)
        steps += zip(moments, path, [walk] * len(path), strict=True)
        walks[entry.number], ends[entry.number] = walk, moments[-1]
    steps += Afterwards(forum, cast, walks).steps(ends, at)
    for moment, act, walk in sorted(steps, key=itemgetter(0)):
        getattr(walk, act)(moment)
    return len(entries())


def moments_of(entry, call, steps, at, chance) -> list:
    """When each step was taken: the first days after the opening, in order, all before this instant."""
    moments = [call.opens_at + timedelta(days=chance.uniform(0.5, 4))]
    gaps = [timedelta(days=chance.uniform(0.4, 3)) for _step in range(steps - 1)]
    room = at - timedelta(hours=3) - moments[0]
    squeeze = min(1, room / sum(gaps, timedelta())) if gaps else 1
    for gap in gaps:
        moments.append(moments[-1] + gap * squeeze)
    if entry.number in FRESH:
        late = at - timedelta(hours=FRESH[entry.number]) - moments[-1]
        moments = [moment + late for moment in moments]
    return moments


def _scanner_answers() -> bool:
    daemon = scanner()
    try:
        return daemon is not None and daemon.ping() == "PONG"
    except Exception:
        return False
