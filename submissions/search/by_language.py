"""An expression that differs by the language of a row, written as one CASE.

Of expressions of Django each arm is resolved and compiled anew for every question: six languages, twice or three times a
question, took a third of the time of a page of results.
"""

from django.db.models import F, Func


class ByLanguage(Func):
    """`arms` are triples of language, SQL and parameters; `{column}` in the SQL is the column. For other languages NULL."""

    def __init__(self, column, *, arms, output_field):
        super().__init__(F("language"), F(column) if isinstance(column, str) else column, output_field=output_field)
        self.arms = arms

    def as_sql(self, compiler, connection, **options):
        (language, nothing), (column, own) = (compiler.compile(each) for each in self.get_source_expressions())
        if nothing or own:
            raise ValueError("Only plain columns can be asked by language.")
        return self.written(language, column)

    def written(self, language, column):
        """The CASE over these two columns as SQL and its parameters, for a statement that is written by hand."""
        arms = " ".join(f"WHEN '{code}' THEN {sql.replace('{column}', column)}" for code, sql, _params in self.arms)
        params = tuple(each for _code, _sql, some in self.arms for each in some)
        return f"(CASE {language} {arms} END)", params
