"""Texts for tests of versions: an English story, two Spanish translations of it, a revised English one; all our own."""

from pathlib import Path

from bialign.corpus import Corpus

BASE = """\
The ferry left the island at six in the morning. Nobody had slept. The captain, a quiet man from the north, kept \
his eyes on the grey line of the coast and did not answer when the passengers asked him how long the crossing would \
take.

In the cabin below, Elena counted the letters once more. There were twelve of them, tied with a red ribbon. She had \
promised her grandmother that she would never open them; now the promise seemed as old as the ship itself.

"Are you going to read them?" asked the boy who sold coffee. She shook her head. "Not yet." He poured her a cup \
anyway and would not take her money.

At noon the wind changed. The sea, which had been as flat as a table, began to rise, and the mail sacks slid from \
one side of the deck to the other. Two sailors tied them down with wet ropes. One of them was singing.

The harbour appeared all at once behind the rain. On the quay stood a single lamp, and under the lamp a man with an \
umbrella. Elena knew at once who he was, although she had never seen him before.

"""
FIRST = """\
El transbordador salió de la isla a las seis de la mañana. Nadie había dormido. El capitán, un hombre callado del \
norte, no apartaba la vista de la línea gris de la costa y no contestó cuando los pasajeros le preguntaron cuánto \
duraría la travesía.

Abajo, en el camarote, Elena contó las cartas una vez más. Eran doce, atadas con una cinta roja. Le había prometido \
a su abuela que nunca las abriría; ahora la promesa parecía tan vieja como el propio barco.

—¿Las vas a leer? —preguntó el muchacho que vendía café. Ella negó con la cabeza. —Todavía no. Él le sirvió una \
taza de todos modos y no quiso aceptar su dinero.

A mediodía cambió el viento. El mar, que había estado liso como una mesa, empezó a levantarse, y las sacas del \
correo resbalaban de un lado a otro de la cubierta. Dos marineros las amarraron con cuerdas mojadas. Uno de ellos \
cantaba.

El puerto apareció de golpe detrás de la lluvia. En el muelle había un solo farol y, bajo el farol, un hombre con \
paraguas. Elena supo enseguida quién era, aunque nunca lo había visto.

"""
SECOND = """\
A las seis de la mañana zarpó de la isla el ferri, sin que nadie hubiera pegado ojo. El capitán era un norteño de \
pocas palabras. Con los ojos puestos en la raya gris de la costa, no respondía a los pasajeros que querían saber \
cuánto faltaba.

Elena, en el camarote de abajo, volvió a contar las cartas. Eran doce, atadas con una cinta roja. Le había jurado a \
la abuela no abrirlas jamás. La promesa le parecía ya tan antigua como el barco.

—¿Las vas a leer? —preguntó el chico del café. Ella dijo que no con la cabeza. —Todavía no. De todas formas él le \
llenó una taza. Y no hubo manera de que le cobrara. Así eran los isleños.

El viento cambió a mediodía. El mar, hasta entonces plano como una tabla, se fue encrespando, y las sacas de \
correos se deslizaban por la cubierta de una banda a la otra. Uno de ellos cantaba.

De repente, detrás de la lluvia, asomó el puerto. En el muelle había un único farol, y debajo, un hombre con \
paraguas. Elena supo quién era al instante, aunque no lo había visto nunca.

"""
REVISED = """\
The ferry left the island at seven in the morning. Nobody had slept. The captain, a quiet man from the north, kept \
his eyes on the grey line of the coast and did not answer when the passengers asked him how long the crossing would \
take.

In the cabin below, Elena counted the letters once more. There were twelve of them, tied with a red ribbon. She had \
promised her grandmother that she would never open them. Now the promise seemed as old as the ship itself.

At noon the wind changed. The sea, which had been as flat as a table, began to rise, and the mail sacks slid from \
one side of the deck to the other. The radio was silent. Two sailors tied them down with wet ropes.

"Are you going to read them?" asked the boy who sold coffee. She shook her head. "Not yet." He poured her a cup \
anyway and would not take her money.

The harbour appeared all at once behind the rain. On the quay stood a single lamp, and under the lamp a man with an \
umbrella. Elena knew at once who he was, although she had never seen him before.

"""


def write_texts(folder: Path) -> dict[str, Path]:
    """Write the texts into a folder; give their paths by their names."""
    texts = {"base.en": BASE, "a.es": FIRST, "b.es": SECOND, "new.en": REVISED}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.txt" for name in texts}


def make_versions(path: Path) -> Path:
    """Make a corpus with both translations of the story."""
    files = write_texts(path.parent)
    with Corpus.create(path, title="Travesías", who="Ana") as made:
        made.add(files["base.en"], files["a.es"], name="Paz")
        made.add(files["base.en"], files["b.es"], name="Ruiz")
    return path
