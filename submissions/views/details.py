"""What the reading of a file found, in words: for its authors before they send, and for the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.models import Attachment, Extract, Hazard, Hidden

COUNTED = (Hidden.COMMENTS, Hidden.CHANGES, Hidden.REVISIONS)
STAYS = (Hidden.CHANGES,)  # which of two wordings holds is for the author to say


def extracts_of(files) -> dict:
    """Key of a file -> what was taken out of it; in one statement, or none where it was looked up with the files."""
    if all("extract" in file._state.fields_cache for file in files):
        return {file.pk: file.extract for file in files if file._state.fields_cache["extract"]}
    return {each.attachment_id: each for each in Extract.objects.filter(attachment__in=[file.pk for file in files])}


def details_of(file, extract) -> dict:
    """What a line of a file may show beneath it."""
    hidden = extract.hidden if extract else {}
    hazards = [str(Hazard(code).label) for code in extract.hazards] if extract else []
    return {
        "reading": "" if extract else (_("Not yet read") if file.reading == Attachment.Reading.WAITING else ""),
        "hidden": [hidden_in_words(Hidden(name), hidden[name]) for name in Hidden.values if name in hidden],
        "may_be_removed": bool(set(hidden) - set(STAYS)),
        "has_changes": Hidden.CHANGES in hidden,
        "hazards": hazards,
        "cleaned_of": [str(Hazard(code).label) for code in file.cleaned_of],
        "is_held": file.is_held,
        "is_blocked": bool(extract and file.is_held and {Hazard.ENCRYPTED, Hazard.LAUNCH} & set(extract.hazards)),
        "facts": facts_of(file, extract) if extract else [],
    }


def hidden_in_words(name, value) -> str:
    if name not in COUNTED:
        return _("%(what)s: %(value)s") % {"what": name.label, "value": value}
    if name == Hidden.COMMENTS:
        words = ngettext("%(count)d comment", "%(count)d comments", value)
    elif name == Hidden.CHANGES:
        words = ngettext("%(count)d tracked change", "%(count)d tracked changes", value)
    else:
        words = ngettext("%(count)d earlier state kept inside", "%(count)d earlier states kept inside", value)
    return words % {"count": value}


def facts_of(file, extract) -> list:
    facts = []
    if extract.pages:
        facts.append(ngettext("%(count)d page", "%(count)d pages", extract.pages) % {"count": extract.pages})
    if extract.words:
        facts.append(ngettext("%(count)d word", "%(count)d words", extract.words) % {"count": extract.words})
    if not extract.has_text and file.reading == Attachment.Reading.READ:
        facts.append(_("no text that could be searched or read aloud"))
    if extract.is_tagged is False and extract.has_text:
        facts.append(_("not tagged for screen readers"))
    return facts


def state_of(file) -> tuple:
    """The word and the tone of the state of a file: the scanner's verdict, unless the reading holds it."""
    if file.is_clean and file.is_held:
        return _("Waits for the desk"), "wait"
    return file.get_verdict_display(), TONES[file.verdict]


TONES = {Attachment.Verdict.WAITING: "wait", Attachment.Verdict.CLEAN: "done", Attachment.Verdict.INFECTED: "stop"}
__all__ = ["TONES", "details_of", "extracts_of", "state_of"]
