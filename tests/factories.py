"""Plain functions that make what a test needs; every default can be overridden."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import Accreditation, Basis, Membership, Organisation, User
from forums.models import Call, Country, Forum, Objective, Region, RoundTable, Rule
from submissions import operations
from submissions.models import CallForm, FormTemplate, FormVersion, PublishedInput, Review, Submission

NOW = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
CLOSES = datetime(2026, 1, 30, 22, 0, tzinfo=UTC)  # 17:00 in New York
WINDOWS = {
    "open": (NOW - timedelta(days=30), CLOSES),
    "closed": (NOW - timedelta(days=60), NOW - timedelta(days=1)),
    "not_yet": (NOW + timedelta(days=5), CLOSES),
    "now": (datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)),
}
_numbers = count(1)
PASSWORD = "correct horse battery staple"


COUNTRIES = (("KEN", "KE", "404", "Kenya", False), ("NPL", "NP", "524", "Nepal", True))
BASES = (("ecosoc", False), ("special", True), ("nhri", False))


def make_vocabularies():
    """What is there already stays. Nearly every test asks for this: what the models write is kept and said again at once."""
    if _written:
        with connection.cursor() as cursor:
            cursor.execute(_written[0])
        return
    with CaptureQueriesContext(connection) as seen:
        _write_vocabularies()
    statements = [each["sql"] for each in seen if each["sql"].startswith("INSERT")]
    if len(statements) == VOCABULARIES:  # else something else was written with them, as within a request
        _written.append("; ".join(statements))


_written = []  # the statements of all vocabularies as one
VOCABULARIES = 5


def _write_vocabularies():
    Objective.objects.bulk_create(
        (Objective(number=number, title=f"Objective {number}", label=f"O{number}") for number in range(1, 24)),
        ignore_conflicts=True,
    )
    Region.objects.bulk_create([Region(code="ECA", name="Africa", commission="ECA")], ignore_conflicts=True)
    Country.objects.bulk_create(
        (
            Country(iso3=iso3, iso2=iso2, m49=m49, name=name, un_status="member", ldc=ldc)
            for iso3, iso2, m49, name, ldc in COUNTRIES
        ),
        ignore_conflicts=True,
    )
    Country.regions.through.objects.bulk_create(
        [Country.regions.through(country_id="KEN", region_id="ECA")], ignore_conflicts=True
    )
    Basis.objects.bulk_create(
        (
            Basis(code=code, name=code, paragraph="4", decided_by="somebody", non_objection=non_objection)
            for code, non_objection in BASES
        ),
        ignore_conflicts=True,
    )


RULES = (  # code and kind, weeks, days, on the last day, for each round table, resolution, paragraph, name
    ("report", 12, 0, False, False, "A/RES/73/326", "14", "Report of the Secretary-General"),
    ("note", 6, 0, False, True, "A/RES/73/326", "22", "Background note for round table {number}"),
    ("hearing", 0, 1, False, False, "A/RES/73/326", "15", "Multi-stakeholder hearing"),
    ("declaration", 0, 0, True, False, "A/RES/73/195", "49", "Progress Declaration"),
)


def make_rules():
    """The duties that the resolutions lay on every forum."""
    for code, weeks, days, last, each, resolution, paragraph, name in RULES:
        counted = {"weeks_before": weeks, "days_before": days, "on_last_day": last, "each_round_table": each}
        known = {"kind": code, "name": name, "resolution": resolution, "paragraph": paragraph}
        Rule.objects.get_or_create(code=code, defaults={**counted, **known})


def make_forum(slug="2026", **fields):
    make_vocabularies()
    dates = {"first_day": date(2026, 5, 5), "last_day": date(2026, 5, 8), "status": "dated"}
    defaults = {"year": 2026, "name": "Second International Migration Review Forum", **dates}
    forum, new = Forum.objects.get_or_create(slug=slug, defaults={**defaults, **fields})
    if new:
        tables = RoundTable.objects.bulk_create(
            RoundTable(forum=forum, number=number, title=f"Table {number}") for number in range(1, 5)
        )
        of_table = RoundTable.objectives.through
        of_table.objects.bulk_create(
            of_table(roundtable_id=table.pk, objective_id=number)
            for table in tables
            for number in range(table.number, 24, 4)
        )
    return forum


def make_call(forum=None, *, window="now", slug=None, **fields):
    opens_at, closes_at = WINDOWS[window]
    defaults = {"name": "Stakeholder inputs", "opens_at": opens_at, "closes_at": closes_at}
    return Call.objects.create(forum=forum or make_forum(), slug=slug or f"call-{next(_numbers)}", **{**defaults, **fields})


def make_user(name=None, *, staff=False, roles=(), **fields):
    name = name or f"person{next(_numbers)}"
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title(), is_staff=staff, **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    if roles:
        from accreditation.desk_roles import group_of

        user.groups.set([group_of(role) for role in roles])
        user.refresh_from_db(fields=["session_round"])
    return user


def make_organisation(name=None, *, focal_point=None, **fields):
    number = next(_numbers)
    fields.setdefault("country", Country.objects.filter(pk="KEN").first())
    organisation = Organisation.objects.create(
        name=name or f"Organisation {number}",
        slug=f"organisation-{number}",
        made_at=NOW,
        **{"kind": "civil_society", **fields},
    )
    if focal_point:
        join(organisation, focal_point)
    return organisation


def join(organisation, user, role=Membership.Role.FOCAL_POINT, **fields):
    return organisation.memberships.create(user=user, role=role, **{"asked_at": NOW, "since": NOW, **fields})


def make_standing(organisation, forum, basis="ecosoc"):
    return Accreditation.objects.create(
        organisation=organisation,
        forum=forum,
        basis_id=basis,
        status="recognised",
        begun_at=NOW,
        decided_on=NOW.date(),
        decided_by="DESA",
        evidence="iCSO, seen 20 January 2026",
    )


def make_draft(*, call=None, organisation=None, by=None, at=NOW, **changes):
    """A complete draft, ready to be sent."""
    by = by or make_user()
    organisation = organisation or make_organisation(focal_point=by)
    draft = operations.start(call=call or make_call(), organisation=organisation, by=by, at=at)
    full = {
        "title": "Consular help for seasonal workers",
        "summary": "What nine missions changed.",
        "text": "Nine missions now answer complaints in four languages.",
        "language": "en",
        "level": "national",
        "countries": ["KEN"],
        "objectives": [14, 15],
    }
    return operations.revise(draft, by=by, at=at, edition=draft.edition, **{**full, **changes})


def make_submission(*, status="submitted", reviewer=None, at=NOW, **fields):
    """An input that came to this status by the operations that lead there."""
    draft = make_draft(at=at, **fields)
    if status == "draft":
        return draft
    operations.submit(draft, by=draft.begun_by, at=at)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS[status]:
        act(submission, reviewer or make_user(staff=True), at)
    return submission


def tick_everything(submission, by, at):
    operations.record_review(submission, by=by, at=at, checklist=dict.fromkeys(Review.QUESTIONS, True))


def _take_up(s, by, at):
    operations.take_up(s, by=by, at=at)


def _accept(s, by, at):
    _take_up(s, by, at)
    tick_everything(s, by, at)
    operations.accept(s, by=by, at=at)


def _publish(s, by, at):
    _accept(s, by, at)
    operations.publish(s, by=by, at=at)


PATHS = {
    "submitted": [],
    "under_review": [_take_up],
    "clarification_asked": [
        _take_up,
        lambda s, by, at: operations.ask_for_clarification(s, by=by, at=at, question="Which year?"),
    ],
    "accepted": [_accept],
    "published": [_publish],
    "not_admissible": [_take_up, lambda s, by, at: operations.decline(s, by=by, at=at, reason="Off topic.")],
    "withdrawn": [lambda s, by, at: operations.withdraw(s, by=s.begun_by, at=at)],
}


def make_proposal(submission, act="correction", *, by=None, at=NOW, sent=True, **changes):
    """A correction of a published input, or an addition to one, sent or still a draft."""
    by = by or submission.begun_by
    if act == "correction":
        draft = operations.correct(submission, by=by, at=at, reason="The year is wrong.")
        changes = changes or {"text": "Ten missions now answer complaints in four languages."}
    else:
        draft = operations.add(submission, by=by, at=at)
        changes = {"title": "Annex on fees", "text": "Fees by corridor, 2024.", **changes}
    draft = operations.revise(draft, by=by, at=at, edition=draft.edition, **changes)
    return operations.submit(draft, by=by, at=at).proposal if sent else draft


def make_published(**fields) -> PublishedInput:
    """What the public sees of an input that was sent, reviewed and published."""
    return PublishedInput.objects.get(submission=make_submission(status="published", **fields))


def make_form(*questions, code=None, text_asked="optional", published=True, sections=("Measures",), **fields) -> FormVersion:
    """A form with these questions, each a pair of key and kind or a dict of columns; `in_section` places it."""
    template = FormTemplate.objects.create(code=code or f"form-{next(_numbers)}", **{"name": "Review", **fields})
    version = FormVersion.objects.create(template=template, number=1, text_asked=text_asked)
    made = [version.sections.create(order=place, title=title) for place, title in enumerate(sections)]
    for place, asked in enumerate(questions):
        columns = dict(asked) if isinstance(asked, dict) else {"key": asked[0], "kind": asked[1]}
        section = made[columns.pop("in_section", 0)]
        defaults = {"label": f"What about {columns['key']}?", "options": OPTIONS.get(columns["kind"], "")}
        version.questions.create(section=section, order=place, **{**defaults, **columns})
    if published:
        FormVersion.objects.filter(pk=version.pk).update(published_at=NOW)
    return FormVersion.objects.select_related("template").get(pk=version.pk)


OPTIONS = {
    "choice": "fully = Fully\npartly = In part\nno = Not at all",
    "several": "law = Laws\nmoney = Money\npeople = People",
    "table": "measure = Measure\nyear = Since",
}


def ask_form(call, form, level=""):
    """Let the call ask this form."""
    return CallForm.objects.create(call=call, level=level, template=form.template)
