"""Step-up: how fresh the proof of the second factor must be for what is pressed on a page of the desk.

Whatever is not named here needs the fresher proof, so a decision that somebody adds cannot be forgotten.
"""

from django.conf import settings

from accreditation.second_factor import proved_within

SAFE = ("GET", "HEAD", "OPTIONS")

# Pages on which everything pressed is everyday work: it is corrected on the same page, and at most one body hears of it.
_WRITTEN = {
    "forums": (
        *("call", "forum", "milestone", "rule", "roundtable", "session", "meetingroom", "officialdocument"),
        *("regionalreview", "nationalreview", "objective", "guidingprinciple", "region", "country", "wording"),
    ),
    "submissions": ("assignmentrule", "conflict"),
    "accreditation": ("absence", "basis", "forumterms", "organisation", "representative", "registertouch"),
}
_PAGES = (
    *("forums_forum_board_responsible", "forums_forum_board_hold", "forums_forum_board_edit"),
    *("forums_session_lay_out", "forums_session_cancel", "forums_session_reinstate", "forums_wording_shipped"),
    *("accreditation_nonobjectionlist_begin", "accreditation_speakingrequest_session"),
    *("accreditation_registerimport_add", "accreditation_resemblance_change", "accreditation_registration_change"),
    "accreditation_supportrequest_change",
    *("submissions_submission_columns", "submissions_submission_views"),
    "submissions_recording_add",
    "submissions_submission_assign",
    *("submissions_compilation_add", "submissions_callletter_coverage_ask", "submissions_backgroundnote_add"),
    "submissions_submission_particulars",
    "submissions_use_add",
    *("submissions_inputtranslation_add", "submissions_inputtranslation_change"),
    *("submissions_recordingbatch_add", "submissions_recordingbatch_settle"),
)
# Pages with other things on them: the field that says what was pressed, and what of it is everyday work.
_PRESSES = {
    "submissions_submission_change": (
        "decision",
        {"note", "seen", "save", "take_up", "accept", "ask", "decline", "reopen", "reinstate"},
    ),
    "submissions_submission_changelist": ("action", {"take_up", "assign"}),
    "submissions_proposal_change": ("decision", {"refuse"}),
    "submissions_conflict_changelist": ("action", {"end"}),
    "accreditation_absence_changelist": ("action", {"take_back"}),
    "submissions_callletter_change": ("decision", {"turn_down"}),
    "submissions_backgroundnote_change": ("decision", {"save", "restore"}),
    "submissions_recording_change": ("decision", {"type", "file", "aside"}),
    "accreditation_accreditation_change": (
        "decision",
        {"take_up", "recognise", "list", "not_held", "ask_for_more", "close", "reopen"},
    ),
    "accreditation_accreditation_changelist": ("action", {"take_up"}),
    "accreditation_nonobjectionlist_change": (
        "decision",
        {"add", "take_off", "note", "thaw", "object", "lift", "document"},
    ),
    "submissions_inputtranslation_changelist": ("action", {"take", "vouch", "set_aside"}),
    "submissions_use_changelist": ("action", {"take_off"}),
    "accreditation_membership_changelist": ("action", {"admit", "turn_down"}),
    "accreditation_registertouch_changelist": ("action", {"looked_at"}),
    "accreditation_resemblance_changelist": ("action", {"settle"}),
    "forums_letter_act": ("act", {"hold", "settle"}),
    "forums_letter_changelist": ("action", {"hold", "settle"}),
}
EVERYDAY = {
    **{f"{app}_{name}_{act}": None for app, names in _WRITTEN.items() for name in names for act in ("add", "change")},
    **dict.fromkeys(_PAGES),
    **_PRESSES,
}
# Pages that only show what would follow, unless this was pressed, or if it was: nothing is stored, nothing leaves.
SHOWS_UNLESS = {"forums_forum_dates": "set", "forums_call_extend": "extend", "forums_letter_rewrite": "keep"}
SHOWS_IF = {"forums_wording_add": "look", "forums_wording_change": "look"}
# Pages that are opened only to send to many: the proof is asked for before somebody reads and writes there.
ASKED_AT_THE_DOOR = {"forums_forum_board_send", "forums_session_release", "accreditation_speakingrequest_release"}
NEVER_ASKED = {"logout", "submissions_submission_presence"}  # what ends or changes nothing of anybody's


def minutes_for(request) -> int | None:
    """How old the proof may be for this request, in minutes; None where none is asked for, as for reading."""
    page = request.resolver_match.url_name
    if request.method in SAFE:
        return settings.STEP_UP_MINUTES_GRAVE if page in ASKED_AT_THE_DOOR else None
    if page in NEVER_ASKED or _only_shows(page, request):
        return None
    return settings.STEP_UP_MINUTES if _is_everyday(page, request) else settings.STEP_UP_MINUTES_GRAVE


def _only_shows(page, request) -> bool:
    """What was posted is read only where it matters: a page may still want to limit what is uploaded to it."""
    if page in SHOWS_UNLESS:
        return SHOWS_UNLESS[page] not in request.POST
    return page in SHOWS_IF and SHOWS_IF[page] in request.POST


def _is_everyday(page, request) -> bool:
    """Of several values under one name the admin may take any, so all of them have to be everyday work."""
    if page not in EVERYDAY:
        return False
    if EVERYDAY[page] is None:
        return True
    name, everyday = EVERYDAY[page]
    pressed = request.POST.getlist(name)
    return bool(pressed) and set(pressed) <= everyday


def is_proved_for(request, *, at) -> bool:
    """Whether this session's proof is fresh enough for what it asks for."""
    minutes = minutes_for(request)
    return minutes is None or proved_within(request, minutes=minutes, at=at)
