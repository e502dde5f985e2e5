"""All retold cases, in their order."""

from records.samples.cases_a import CASES_A
from records.samples.cases_b import CASES_B
from records.samples.cases_c import CASES_C
from records.samples.cases_d import CASES_D
from records.samples.retold import Case

CASES: tuple[Case, ...] = (*CASES_A, *CASES_B, *CASES_C, *CASES_D)
