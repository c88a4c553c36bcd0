"""The default set of bases on which bodies take part, and what an application on each is asked; staff may edit it all."""

from pathlib import Path

from accreditation.models import Basis, BasisPoint
from forums.loading import Report, bring, parts, rows_of, six

HERE = Path(__file__).parent
YES_OR_NO = ("non_objection", "confirmable", "may_attend", "may_attend_hearing", "may_ask_to_speak", "may_send_inputs")


def load_bases(overwrite=False) -> Report:
    """No ceilings of words or persons: the sources name none, so that the desk fills them in where a decision does."""
    rows = [
        {
            "code": row["code"],
            "position": int(row["position"]),
            "paragraph": row["paragraph"],
            **six(row, "name_", column="name"),
            **six(row, "explanation_", column="explanation"),
            **six(row, "decided_by_", column="decided_by"),
            **six(row, "evidence_", column="evidence"),
            "register": row["register"],
            "passes_on": parts(row["passes_on"]),
            "holds": row["holds"],
            **{name: row[name] == "yes" for name in YES_OR_NO},
        }
        for row in rows_of(HERE / "bases.csv")
    ]
    return bring(Basis, rows, key=["code"], overwrite=overwrite)


def load_points(overwrite=False) -> Report:
    rows = [
        {
            "basis_id": row["basis"],
            "code": row["code"],
            "position": int(row["position"]),
            "kind": row["kind"],
            "required": row["required"] == "yes",
            "most_words": int(row["most_words"] or BasisPoint._meta.get_field("most_words").default),
            **six(row, "label_", column="label"),
            **six(row, "help_", column="help_text"),
        }
        for row in rows_of(HERE / "basis_points.csv")
    ]
    return bring(BasisPoint, rows, key=["basis_id", "code"], overwrite=overwrite)
