"""Reading a file of inputs: every line is staged, with what is wrong with it and what somebody should look at."""

from time import monotonic

from django.utils.translation import gettext as _

from accreditation.models import Organisation
from accreditation.names import fold
from accreditation.registers import sheets
from accreditation.registers.beside import known_countries
from accreditation.registers.faults import Faults, Unreadable, refuse
from forums.models import Objective, Region
from submissions.models import Recording, RecordingBatch
from submissions.on_behalf.columns import COLUMNS, NEEDED, REMARK
from submissions.on_behalf.matching import Matcher, like_inputs, recorded_with_key
from submissions.on_behalf.progress import EACH, move, tell
from submissions.on_behalf.reading import Lists, line_of

State, LineState = RecordingBatch.State, Recording.State
MOST_LINES = 20_000


def read_lines(batch, *, end):
    """Read the lines that were not read yet, until the time is up; refuse the file where it is no table of inputs."""
    if not move(batch, (State.WAITING, State.READING), State.READING):
        return
    faults = Faults()
    try:
        with batch.file.open("rb") as file:
            total = max(sheets.count_lines(file) - 1, 0)
            whole = _read(batch, file, faults, total, end)
        faults.refuse_if_any()
    except Unreadable as why:
        batch.lines.all().delete()
        move(batch, (State.READING,), State.REFUSED, refusal="\n".join(map(str, why.reasons)), claimed_until=None)
        return
    if whole:
        count = batch.lines.count()
        move(batch, (State.READING,), State.READ, done_rows=count, all_rows=count, claimed_until=None)
    else:
        RecordingBatch.objects.filter(pk=batch.pk).update(claimed_until=None)


def _read(batch, file, faults, total, end) -> bool:
    """Whether every line is read by now."""
    stored = set(batch.lines.values_list("line", flat=True))
    keys = dict(batch.lines.exclude(row_key="").values_list("row_key", "line"))
    lines = sheets.csv_lines(file, COLUMNS, faults)
    header = _header(lines, faults)
    lists = Lists(set(Objective.objects.values_list("number", flat=True)), known_countries(), _regions())
    own = set(Organisation.objects.represented_by(batch.by).values_list("pk", flat=True)) if batch.by else set()
    matcher, count = Matcher(batch.call, own), 0
    for number, cells in lines:
        if not any(cells) or cells[0].startswith(REMARK):
            continue
        if (count := count + 1) > MOST_LINES:
            refuse(_("The file has more than %(most)d lines. Split it.") % {"most": MOST_LINES})
        if number in stored:
            continue
        if monotonic() > end:
            return False
        said = {name: cells[place] for place, name in header.items() if place < len(cells)}
        _stage(batch, line_of(number, said, call=batch.call, lists=lists), matcher, keys)
        if count % EACH == 0:
            tell(batch, count, max(total, count))
    if not count and not faults.count:
        faults.add(_("The file has no lines beside its header."))
    return True


def _header(lines, faults) -> dict:
    """The place of each column; refused where one is unknown, there twice or missing."""
    for number, cells in lines:
        if not any(cells) or cells[0].casefold().startswith("sep="):  # Excel names its separator so
            continue
        names = [cell.strip().casefold().replace(" ", "_") for cell in cells]
        while names and not names[-1]:
            names.pop()
        for name in dict.fromkeys(names):
            said = {"line": number, "name": name[:60]}
            if name not in COLUMNS:
                faults.add(_("Line %(line)d: the column “%(name)s” is unknown. Take the template.") % said)
            if names.count(name) > 1:
                faults.add(_("Line %(line)d: the column “%(name)s” is there twice.") % said)
        for name in NEEDED:
            if name not in names:
                faults.add(_("Line %(line)d: the column “%(name)s” is missing.") % {"line": number, "name": name})
        faults.refuse_if_any()
        return dict(enumerate(names))
    return refuse(_("The file is empty. Choose the file again, or save it anew and try once more."))


def _regions() -> dict:
    rows = Region.objects.all()
    return {fold(each): region.code for region in rows for each in (region.code, region.name)}


def _stage(batch, line, matcher, keys):
    """Keep what a line says: to be recorded, to be looked at, wrong, or left out as what is here already."""
    whose = matcher.whose(line)
    key, state = line.fields["row_key"], LineState.STAGED
    if key and keys.setdefault(key, line.number) != line.number:
        line.faults.append(_("key: it stands in line %(line)d already.") % {"line": keys[key]})
    if there := recorded_with_key(batch.call, key):
        state = LineState.LEFT_OUT
        line.doubts.append(_("Recorded before with this key: %(reference)s.") % {"reference": there.reference})
    elif same := like_inputs(batch.call, whose["organisation_id"], line.about["title"]):
        state = LineState.LEFT_OUT
        line.doubts.append(
            _("The organisation has an input of this title: %(references)s.") % {"references": ", ".join(same)}
        )
    fields, at = {**line.fields}, batch.at
    fields["came_at"] = fields["came_at"] or at  # a line without one has a fault and is never recorded
    if line.fields["came_at"] and line.fields["came_at"] > at:
        line.faults.append(_("received: that is in the future."))
    elif batch.call.closes_at and fields["came_at"] >= batch.call.closes_at and not line.faults:
        line.doubts.append(_("It came after the closing and is marked as late."))
        if not fields["late_reason"]:
            line.faults.append(_("late_reason: it is empty, and the call had closed by then."))
    if line.faults:
        fields = {name: _cut(name, value) for name, value in fields.items()}
    Recording.objects.create(
        batch=batch,
        line=line.number,
        call=batch.call,
        by=batch.by,
        at=at,
        state=state,
        about={**line.about, "named": line.named},
        faults=[str(fault) for fault in line.faults],
        doubts=[str(doubt) for doubt in line.doubts],
        tells_people=batch.tells_people,
        **fields,
        **whose,
    )


def _ask_when_it_came(line, batch):
    came_at, closes_at = line.fields["came_at"], batch.call.closes_at
    if came_at and came_at > batch.at:
        line.faults.append(_("received: that is in the future."))
    elif came_at and closes_at and came_at >= closes_at:
        line.doubts.append(_("It came after the closing and is marked as late."))
        if not line.fields["late_reason"]:
            line.faults.append(_("late_reason: it is empty, and the call had closed by then."))


def _cut(name, value):
    """As much of a wrong cell as a column holds, so that the report can show it."""
    most = Recording._meta.get_field(name).max_length
    return value[:most] if most and isinstance(value, str) else value
