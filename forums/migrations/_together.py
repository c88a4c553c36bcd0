"""Many operations of a first release as one, so that Django builds its picture of all models once and not after each."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Operations that add models, and what belongs to them, to tables that do not exist yet.

    Django renders every model that is related to a changed one again after each operation; with a hundred models that
    all point to people, a new database took half a minute, of which PostgreSQL worked one second. Here the models
    are told to the state first and the tables are made from its end. Only for operations that do not need each other's
    data; later changes stay small and plain.
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
            operation.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self):
        return f"Make {len(self.operations)} things together"
