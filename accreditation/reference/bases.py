"""The default set of bases on which bodies take part; staff may edit every word of it."""

from pathlib import Path

from accreditation.models import Basis
from forums.loading import Report, bring, rows_of, six

HERE = Path(__file__).parent


def load_bases(overwrite=False) -> Report:
    rows = [
        {
            "code": row["code"],
            "position": int(row["position"]),
            **six(row, "name_", column="name"),
            **six(row, "explanation_", column="explanation"),
            "paragraph": row["paragraph"],
            "decided_by": row["decided_by"],
            "evidence": row["evidence"],
            "register": row["register"],
            "non_objection": row["non_objection"] == "yes",
        }
        for row in rows_of(HERE / "bases.csv")
    ]
    return bring(Basis, rows, key=["code"], overwrite=overwrite)
