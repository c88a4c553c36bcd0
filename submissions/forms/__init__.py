"""What the author's pages ask."""

from submissions.forms.beside import DraftNoteForm, file_rules
from submissions.forms.draft import LONGEST_SUMMARY, LONGEST_TEXT, LONGEST_TITLE, DraftForm, answers_of, form_shown
from submissions.forms.lists import countries_by_region
from submissions.forms.sending import CorrectionForm, DeclarationForm, PublicityForm, WithdrawForm
from submissions.forms.starting import OrganisationChoice, StartForm

__all__ = [
    "LONGEST_SUMMARY",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "CorrectionForm",
    "DeclarationForm",
    "DraftForm",
    "DraftNoteForm",
    "OrganisationChoice",
    "PublicityForm",
    "StartForm",
    "WithdrawForm",
    "answers_of",
    "countries_by_region",
    "file_rules",
    "form_shown",
]
