"""What stands against recording an official document so, and what would follow from it; stores nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums import symbols
from forums.models import OfficialDocument
from forums.refusals import Refused
from forums.templatetags.moments import day_in_words
from forums.typed import without_control

# What meets which duty, and is met on the day of the document; a declaration is agreed, not met by its print.
MEETS = {"sg_report": "report", "background_note": "note", "concept_note": "concept_note", "declaration": "declaration"}
MET_WHEN_AVAILABLE = ("report", "note", "concept_note")


def check(document, *, at, as_late=False):
    """Raise Refused if something stands against recording it so; puts symbol and reason in order, stores nothing."""
    document.symbol = str(symbols.parse(document.symbol)) if document.symbol.strip() else ""
    document.late_because = without_control(document.late_because).strip()
    document.modifies = modified_by(document)
    _ask_whether_it_is_new(document)
    _ask_the_days(document, at)
    _ask_where_it_belongs(document)
    _ask_whether_it_is_late(document, as_late)


def modified_by(document) -> OfficialDocument | None:
    """What a Corr., Add. or Rev. changes: the nearest document that is recorded, or None while none is."""
    if not symbols.is_symbol(document.symbol):
        return None
    found = {one.symbol: one for one in OfficialDocument.objects.filter(symbol__in=symbols.parse(document.symbol).modifies)}
    return next((found[symbol] for symbol in symbols.parse(document.symbol).modifies if symbol in found), None)


def first_day(duty, document=None):
    """The first day on which a document that meets this duty was available; `document` as it is typed now."""
    others = OfficialDocument.objects.filter(meets=duty, available_on__isnull=False).exclude(pk=document and document.pk)
    days = list(others.values_list("available_on", flat=True))
    return min([*days, *([document.available_on] if document else [])], default=None)


def follows(document, *, at) -> list:
    """What recording this document would do, a sentence each; for a document that was checked. Stores nothing."""
    sentences = []
    if document.modifies:
        sentences.append(_("It is recorded as a change to %(symbol)s.") % {"symbol": document.modifies.symbol})
    elif document.symbol and symbols.parse(document.symbol).kind:
        base = symbols.parse(document.symbol).modifies[-1]
        sentences.append(
            _("%(symbol)s is not recorded here. Once it is, this document is recorded as a change to it.") % {"symbol": base}
        )
    if (duty := document.meets) and duty.kind in MET_WHEN_AVAILABLE:
        sentences.append(_what_becomes_of(duty, first_day(duty, document)))
    if document.forum_id:
        sentences.append(_("It stands on the page of the forum and in the feed of changes."))
    return sentences


def _what_becomes_of(duty, on):
    days = (duty.due_on - on).days
    about = {"duty": duty.name, "basis": duty.basis, "day": day_in_words(on), "days": abs(days)}
    if days >= 0:
        text = ngettext(
            "“%(duty)s” (%(basis)s) is met on %(day)s, %(days)d day early.",
            "“%(duty)s” (%(basis)s) is met on %(day)s, %(days)d days early.",
            days,
        )
    else:
        text = ngettext(
            "“%(duty)s” (%(basis)s) is met late, on %(day)s, by %(days)d day.",
            "“%(duty)s” (%(basis)s) is met late, on %(day)s, by %(days)d days.",
            -days,
        )
    return text % about


# What stands against it ----------------------------------------------------------------------------------------------


def _ask_whether_it_is_new(document):
    same = OfficialDocument.objects.filter(symbol=document.symbol).exclude(pk=document.pk).first()
    if document.symbol and same:
        raise Refused(
            _("%(symbol)s is recorded already: “%(title)s”. Open that document instead.")
            % {"symbol": document.symbol, "title": same.title}
        )


def _ask_the_days(document, at):
    available, dated = document.available_on, document.dated_on
    if available and document.forum and available > (today := at.astimezone(document.forum.zone).date()):
        raise Refused(
            _("%(day)s has not come yet: today is %(today)s. Record the day once the document can be read.")
            % {"day": day_in_words(available), "today": day_in_words(today)}
        )
    if available and not document.forum and available > at.date():
        raise Refused(
            _("%(day)s has not come yet. Record the day once the document can be read.") % {"day": day_in_words(available)}
        )
    if available and dated and available < dated:
        raise Refused(
            _("It cannot have been available on %(day)s: it is dated %(dated)s. Check both days.")
            % {"day": day_in_words(available), "dated": day_in_words(dated)}
        )


def _ask_where_it_belongs(document):
    if document.session and document.session.forum_id != document.forum_id:
        raise Refused(_("This session belongs to another forum. Choose one of the document’s forum."))
    duty = document.meets
    if duty is None:
        return
    if duty.forum_id != document.forum_id:
        raise Refused(_("This duty belongs to another forum. Choose one of the document’s forum."))
    if MEETS.get(document.kind) != duty.kind:
        raise Refused(
            _("“%(duty)s” (%(basis)s) is not met by this kind of document: %(kind)s. Choose another duty or another kind.")
            % {"duty": duty.name, "basis": duty.basis, "kind": document.get_kind_display()}
        )
    if duty.kind in MET_WHEN_AVAILABLE:
        _ask_whether_it_can_be_met(document, duty)


def _ask_whether_it_can_be_met(document, duty):
    about = {"duty": duty.name, "basis": duty.basis}
    if document.available_on is None:
        raise Refused(_("Say on which day the document was available: “%(duty)s” (%(basis)s) is met on that day.") % about)
    if duty.due_on is None:
        raise Refused(_("“%(duty)s” has no day yet (%(basis)s). Set the days of the forum first.") % about)
    if duty.waived_because and duty.met_on is None:
        raise Refused(
            _("“%(duty)s” is waived (%(basis)s). Take the waiver back first, then record that the duty was met.") % about
        )


def _ask_whether_it_is_late(document, as_late):
    duty = document.meets
    on = first_day(duty, document) if duty and duty.kind in MET_WHEN_AVAILABLE and duty.due_on else None
    if on is None or on <= duty.due_on or on != document.available_on:
        if as_late:
            raise Refused(_("It is not late for any duty. Take back the tick “record it as late”."))
        document.late_because = ""
        return
    days = (on - duty.due_on).days
    about = {"duty": duty.name, "basis": duty.basis, "due": day_in_words(duty.due_on), "day": day_in_words(on), "days": days}
    if not as_late:
        raise Refused(
            ngettext(
                "“%(duty)s” was due on %(due)s (%(basis)s). %(day)s is %(days)d day after that, so it cannot be recorded as "
                "on time. Correct the day, or record it as late and say why.",
                "“%(duty)s” was due on %(due)s (%(basis)s). %(day)s is %(days)d days after that, so it cannot be recorded "
                "as on time. Correct the day, or record it as late and say why.",
                days,
            )
            % about
        )
    if not document.late_because:
        raise Refused(_("Say why it is late: the reason stands beside the duty “%(duty)s” (%(basis)s).") % about)
