"""Which questions are shown to whom: a question may depend on the answer to an earlier one. Pure."""


def shown(form, answers) -> list:
    """The questions that are asked, given these answers; one behind a question that is not asked is not asked either."""
    asked = {}
    for question in form.asked:
        if _holds(question, asked, answers):
            asked[question.key] = question
    return list(asked.values())


def _holds(question, asked, answers) -> bool:
    if not question.shown_if:
        return True
    other = asked.get(question.shown_if)
    if other is None:
        return False
    answer = fitting(other, answers.get(other.key))
    given = answer if isinstance(answer, list) else [answer]
    return not set(question.shown_if_answers).isdisjoint(given)


def fitting(question, answer):
    """The answer where it is one to this question as it is asked now; None where it was given to something else."""
    if question.kind in ("choice", "yes_no"):
        return answer if isinstance(answer, str) and answer in question.words_of else None
    if question.kind == "several":
        known = [key for key in answer if key in question.words_of] if _is_list_of(answer, str) else []
        return known or None
    if question.kind == "table":
        return _rows(question, answer)
    return answer if isinstance(answer, str) and answer else None


def _rows(question, answer):
    if not _is_list_of(answer, dict):
        return None
    columns = question.words_of
    rows = ({key: row[key] for key in columns if row.get(key)} for row in answer)
    return [row for row in rows if row] or None


def _is_list_of(answer, kind) -> bool:
    return isinstance(answer, list) and all(isinstance(one, kind) for one in answer)
