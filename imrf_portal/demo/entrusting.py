"""Who answers for the duties of the demonstration forum, so that its board shows life; one duty nobody answers for."""

from forums import operations

NOBODYS = 4  # the background note for this round table


def entrust(forum, cast):
    """Administrators manage the forum; editors, reviewers and the accreditation desk answer for its duties in turn."""
    forum.managers.set(cast.desk["administrator"])
    people = [*cast.desk["editor"], *cast.desk["reviewer"], *cast.desk["accreditation"]]
    for number, milestone in enumerate(forum.milestones.exclude(round_table__number=NOBODYS)):
        operations.make_responsible(milestone, people[number % len(people)], seen=None)
