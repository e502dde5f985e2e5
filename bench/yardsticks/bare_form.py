"""The talk's questions and options as a bare HTML form: no styles, and no script but the one that steps."""

from typing import Any

from flask import Flask, render_template_string
from flask_compress import Compress

from interview.answers import CHILD_SAYS, READERS, SKIPS
from interview.questions import NEWEST_SET, SECTIONS, TALK, Kind, Question, questions_of
from interview.reasons import REASONS

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Form</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body>
<h1>Form</h1>
<form method="post">
{%- for key, words, questions in sections %}
<section id="{{ key }}"{{ " hidden" if steps and not loop.first }}>
<h2>{{ words }}</h2>
{%- for q, options in questions %}
<fieldset>
<legend>{{ q.words }}</legend>
{%- for key, said in options %}
<label><input type="{{ "checkbox" if q.kind in ("many", "reasons") else "radio" }}" name="{{ q.key }}" \
value="{{ key }}"> {{ said }}</label>
{%- else %}
<textarea name="{{ q.key }}" rows="4" cols="60"></textarea>
{%- endfor %}
{%- if q.kind == "reasons" %}
<label>The biggest one <select name="{{ q.key }}__biggest"><option></option>
{%- for key, said in options %}
<option value="{{ key }}">{{ said }}</option>
{%- endfor %}
</select></label>
{%- endif %}
<p>
{%- for key, said in skips %}
<label><input type="radio" name="{{ q.key }}__skip" value="{{ key }}"> {{ said }}</label>
{%- endfor %}
</p>
<p>Who may read this?
{%- for key, said in readers %}
<label><input type="checkbox" name="{{ q.key }}__for" value="{{ key }}"> {{ said }}</label>
{%- endfor %}
</p>
{%- if not options %}
<p>How it was written
{%- for key, said in writers %}
<label><input type="radio" name="{{ q.key }}__by" value="{{ key }}"> {{ said }}</label>
{%- endfor %}
</p>
{%- endif %}
</fieldset>
{%- endfor %}
{%- if steps and not loop.last %}
<button type="button" data-next="{{ sections[loop.index][0] }}">Next</button>
{%- endif %}
</section>
{%- endfor %}
<button>Save</button>
</form>
{%- if steps %}
<script>
for (const next of document.querySelectorAll("[data-next]")) next.onclick = () => {
  next.closest("section").hidden = true;
  document.getElementById(next.dataset.next).hidden = false;
};
</script>
{%- endif %}
</body>
</html>
"""


def options_of(question: Question) -> list[tuple[str, str]]:
    """What can be chosen; empty where words are written."""
    if question.kind is Kind.REASONS:
        return [(code, reason.child) for code, reason in REASONS.items() if not reason.by_worker]
    if question.kind is Kind.SCALE:
        return [(str(step), str(step)) for step in range(11)]
    return [(option.key, option.words) for option in question.options]


def sections() -> list[tuple[str, str, list[Any]]]:
    """The sections of the talk with their questions."""
    return [
        (section, SECTIONS[section], [(q, options_of(q)) for q in questions_of(NEWEST_SET, (section,))])
        for section in TALK
    ]


def create_app(*, compressed: bool) -> Flask:
    """The form as one long page, and another that shows one section at a time."""
    app = Flask(__name__)
    if compressed:
        app.config.from_mapping(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=8)
        Compress(app)

    @app.get("/")
    def form() -> str:
        return _form(steps=False)

    @app.get("/steps")
    def stepped_form() -> str:
        return _form(steps=True)

    return app


def _form(*, steps: bool) -> str:
    return render_template_string(
        PAGE,
        sections=sections(),
        skips=SKIPS.items(),
        readers=READERS.items(),
        writers=CHILD_SAYS.items(),
        steps=steps,
    )
