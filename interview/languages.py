"""The languages that children and workers speak: by name here, by their own name, and how each is written."""

from dataclasses import dataclass

from interview.nations import NATIONS
from interview.words import N_

ONE_OR_MORE = "nplurals=2; plural=(n != 1);"


@dataclass(frozen=True)
class Language:
    """One language. `plurals` is what stands as Plural-Forms in its catalogues."""

    code: str
    words: str
    own: str
    plurals: str = ONE_OR_MORE
    right_to_left: bool = False
    ethiopic: bool = False

    @property
    def comma(self) -> str:
        """What stands between the words of a list. Babel's lists have gaps: in Welsh they fail at three."""
        return "፣ " if self.ethiopic else "، " if self.right_to_left else ", "


WELSH = "nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);"
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=0 && n%100<=2 ? 4 : 5);"
)
UKRAINIAN = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
ONE_FORM = "nplurals=1; plural=0;"
NONE_IS_ONE = "nplurals=2; plural=(n > 1);"

# Dari is fa_AF, because prs is known to nobody's tables; ku would be Kurmanji, which is another language.
LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", N_("English"), "English"),
        Language("cy", N_("Welsh"), "Cymraeg", WELSH),
        Language("ar", N_("Arabic"), "العربية", ARABIC, right_to_left=True),
        Language("ckb", N_("Kurdish (Sorani)"), "کوردی (سۆرانی)", right_to_left=True),
        Language("fa_AF", N_("Dari"), "دری", ONE_FORM, right_to_left=True),
        Language("ps", N_("Pashto"), "پښتو", right_to_left=True),
        Language("ti", N_("Tigrinya"), "ትግርኛ", ethiopic=True),
        Language("sq", N_("Albanian"), "Shqip"),
        Language("vi", N_("Vietnamese"), "Tiếng Việt", ONE_FORM),
        Language("am", N_("Amharic"), "አማርኛ", NONE_IS_ONE, ethiopic=True),
        Language("so", N_("Somali"), "Soomaali"),
        Language("uk", N_("Ukrainian"), "Українська", UKRAINIAN),
    )
}


def first_in(nation: str, codes: list[str]) -> list[str]:
    """The languages in the order in which they are offered in a nation: in Wales, Welsh before English."""
    first = NATIONS[nation].languages_first if nation in NATIONS else ("en",)
    return [*(code for code in first if code in codes), *(code for code in codes if code not in first)]
