"""What the stress sets put into documents, in the languages of the gold: English, Spanish and French."""

LANGUAGES = ("en", "es", "fr")

# one-word lines of dialogue: English, Spanish, French
REPLIES = tuple(
    tuple(line.split("|"))
    for line in """\
Yes.|Sí.|Oui.
No.|No.|Non.
Never!|¡Nunca!|Jamais !
Always.|Siempre.|Toujours.
Why?|¿Por qué?|Pourquoi ?
Who?|¿Quién?|Qui ?
When?|¿Cuándo?|Quand ?
Where?|¿Dónde?|Où ?
Perhaps.|Quizás.|Peut-être.
Nothing.|Nada.|Rien.
Of course.|Claro.|Bien sûr.
Listen!|¡Escucha!|Écoute !
Wait.|Espera.|Attends.
Thanks.|Gracias.|Merci.
Good.|Bien.|Bien.
Come in!|¡Adelante!|Entrez !
Tomorrow.|Mañana.|Demain.
Silence!|¡Silencio!|Silence !
Really?|¿De veras?|Vraiment ?
Nobody.|Nadie.|Personne.
Enough!|¡Basta!|Assez !
Goodbye.|Adiós.|Adieu.""".splitlines()
)

# verses of refrains
REFRAINS = tuple(
    tuple(line.split("|"))
    for line in """\
And the river runs down to the sea.|Y el río corre hacia la mar.|Et la rivière court vers la mer.
Sing, heart of mine, the night is long.|Canta, corazón mío, que la noche es larga.|Chante, mon cœur, la nuit est longue.
For his mercy endureth for ever.|Porque es eterna su misericordia.|Car sa miséricorde dure à toujours.
O my country, when shall I see you again?|Oh patria mía, ¿cuándo te volveré a ver?|Ô mon pays, quand te reverrai-je ?
Round and round goes the wheel of the mill.|Gira y gira la rueda del molino.|Tourne, tourne la roue du moulin.
Nobody knows, and nobody shall.|Nadie lo sabe, y nadie lo sabrá.|Nul ne le sait, et nul ne le saura.""".splitlines()
)

# labels of rows in tables
LABELS = tuple(
    tuple(line.split("|"))
    for line in """\
Total|Total|Total
Year|Año|Année
Population|Población|Population
Men|Hombres|Hommes
Women|Mujeres|Femmes
Exports|Exportaciones|Exportations
Imports|Importaciones|Importations
Price|Precio|Prix
Area (km²)|Superficie (km²)|Superficie (km²)
Cases|Casos|Cas
Deaths|Muertes|Décès
North|Norte|Nord
South|Sur|Sud
Average|Promedio|Moyenne
Variation|Variación|Variation
Households|Hogares|Ménages""".splitlines()
)


def number(value: float, lang: str, decimals: int = 0) -> str:
    """Write a number as the language does: 1,234.5 in English, 1.234,5 in Spanish, 1 234,5 in French.

    >>> number(1234.5, "en", 1), number(1234.5, "es", 1)
    ('1,234.5', '1.234,5')
    """
    text = f"{value:,.{decimals}f}"
    thousands, point = {"en": (",", "."), "es": (".", ","), "fr": ("\u202f", ",")}[lang]
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands)
