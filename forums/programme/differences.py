"""What became different between two releases of a programme. Pure: plain values in, plain values out."""

TEXTS = ("title", "chairs", "facilitator", "description")
VALUES = ("kind", "round_table", "link", "interpretation", "slots")


def differences(before: list[dict], after: list[dict]) -> list[dict]:
    """The changes that lead from one list of kept sessions to the next, in the order of the programme.

    Each change names its session in six languages, says its `kind` and what `was` and `became`, so that every language
    can say it in its own words (forums/programme/words.py).
    """
    former = {session["id"]: session for session in before}
    changes = []
    for session in after:
        was = former.pop(session["id"], None)
        found = [_added(session)] if was is None else _between(was, session)
        changes += [{"session": session["slug"], "title": session["title"], **change} for change in found]
    return changes + [
        {"session": gone["slug"], "title": gone["title"], "kind": "removed", "was": _time(gone)} for gone in former.values()
    ]


def _added(session):
    return {"kind": "added", "became": _time(session)}


def _between(was, now):
    if now["cancelled"] and (was["cancelled"] or {}).get("because") != now["cancelled"]["because"]:
        return [{"kind": "cancelled", "reason": now["cancelled"]["because"]}]
    found = [{"kind": "reinstated", "became": _time(now)}] if was["cancelled"] and not now["cancelled"] else []
    if _time(was) != _time(now):
        found.append(_change("moved", _time(was), _time(now)))
    found += _room(was["room"], now["room"])
    return found + [_change(name, was[name], now[name]) for name in (*TEXTS, *VALUES) if was[name] != now[name]]


def _room(was, now):
    """Another room, or the same one called or reached otherwise."""
    if (was and was["id"]) != (now and now["id"]) or (was and now and was["name"] != now["name"]):
        return [_change("room", was and was["name"], now and now["name"])]
    if was and now and was["access"] != now["access"]:
        return [_change("access", was["access"], now["access"])]
    return []


def _time(session):
    return [session["starts_at"], session["ends_at"]]


def _change(kind, was, became):
    return {"kind": kind, "was": was, "became": became}
