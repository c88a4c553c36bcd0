"""Many operations of a migration as one, so that Django builds its picture of all models once and not after each."""

from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import RemoveTrigger


class Together(Operation):
    """Operations that add models, fields, and what belongs to them.

    Django renders every model that is related to a changed one again after each operation; with a hundred models that
    all point to people, a new database took half a minute, of which PostgreSQL worked one second. Here the models
    are told to the state first and the tables are made from its end, so a model may point to one that follows. Only for
    what adds, and for the triggers that are written anew because of it; nothing may be added to a model that is made in
    the same breath (write it into the model), and nothing may need the rows that another operation has changed.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):  # each finds its model in the state that has them all
            before = to_state if isinstance(operation, RemoveTrigger) else from_state  # and a trigger as it was
            operation.database_backwards(app_label, schema_editor, from_state, before)

    def describe(self):
        return f"Make {len(self.operations)} things together"
