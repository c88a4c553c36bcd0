"""What the roof keeps about people: the log of what was changed at the desk."""

from accreditation.personal.parts import CODE, Part, by_any, points, register, stays

register(
    Part(
        "admin.LogEntry",
        by_any("user"),
        shown=("action_time", "content_type", "action_flag"),
        kept={**points("user"), **stays(CODE, "object_id")},
        machine_words=("object_repr", "change_message"),
    )
)
