"""The shortest way from one list to another: which items stay, which are taken out, which are put in. Pure."""

from itertools import groupby

SAME, REMOVED, ADDED = "same", "removed", "added"
MOST_EDITS = 900  # the work grows with its square


def edits(old: list, new: list) -> list:
    """Pairs of kind and item that lead from one list to the other (E. Myers, 1986), or all out and all in if far apart."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner = _shortest(old[start : len(old) - end], new[start : len(new) - end])
    return [*((SAME, one) for one in old[:start]), *inner, *((SAME, one) for one in old[len(old) - end :])]


def _shortest(old, new):
    trace = _trace(old, new) if old and new else None
    if trace is None:
        return [*((REMOVED, one) for one in old), *((ADDED, one) for one in new)]
    way, x, y = [], len(old), len(new)
    for distance in range(len(trace) - 1, -1, -1):
        furthest, k = trace[distance], x - y
        down = k == -distance or (k != distance and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
        before = k + 1 if down else k - 1
        came_x = furthest.get(before, 0)
        came_y = came_x - before
        while x > max(came_x, 0) and y > max(came_y, 0):
            x, y = x - 1, y - 1
            way.append((SAME, old[x]))
        if distance:
            way.append((ADDED, new[came_y]) if down else (REMOVED, old[came_x]))
        x, y = came_x, came_y
    return _removed_first(way[::-1])


def _trace(old, new):
    """The furthest points reached before each number of edits; None beyond MOST_EDITS."""
    furthest, trace = {1: 0}, []
    for distance in range(min(len(old) + len(new), MOST_EDITS) + 1):
        trace.append({k: furthest[k] for k in range(-distance - 1, distance + 2) if k in furthest})
        for k in range(-distance, distance + 1, 2):
            down = k == -distance or (k != distance and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))
            x = furthest.get(k + 1, 0) if down else furthest[k - 1] + 1
            while x < len(old) and 0 <= x - k < len(new) and old[x] == new[x - k]:
                x += 1
            furthest[k] = x
            if x >= len(old) and x - k >= len(new):
                return trace
    return None


def _removed_first(way):
    """Within one change what was taken out comes before what was put in."""
    ordered = []
    for same, group in groupby(way, key=lambda step: step[0] == SAME):
        ordered += sorted(group, key=lambda step: not same and step[0] == ADDED)
    return ordered
