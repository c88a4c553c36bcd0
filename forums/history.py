"""How the history of changed fields is named: one table a model, kept by triggers, which nothing may edit or erase."""

import pghistory


def history_of(model: str) -> dict:
    """Arguments of pghistory.track: the table is called ForumHistory, and a forum has its `history`."""
    return {
        "model_name": f"{model}History",
        "obj_field": pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
    }
