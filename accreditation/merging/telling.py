"""Letters about a merge: everybody who speaks for one of the two records hears of it."""

from accreditation.notifications import people_of
from forums.operations import write


def people_of_both(*organisations) -> list:
    """Who speaks for any of them, each once."""
    return list({person.pk: person for each in organisations for person in people_of(each)}.values())


def tell(merge, people, template, *, at):
    for person in people:
        write(
            template,
            to=person.email,
            language=person.language,
            about={"organisation": merge.kept, "other": merge.gone, "person": person},
            key=f"{template.replace('/', '-')}:{merge.pk}:{person.pk}",
            at=at,
        )
