"""What is public by design, column by column; every other column is public in no row.

A value says in which rows a column is not public; None: it is in all of them. Whoever shows a column to everybody writes it
here, and thereby says so; nothing else makes a new column public for these tests.
"""

from fnmatch import fnmatchcase

from django.db.models import Q
from django.utils.timezone import now

from accreditation.models import Accreditation
from accreditation.participation.terms import terms_of
from accreditation.public_list import shown_lists
from forums.models import Forum
from submissions import publication
from submissions.models import FormerlyPublished, Proposal
from tests.pages.leaks.planting import inventory


def hidden_inputs(rows):
    """Rows of the public table that are not visible: public later, or taken down."""
    return rows.exclude(pk__in=publication.visible(now()).values("pk"))


def hidden_versions(rows):
    """Versions that nobody but their authors and the desk reads."""
    visible = publication.visible(now())
    shown = visible.values("version")
    former = FormerlyPublished.objects.filter(published__in=visible).values("version")
    added = Proposal.objects.filter(status="approved", submission__in=visible.values("submission")).values("version")
    return rows.exclude(Q(pk__in=shown) | Q(pk__in=former) | Q(pk__in=added))


def hidden_files(rows):
    """Files of inputs that are not visible, and those that the scanner or a person keeps back."""
    visible = publication.visible(now()).values("submission")
    return rows.exclude(submission__in=visible) | rows.exclude(pk__in=rows.model.objects.presentable())


def unknown_organisations(rows):
    """Organisations that the public may not know of."""
    return rows.exclude(pk__in=publication.public_organisations(now()).values("pk"))


def untold_standings(rows):
    """Claims on which nobody has decided."""
    return rows.exclude(pk__in=Accreditation.objects.told().values("pk"))


def hidden_representatives(rows):
    """Representatives of stakeholders that are not shown to the public."""
    return rows.exclude(public=True)


def hidden_speakers(rows):
    """Speakers who were not chosen, or did not agree that their name is public."""
    return rows.exclude(status="chosen", name_public=True)


def unpublished_questions(rows):
    """Sections and questions of versions of a form that are still being written."""
    return rows.filter(version__published_at=None)


def hidden_names(rows):
    """Further names of organisations that the public may not know of."""
    return rows.exclude(organisation__in=publication.public_organisations(now()).values("pk"))


def hidden_lines(rows):
    """Lines of lists whose names the terms of their forum do not make public, or not yet."""
    lists = [shown_lists(forum, terms_of(forum)).values("pk") for forum in Forum.objects.all()]
    return rows.exclude(list__in=[pk for each in lists for pk in each.values_list("pk", flat=True)])


def hidden_people(rows):
    """Persons who did not agree that their name is public, and all of forums that publish none."""
    return rows.exclude(name_public=True, accreditation__forum__terms__participants_public=True)


OF_VOCABULARIES = (
    *("Forum", "Objective", "GuidingPrinciple", "Region", "Country", "RoundTable"),
    *("NationalReview", "RegionalReview"),
)
PUBLIC_COLUMNS = {
    **{f"forums.{name}.*": None for name in OF_VOCABULARIES},
    "forums.Call.bases": None,
    "forums.Call.levels": None,
    "forums.Call.contact": None,  # the office that answers questions about it
    "forums.Call.guidance*": None,
    "forums.Call.name*": None,
    "forums.Call.questions*": None,
    "forums.Call.slug": None,
    "forums.Extension.authority": None,
    "forums.Extension.reason": None,
    "forums.Milestone.name*": None,
    "forums.Milestone.paragraph": None,
    "forums.Milestone.resolution": None,
    "forums.Milestone.waived_because": None,
    "forums.Change.what": None,
    "forums.FormerDates.reason": None,
    "forums.FormerDates.source": None,
    "forums.OfficialDocument.*": None,
    "forums.DocumentFile.*": None,
    "forums.Release.*": None,
    "forums.Session.slug": None,
    "accreditation.Basis.*": None,
    "accreditation.BasisPoint.label*": None,  # what any organisation is asked when it applies
    "accreditation.BasisPoint.help_text*": None,
    "accreditation.ForumTerms.support_text*": None,
    "accreditation.Accreditation.decided_by": untold_standings,
    "accreditation.ListLine.acronym": hidden_lines,
    "accreditation.ListLine.name*": hidden_lines,
    "accreditation.Organisation.acronym": unknown_organisations,
    "accreditation.Organisation.name": unknown_organisations,
    "accreditation.Organisation.slug": unknown_organisations,
    "accreditation.Organisation.website": unknown_organisations,
    "accreditation.OrganisationName.name": hidden_names,
    "accreditation.Registration.name": hidden_people,
    "accreditation.Representative.chosen_by": hidden_representatives,
    "accreditation.Representative.name": hidden_representatives,
    "accreditation.SpeakingRequest.function": hidden_speakers,
    "accreditation.SpeakingRequest.speaker": hidden_speakers,
    "submissions.FormTemplate.name*": None,
    "submissions.Section.*": unpublished_questions,
    "submissions.Question.*": unpublished_questions,
    "submissions.OpenData.*": None,
    # Codes under which public rows are counted and found; other words in them, and lists would be empty for these tests.
    "submissions.FacetBits.*": None,
    "submissions.Findable.filed": None,
    "submissions.FiledSign.value": None,
    "submissions.PublishedInput.reference": None,
    "submissions.PublishedInput.taken_down_because": None,
    "submissions.PublishedInput.*": hidden_inputs,
    "submissions.Version.content": hidden_versions,
    "submissions.Version.changes": hidden_versions,
    "submissions.Attachment.name": hidden_files,
    "submissions.Attachment.file": hidden_files,
}


def public_columns(inventory) -> dict:
    """The columns named above with what `*` stands for; the first line that names a column holds."""
    found = {}
    for pattern, rule in PUBLIC_COLUMNS.items():
        for column in inventory:
            if fnmatchcase(column, pattern):
                found.setdefault(column, rule)
    return found


PUBLIC = public_columns(inventory())
