"""The search vector of a published input: title before organisation before summary and text."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from submissions.search.analysis import CONFIGURATIONS, prepared


def vector_of(content, organisation_name):
    """An expression for the vector column, each part in the language of the text; names also unstemmed."""
    language = content["language"]
    configuration = CONFIGURATIONS.get(language, "portal_plain")

    def part(text, weight, config=configuration):
        return SearchVector(Value(prepared(text, language)), config=config, weight=weight)

    return (
        part(content["title"], "A")
        + part(organisation_name, "B", "portal_plain")
        + part(content["reference"], "A", "portal_plain")
        + part(content["summary"], "C")
        + part(content["text"], "D")
    )
