"""A forum's own terms of participation."""

from accreditation.models import ForumTerms


def terms_of(forum) -> ForumTerms:
    """The terms that staff set for this forum, or those that hold while nobody set any."""
    return ForumTerms.objects.filter(forum=forum).first() or ForumTerms(forum=forum)
