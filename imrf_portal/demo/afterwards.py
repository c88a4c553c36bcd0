"""What follows or stands beside an input: corrections, an addition, a draft of two writers, a letter that came by post."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from accreditation.models import User
from forums.models import Forum, OfficialDocument
from imrf_portal.demo.people import ADDRESSES, SOURCE, Cast
from submissions import operations
from submissions.models import DraftNote, Submission
from submissions.on_behalf import staging
from submissions.on_behalf.recording import record

APPROVED, WAITING, ADDED_TO = 11, 9, 12  # numbers of the inputs
LETTER_KEY = UUID(int=1)  # the same at every seeding
LETTER = {
    "title": "Fire drills and contracts that cooks can read",
    "summary": "A guild of ships' cooks asks that contracts and safety drills be given in a language that crews read.",
    "text": "We are forty cooks on ferries. In nine of ten contracts that we saw, the page about safety was in a language "
    "that its signer could not read.\n\nWe ask that the review looks at languages of contracts at sea.",
    "language": "en",
    "level": "global",
    "countries": [],
    "regions": [],
    "objectives": [6, 18],
    "source_url": "",
}
GUILD = {
    "name": "Ferry Cooks' Guild (demonstration)",
    "name_language": "en",
    "acronym": "",
    "kind": "other",
    "source": SOURCE,
}


DIGEST = {
    "en": "Summary of a consultation (demonstration)",
    "ar": "ملخص مشاورة (عرض توضيحي)",
    "fr": "Résumé d’une consultation (démonstration)",
}

TRANSLATED = {  # title and summary of the input that was corrected
    "fr": (
        "official",
        "Un code qui fait payer l’employeur",
        "Soixante-quatorze agences qui ont adopté un code selon lequel aucun travailleur ne paie de frais de recrutement "
        "rendent compte de leurs résultats, y compris des cas où le code a échoué.",
    ),
    "ar": (
        "author",
        "مدونة يدفع بموجبها صاحب العمل",
        "أربع وسبعون وكالة اعتمدت مدونة لا يدفع العامل بموجبها أي رسوم توظيف تعرض نتائجها، "
        "بما فيها الحالات التي لم تنجح فيها.",
    ),
}


@dataclass
class Afterwards:
    """Each step is taken at its moment among the steps of the inputs, so that numbers follow the order of time."""

    forum: Forum
    cast: Cast
    walks: dict  # by number of the input

    def steps(self, ends, at) -> list:
        """Moments with the step that is due then; `ends` says when each input took its last step of its own."""
        acts = {
            "correct": self._between(ends[APPROVED], at, 0.3),
            "approve_correction": self._between(ends[APPROVED], at, 0.6),
            "propose_correction": max(ends[WAITING], at - timedelta(hours=30)),
            "add": self._between(ends[ADDED_TO], at, 0.3),
            "approve_addition": self._between(ends[ADDED_TO], at, 0.6),
            "write_together": at - timedelta(days=2),
            "go_on_together": at - timedelta(days=1),
            "take_in_a_letter": at - timedelta(hours=20),
            "draw_on": at - timedelta(hours=10),
            "translate": at - timedelta(hours=9),
        }
        return [(moment, act, self) for act, moment in acts.items()]

    @staticmethod
    def _between(end, at, share):
        return end + (at - end) * share

    def correct(self, at):
        because = "Two agencies had joined before the day of the figures: the association has 74 members."
        changes = (("summary", "Seventy-two", "Seventy-four"), ("text", "72 licensed", "74 licensed"))
        self._propose_correction(APPROVED, at, because, *changes)

    def propose_correction(self, at):
        because = "One tank was counted twice: seventeen were built."
        self._propose_correction(WAITING, at, because, ("text", "18 rainwater tanks", "17 rainwater tanks"))

    def _propose_correction(self, number, at, because, *changes):
        walk = self.walks[number]
        draft = operations.correct(walk.fresh(), by=walk.speaker, at=at, reason=because)
        said = {name: getattr(draft, name).replace(was, becomes) for name, was, becomes in changes}
        draft = operations.revise(draft, by=walk.speaker, at=at, edition=draft.edition, **said)
        operations.submit(draft, by=walk.speaker, at=at)

    def approve_correction(self, at):
        self._approve(APPROVED, at)

    def approve_addition(self, at):
        self._approve(ADDED_TO, at)

    def _approve(self, number, at):
        walk = self.walks[number]
        operations.approve(walk.fresh().proposals.waiting().get(), by=walk.editor, at=at)

    def add(self, at):
        walk = self.walks[ADDED_TO]
        draft = operations.add(walk.fresh(), by=walk.speaker, at=at)
        draft = operations.revise(
            draft,
            by=walk.speaker,
            at=at,
            edition=draft.edition,
            title="The forty questions of the common method",
            summary="The list of questions that monitors ask at every post, with notes on how to ask them.",
            text="Each visit begins with the same ten questions about information and interpretation, asked in private.\n\n"
            "1. In which language were your rights explained to you?\n2. Who interpreted, and did you understand them?",
        )
        operations.submit(draft, by=walk.speaker, at=at)

    def write_together(self, at):
        """Two people of one organisation begin a draft; the second asks the first about a figure."""
        call = self.forum.calls.get(slug="round-table-3")
        joseph, amina = self._person("joseph"), self._person("amina")
        organisation = self.cast.bodies["harbour-light"]
        draft = operations.start(call=call, organisation=organisation, by=joseph, at=at, language="en")
        first = {"title": "What crews ask before they sign", "text": "Every spring 300 people come to our evening hours."}
        draft = operations.revise(draft, by=joseph, at=at, edition=draft.edition, level="regional", regions=["ECA"], **first)
        then = at + timedelta(hours=3)
        second = {
            "title": "What fishing crews ask before they sign",
            "text": f"{first['text']} Half of them ask about debts.",
        }
        operations.revise(draft, by=amina, at=then, edition=draft.edition, **second)
        operations.leave_note(draft, by=amina, at=then, part="text", text="Joseph, is 300 the figure of this spring?")
        operations.leave_note(draft, by=amina, at=then, text="I can send it once the summary is written.")

    def go_on_together(self, at):
        joseph = self._person("joseph")
        note = DraftNote.objects.get(submission__call__forum=self.forum, part="text")
        draft = Submission.objects.get(pk=note.submission_id)
        text = draft.text.replace("300 people", "320 people")
        operations.revise(draft, by=joseph, at=at, edition=draft.edition, text=text)
        operations.settle_note(note, by=joseph, at=at)

    def take_in_a_letter(self, at):
        """The desk types a letter of a body that has no account; it waits for review like every input."""
        editor = self.cast.desk["editor"][0]
        staged = staging.stage(
            key=LETTER_KEY,
            by=editor,
            at=at,
            about=LETTER,
            call=self.forum.calls.get(slug="stakeholder-inputs"),
            new_organisation=GUILD,
            how="letter",
            came_at=at - timedelta(days=1),
            contact_name="The keeper of the guild's post",
            contact_email=f"guild{ADDRESSES}",
        )
        record(staged, by=editor, at=at)

    def draw_on(self, at):
        """A summary of a consultation drew on two inputs; their pages say so, and its line says how many."""
        kept = {"kind": "summary", "title": DIGEST["en"], **{f"title_{code}": said for code, said in DIGEST.items()}}
        paper, _new = OfficialDocument.objects.get_or_create(forum=self.forum, source=SOURCE, defaults=kept)
        for number, place in ((APPROVED, "para. 4"), (APPROVED, "para. 9"), (ADDED_TO, "para. 5")):
            walk = self.walks[number]
            operations.record_use(walk.fresh(), document=paper, place=place, by=walk.editor, at=at)

    def translate(self, at):
        walk = self.walks[APPROVED]
        for code, (origin, title, summary) in TRANSLATED.items():
            about = {"language": code, "origin": origin, "title": title, "summary": summary}
            operations.write_translation(walk.fresh(), **about, by=walk.editor, at=at)

    @staticmethod
    def _person(name):
        return User.objects.get(email=f"{name}{ADDRESSES}")
