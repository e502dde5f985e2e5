"""The rows behind a summary by hand-written SQL, opened: as a reviewing officer and a manager read them."""

import json
from collections.abc import Iterable
from typing import Any

from interview.access import REMITS, Role
from interview.reasons import REASONS
from records.base import place
from records.database import keys
from records.keys import unseal
from records.summaries import ABOUT_HERE, OF_WORKERS, Period, readable_questions
from records.which_talks import MOST_OF_A_KIND

RETURNS = """
SELECT k.wrapped_with, k.wrapped, o.id, o.why_sealed,
       e.id, e.missing_at, e.returned_at, e.closed_at, e.guess, h.name, c.nation,
       i.id, i.held_at, i.finished_at, o.at, o.outcome,
       a.id, a.made_at, a.said_by, a.words_sealed, a.why_sealed
FROM sealed_key k
JOIN episode e ON e.child_id = k.owner
JOIN home h ON h.id = e.home_id
JOIN authority c ON c.id = e.authority_id
LEFT JOIN offer o ON o.episode_id = e.id
LEFT JOIN interview_episode ie ON ie.episode_id = e.id
LEFT JOIN interview i ON i.id = ie.interview_id
LEFT JOIN addendum a ON a.interview_id = i.id
WHERE k.owner = :child
ORDER BY e.missing_at DESC, o.at, a.made_at
"""

TOLD = """
SELECT k.wrapped_with, k.wrapped, a.op_id, a.value_sealed, a.*, i.child_id, i.held_at,
       t.id, t.language, t.made_at, t.words_sealed, t.translator_sealed
FROM interview i
JOIN sealed_key k ON k.owner = i.child_id
JOIN answer a ON a.interview_id = i.id
LEFT JOIN translation t ON t.interview_id = a.interview_id AND t.op_id = a.op_id
WHERE i.finished_at IS NOT NULL
  AND a.question IN ({questions})
  AND NOT EXISTS (
    SELECT 1 FROM answer n
    WHERE n.interview_id = a.interview_id AND n.question = a.question AND n.base_op = a.op_id
  )
"""
OF_CHILD = """
  AND i.child_id = :child AND (a.for_reviewing_officer OR a.question IN ({workers}))
ORDER BY i.held_at, a.id
"""
OF_HOME = """
  AND i.home_id = :home AND i.finished_at >= :start AND i.finished_at < :end
  AND (a.for_home OR a.question IN ({workers}))
  AND NOT EXISTS (
    SELECT 1 FROM reason r
    WHERE r.interview_id = a.interview_id AND r.told_in = a.question AND NOT r.for_home)
  AND (a.question NOT IN ({here}) OR EXISTS (
    SELECT 1 FROM placement p
    WHERE p.child_id = i.child_id AND p.home_id = i.home_id AND p.starts <= date(i.held_at)
      AND (p.ends IS NULL OR p.ends >= date(i.held_at))))
"""

GIVEN = """
SELECT k.wrapped_with, k.wrapped, r.id, r.told_words_sealed, r.*, i.held_at
FROM interview i
JOIN sealed_key k ON k.owner = i.child_id
JOIN reason r ON r.interview_id = i.id
WHERE i.finished_at IS NOT NULL AND r.code IN ({codes})
"""
TO_OFFICER = " AND i.child_id = :child AND r.for_reviewing_officer ORDER BY i.held_at, r.code"
TO_HOME = """
  AND i.home_id = :home AND i.finished_at >= :start AND i.finished_at < :end AND r.for_home
"""
# Of each question and of each reason the newest are opened, for a home.
NEWEST = "SELECT * FROM ({search}) WHERE number <= {most}"
NUMBERED = ", row_number() OVER (PARTITION BY {kind} ORDER BY {order} DESC) AS number\nFROM interview i"


def rows_of_child(connection: Any, child: str) -> tuple[int, int]:
    """Fetch and open all rows of a child's summary; gives how many answers and reasons there are."""
    values = {"child": child}
    _open(connection.execute(RETURNS, values), "offer", "why")
    return _told_and_given(connection, TOLD + OF_CHILD, GIVEN + TO_OFFICER, Role.REVIEWING_OFFICER, values)


def rows_of_home(connection: Any, home: str, period: Period) -> tuple[int, int]:
    """Fetch and open all rows of a home's summary; gives how many answers and reasons there are."""
    start, end = (moment.strftime("%Y-%m-%d %H:%M:%S.%f") for moment in (period.start, period.end))
    values = {"home": home, "start": start, "end": end}
    told = _newest(TOLD + OF_HOME, "a.question", "a.id")
    given = _newest(GIVEN + TO_HOME, "r.code", "i.held_at")
    return _told_and_given(connection, told, given, Role.HOME_MANAGER, values)


def _newest(search: str, kind: str, order: str) -> str:
    numbered = search.replace("\nFROM interview i", NUMBERED.format(kind=kind, order=order), 1)
    return NEWEST.replace("{search}", numbered).replace("{most}", str(MOST_OF_A_KIND))


def _told_and_given(
    connection: Any, search_told: str, search_given: str, role: Role, values: dict[str, str]
) -> tuple[int, int]:
    told = _open(connection.execute(_filled(search_told, role), values), "answer", "value")
    for answer in told:
        json.loads(answer)
    given = _open(connection.execute(_filled(search_given, role), values), "reason", "told_words")
    return len(told), len(given)


def _open(rows: Iterable[Any], table: str, field: str) -> list[str]:
    opened = []
    for wrapped_with, wrapped, row_id, sealed, *_ in rows:
        key = keys().unwrap(wrapped_with, wrapped)
        opened.append(unseal(key, place(table, row_id, field), sealed) if sealed else "null")
    return opened


def _filled(sql: str, role: Role) -> str:
    codes = [code for code, reason in REASONS.items() if reason.part in REMITS[role].parts]
    return sql.format(
        questions=_list(readable_questions(role)),
        workers=_list(OF_WORKERS),
        here=_list(ABOUT_HERE),
        codes=_list(codes),
    )


def _list(keys: list[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)
