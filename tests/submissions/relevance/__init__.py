"""300 invented texts in six languages, and questions with the texts that answer them, written before the ranking was tuned.

`<language>.txt` has three parts: a paragraph on each objective, general paragraphs, and 50 particular texts, each with its
number, two objectives, country, organisation, title and a paragraph of its own. `texts.py` puts them together: title,
particular paragraph, both objectives, general paragraphs until a realistic length; so texts share most of their words.
`queries.tsv` has on each line a language, a question as somebody would type it, and the texts any of which is right.
"""

FIRST, AMONG_FIVE = 0.85, 0.97  # asked, of the questions: the first result right, a right one among the first five
