"""What everyone gets of the eighteen cases reads as it was read and kept, sentence by sentence."""

from pathlib import Path

from tests.reading import faults, texts, the_samples


def test_everyone_reads_what_was_kept(tmp_path: Path) -> None:
    """Where this fails: read what is different. If it is right: `python -m tests.reading --write`."""
    with the_samples(tmp_path) as world:
        found = dict(texts(world))
    assert "\n".join(faults(found)) == ""
