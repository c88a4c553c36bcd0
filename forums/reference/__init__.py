"""The lists of the ground floor as files, and what reads them. Sources, dates and limits stand in README.md."""

from .editions import load_documents, load_forums, load_reviews, load_round_tables, load_rules
from .vocabularies import load_countries, load_objectives, load_principles, load_regions

FILES = {  # in this order: each needs those before it
    "objectives_six.csv": load_objectives,
    "principles_six.csv": load_principles,
    "regions.csv": load_regions,
    "countries.csv": load_countries,
    "forums.csv": load_forums,
    "round_tables_2022.csv": load_round_tables,
    "rules.csv": load_rules,
    "forum_documents.csv": load_documents,
    "regional_processes.csv": load_reviews,
}
