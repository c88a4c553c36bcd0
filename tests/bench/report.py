"""What was measured, in lines that can be read and copied; and which asks of the design are met."""

from statistics import median

from tests.submissions.relevance import AMONG_FIVE, FIRST

HEAD = f"{'page':38}{'alone ms':>9}{'req/s':>8}{'work ms':>9}{'of it':>8}{'(work)':>8}{'asked':>9}{'stmts':>7}{'kB':>7}"


def share(measured, yardstick, what="rate") -> float:
    """The page against the yardstick, the middle of the rounds; by processor the other way round, so that more is better."""
    pairs = zip(getattr(measured, what), getattr(yardstick, what), strict=True)
    return median(one / other if what == "rate" else other / one for one, other in pairs)


def line(page, measured, yardstick) -> str:
    asked = f"{page.least:.0%} {page.yardstick}" if page.least else f"{page.most:g} x q" if page.most else ""
    by_clock, by_work = share(measured, yardstick), share(measured, yardstick, "work")
    shares = (
        f"{by_clock:>8.0%}{by_work:>8.0%}" if page.least or not page.most else f"{1 / by_clock:>7.1f}x{1 / by_work:>7.1f}x"
    )
    return (
        f"{page.name:38}{measured.middle('milliseconds'):>9.1f}{measured.middle('rate'):>8.0f}{measured.middle('work'):>9.2f}"
        f"{shares}{asked:>9}{measured.statements:>7}{measured.bytes / 1000:>7.1f}"
    )


def asks(page, measured, yardstick, before=None, tenfold=1) -> list:
    """Pairs: what is asked with what was seen, and whether it is met. `before` is the same page with a tenth of the rows."""
    by_clock, by_work = share(measured, yardstick), share(measured, yardstick, "work")
    found = []
    if page.least:
        seen = f"{by_clock:.0%} of the requests, {by_work:.0%} by processor"
        found.append((f"at least {page.least:.0%} of {page.yardstick}: {seen}", max(by_clock, by_work) >= page.least))
    if page.most:
        seen = f"{1 / by_clock:.1f}, by processor {1 / by_work:.1f}"
        found.append((f"at most {page.most:g} bare pages: {seen}", min(1 / by_clock, 1 / by_work) <= page.most))
    if page.statements:
        found.append(
            (f"at most {page.statements} statements: {measured.statements}", measured.statements <= page.statements)
        )
    if page.bytes:
        found.append((f"under {page.bytes:,} bytes: {measured.bytes:,}", measured.bytes < page.bytes))
    if page.growth and before is not None:
        grown = before[0] / by_work if by_work else 0
        words = f"grows at most {page.growth:g} times for ten times as many: {grown:.2f} by processor"
        found.append((words, grown <= page.growth**tenfold))
    return [(f"{page.name}: {words}", met) for words, met in found]


def asks_of_relevance(first, among_five) -> list:
    return [
        (f"relevance: the first result right in at least {FIRST:.0%}: {first:.1%}", first >= FIRST),
        (f"relevance: a right one among five in at least {AMONG_FIVE:.0%}: {among_five:.1%}", among_five >= AMONG_FIVE),
    ]


def verdicts(found) -> str:
    lines = [f"  {'met   ' if met else 'MISSED'}  {words}" for words, met in found]
    return "\n".join([*lines, f"{sum(met for _words, met in found)} of {len(found)} asks are met."])
