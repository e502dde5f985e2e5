"""All retold cases, in their order."""

from records.samples.cases_a import CASES_A
from records.samples.retold import Case

CASES: tuple[Case, ...] = (*CASES_A,)
