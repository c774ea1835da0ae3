"""Memories with one fault each, of the kinds that other programs write, and what is to be said of them."""

from dataclasses import dataclass

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en"'
    ' datatype="plaintext"/>'
)
PROP = '<prop type="x-p">v</prop>'
EN, ES = "The old house burnt down.", "La casa vieja se quemó."


def unit(en=EN, es=ES, *, tu="", langs=('xml:lang="en"', 'xml:lang="es"'), first="", inner="", after_seg="", last=""):
    source = f"<tuv {langs[0]}>{inner}<seg>{en}</seg>{after_seg}</tuv>"
    target = f"<tuv {langs[1]}><seg>{es}</seg></tuv>"
    return f'<tu tuid="1"{tu}>{first}\n  {source}\n  {target}\n  {last}</tu>'


def memory(body="", *, header=HEADER, version="1.4", space="", doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'):
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<tmx version="{version}"{space}>\n{header}\n<body>\n'
    return f"{head}{body or unit()}\n</body>\n</tmx>\n"


@dataclass(frozen=True)
class Case:
    """Hold a memory and what is right about it.

    `rules` are those that are broken, `line` where the first is. `mended` tells whether `fix` leaves nothing to tell
    of; `omegat_old` what OmegaT up to 6.0 makes of it: "" nothing, "loses" or "refuses". `texts` are what bialign reads
    (None: it refuses the file), `after` what it reads of the mended file where that differs.
    """

    text: str
    rules: tuple[str, ...] = ()
    line: int = 0
    mended: bool = True
    omegat_old: str = ""
    texts: tuple[str, str] | None = (EN, ES)
    after: tuple[str, str] | None = None


CASES = {
    "baseline": Case(memory()),
    "byte order mark": Case("\ufeff" + memory(), ("xml-bom",), 1),
    "srclang *all*": Case(
        memory(header=HEADER.replace('srclang="en"', 'srclang="*all*"')), ("tmx-srclang-all",), 4, mended=False
    ),
    "empty segment": Case(memory(unit(es="")), ("tmx-empty",), 8, mended=False, omegat_old="loses", texts=None),
    "one variant": Case(
        memory(f'<tu><tuv xml:lang="en"><seg>{EN}</seg></tuv></tu>'), ("tmx-one-sided",), 6, mended=False, texts=None
    ),
    "properties first": Case(memory(unit(first=PROP, inner=PROP))),
    "version 1.4b": Case(memory(version="1.4b"), ("tmx-version",), 3),
    "header of OpusTools": Case(
        memory(
            version="1.4.",
            header='<header srclang="en" adminlang="en" segtype="sentence" datatype="PlainText" />',
            doctype="",
        ),
        ("tmx-version", "tmx-header"),
        2,
    ),
    "property after the variants": Case(memory(unit(last=PROP)), ("tmx-order",), 9),
    "property after the segment": Case(memory(unit(after_seg=PROP)), ("tmx-order",), 7),
    "lang": Case(memory(unit(langs=('lang="en"', 'lang="es"'))), ("tmx-lang",), 7),
    "underscore": Case(
        memory(unit(langs=('xml:lang="en_US"', 'xml:lang="es_PE"'))), ("lang-code",), 7, omegat_old="loses"
    ),
    "attribute of its own": Case(memory(unit(tu=' score="0.5"')), ("tmx-attribute",), 6),
    "segtype verse": Case(memory(header=HEADER.replace("sentence", "verse")), ("tmx-segtype",), 4),
    "markup of HTML": Case(
        memory(unit("The <b>old</b> house burnt down.", "La casa <i>vieja</i> se quemó.")),
        ("tmx-markup",),
        7,
        omegat_old="loses",
    ),
    "namespace": Case(memory(space=' xmlns="http://www.lisa.org/tmx14"'), ("tmx-namespace",), 3),
    "form feed": Case(
        memory(unit("The old\x0chouse burnt down.")),
        ("xml-control",),
        7,
        omegat_old="refuses",
        texts=None,
        after=(EN, ES),
    ),
    "control as a number": Case(
        memory(unit("The old house&#x1F; burnt down.")),
        ("xml-control",),
        7,
        omegat_old="refuses",
        texts=None,
        after=(EN, ES),
    ),
    "entity of HTML": Case(memory(unit(es="La casa vieja se quem&oacute;.")), ("xml-entity",), 8, omegat_old="loses"),
    "bare signs": Case(
        memory(unit("Smith & Sons: a < b", "Smith & Sons: a < b (es)")),
        ("xml-ampersand", "xml-less"),
        7,
        omegat_old="refuses",
        texts=None,
        after=("Smith & Sons: a < b", "Smith & Sons: a < b (es)"),
    ),
    # beyond the twenty
    "no srclang": Case(
        memory(header=HEADER.replace(' srclang="en"', "")), ("tmx-no-srclang",), 4, omegat_old="refuses"
    ),
    "no language": Case(
        memory(unit(langs=('xml:lang="en"', ""))), ("tmx-no-lang",), 8, mended=False, omegat_old="refuses"
    ),
    "no header": Case(memory(header=""), ("tmx-no-header",), 5),
    "date": Case(memory(unit(tu=' creationdate="2020-01-02T10:11:12Z"')), ("tmx-date",), 6),
    "no country": Case(memory(unit(langs=('xml:lang="en"', 'xml:lang="es-XX"'))), ("lang-unknown",), 8, mended=False),
    "blank line first": Case("\n" + memory(), ("xml-leading",), 1, omegat_old="refuses"),
    "surrogates as numbers": Case(
        memory(unit("The old house burnt down &#xD83D;&#xDE00; &#xD800;.")),
        ("xml-surrogate",),
        7,
        omegat_old="refuses",
        texts=None,
        after=("The old house burnt down \U0001f600 \ufffd.", ES),
    ),
}
