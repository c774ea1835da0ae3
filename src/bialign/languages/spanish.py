"""Spanish: its abbreviations, the words that begin its sentences and tell who spoke, and its function words."""

from __future__ import annotations

from bialign.languages.model import Language, abbreviations_of, word_set

_TABLE, _EXAMPLES = abbreviations_of(
    title={
        "sr": "el Sr. Ledesma", "sra": "la Sra. Ledesma", "srta": "la Srta. Ledesma", "sres": "los Sres. Paz y Soto",
        "sras": "las Sras. Paz y Soto", "srtas": "las Srtas. Paz", "D": "D. Quijote", "dª": "Dª. Perfecta",
        "dña": "Dña. Perfecta", "dr": "el Dr. Paz", "dra": "la Dra. Paz",
        "dres": "los Dres. Paz", "drs": "los Drs. Paz", "prof": "el Prof. Paz", "profa": "la Profa. Paz",
        "lic": "el Lic. Paz", "ing": "el Ing. Paz", "arq": "el Arq. Paz", "abg": "el Abg. Paz",
        "gral": "el Gral. Valdivia", "gral.brig": "el Gral. Brig. Valdivia", "Gen": "el Gen. Valdivia",
        "cnel": "el Cnel. Gaitán", "tte": "el Tte. Hurtado", "tnte": "el Tnte. Hurtado", "crnl": "el Crnl. Gaitán",
        "Dip": "el Dip. Soto", "vicepdte": "el Vicepdte. Soto", "Pte": "la Pte. Ruiz",
        "agr": "el Ing. Agr. Soto", "Cap": "el Cap. Martin",
        "cptn": "el Cptn. Martin", "capt": "el Capt. Martin", "sgto": "el Sgto. Gómez", "cmdte": "el Cmdte. Camilo",
        "cmte": "el Cmte. Camilo", "cmdta": "la Cmdta. Ana",
        "cdte": "el Cdte. Camilo", "alm": "el Alm. Grau", "mons": "Mons. Romero", "pbro": "el Pbro. Luis",
        "Fr": "Fr. Luis de León", "hno": "el Hno. Pedro", "hna": "la Hna. Ana", "sta": "Sta. Teresa",
        "sto": "Sto. Tomás", "S": "S. Juan de la Cruz", "excmo": "el Excmo. Sr. Alcalde",
        "excma": "la Excma. Sra. Ministra", "ilmo": "el Ilmo. Ayuntamiento", "ilma": "la Ilma. Sra. Decana",
        "rvdo": "el Rvdo. Luis", "rdo": "el Rdo. Luis", "mtro": "el Mtro. Paz", "mtra": "la Mtra. Paz",
        "mgtr": "el Mgtr. Paz", "pdte": "el Pdte. Fujimori", "vda": "Ana Paz Vda. de Soto",
        "emmo": "el Emmo. Cardenal", "mr": "Mr. Hale", "mrs": "Mrs. Hale", "ms": "Ms. Hale", "st": "St. Louis",
        "mt": "Mt. Kisco", "Ch": "Ch. Darwin", "Th": "Th. Mann", "fdez": "L. Fdez. Soto", "glez": "L. Glez. Soto",
        "hdez": "L. Hdez. Soto",
        "rguez": "L. Rguez. Soto", "mtnez": "L. Mtnez. Soto", "edo": "el Edo. Mérida", "mpio": "el Mpio. Libertador",
        "Del": "Del. Cuauhtémoc", "carr": "Carr. Panamericana", "gta": "Gta. Bilbao", "av": "Av. Arequipa 12",
        "avda": "Avda. América 12",
        "avd": "Avd. América 12", "pza": "Pza. Mayor", "plza": "Plza. Mayor", "ctra": "Ctra. Nacional",
        "crta": "Crta. Nacional", "cra": "Cra. 7", "urb": "Urb. San Felipe", "edif": "Edif. Sol",
        "c/": "C/. Mayor", "pso": "Pso. Colón", "At": "el At. Madrid", "Atl": "el Atl. Madrid", "Ath": "el Ath. Bilbao",
        "Dep": "el Dep. Coruña",
    },
    inner={
        "v": "v. Paz (1999)", "p.ej": "una fruta, p. ej. Manzana", "ej": "por ej. Lima", "vs": "Perú vs. Chile",
        "cf": "cf. Paz (1999)", "cfr": "cfr. Paz (1999)", "ca": "ca. 1850", "aprox": "aprox. 30 km",
        "v.gr": "v. gr. Lima", "i.e": "el autor, i. e. Borges", "e.g": "e. g. Borges", "trad": "trad. Paz",
        "dpto": "Dpto. de Letras", "depto": "Depto. de Letras", "admón": "Admón. de Fincas",
        "dir": "dir. Luis Buñuel", "esp": "esp. América", "a/a": "A/A. Sra. Paz", "ed": "Ed. Cátedra",
        "edit": "Edit. Cátedra", "univ": "Univ. de Lima", "fac": "Fac. de Letras", "inst": "Inst. Riva-Agüero",
        "prov": "Prov. de Lima", "gob": "Gob. Civil", "desc": "desc. Linneo", "rem": "Rem. Luis Paz",
        "ref": "Ref. Lima", "col": "Col. Roma", "esq": "esq. Juárez", "fdo": "Fdo. Luis Paz", "rte": "Rte. Luis Paz",
        "nal": "Nal. de Cuba", "p.d": "P. D. Escribe", "p.s": "P. S. Escribe", "n.b": "N. B. El texto",
    },
    number={
        "s": "s. XX", "n": "n. 5", "nº": "nº. 5", "n°": "N°. 5",
        "núm": "núm. 5", "núms": "núms. 5 y 6", "num": "num. 5", "No": "No. 103", "nro": "nro. 5", "p": "p. 55",
        "pp": "pp. 55-60", "pág": "pág. 55", "págs": "págs. 55-60", "pag": "pag. 55", "vol": "vol. 2",
        "vols": "vols. 2-4", "t": "t. II", "caps": "caps. 3-5", "fig": "fig. 2",
        "figs": "figs. 2 y 3", "art": "art. 14", "arts": "arts. 14 y 15", "inc": "inc. b", "lit": "lit. b",
        "apdo": "Apdo. 12", "ap": "ap. 3", "párr": "párr. 7", "párrf": "los párrf. 5 y 6",
        "párrs": "los párrs. 5 y 6", "parr": "parr. 7", "pár": "pár. 7", "adic": "disp. adic. 7.ª",
        "trans": "disp. trans. 2.ª", "derog": "disp. derog. 1.ª",
        "f": "f. 12", "ff": "ff. 12-14", "fol": "fol. 12", "fols": "fols. 12-14", "tel": "Tel. 555",
        "tlf": "Tlf. 555", "tfno": "Tfno. 555", "telf": "Telf. 555", "teléf": "Teléf. 555", "ext": "Ext. 1010",
        "r.d": "R. D. 12", "res": "Res. 12", "exp": "Exp. 12", "lám": "lám. 4", "tab": "tab. 3",
        "ec": "ec. 4", "l": "l. 40", "Lt": "Lt. 4", "Mz": "Mz. B",
        "Of": "Of. 201", "op": "op. 27", "sec": "sec. 4", "secc": "secc. 4", "c.p": "C. P. 28001", "long": "long. 5",
        "lat": "lat. 12", "i": "i. 5", "Nos": "nos. 3", "ibíd": "ibíd. 12", "ss": "ss. XV y XVI", "cto": "Cto. 4",
        "Gén": "Gén. 1, 1", "Éx": "Éx. 3, 14", "Sal": "Sal. 23", "Rom": "Rom. 8, 28", "Cor": "1 Cor. 13",
        "Ef": "Ef. 2, 8",
        "rec": "Rec. 123/97", "bs": "Bs. 300", "s/": "S/. 300", "Q": "Q. 500", "L": "L. 300", "fs": "a fs. 33",
        "fjs": "a fjs. 33", "int": "Int. 4", "Apto": "Apto. 301", "esc": "esc. 3.ª", "marg": "núm. marg. 12",
    },
    unit={
        "km": "30 km. de costa", "kms": "30 kms. de costa", "kg": "5 kg. de sal", "kgs": "5 kgs. de sal",
        "min": "5 min. después", "hs": "12 hs. de carrera", "hrs": "12 hrs. de carrera", "h": "a las 12 h. de hoy",
        "seg": "5 seg. después", "cm": "5 cm. de largo", "mts": "5 mts. de largo", "m": "5 m. de largo",
        "mm": "5 mm. de largo", "hab": "30 hab. / km²", "máx": "máx. velocidad", "mín": "mín. velocidad",
        "ha": "5 ha. de trigo", "grs": "5 grs. de sal", "gr": "5 gr. de sal", "lts": "5 lts. de agua",
        "ptas": "5 ptas. de vuelta", "pts": "5 pts. más", "mill": "5 mill. de euros", "dim": "dim. de caja",
        "izq": "2.º izq. de la calle", "dcha": "2.º dcha. de la calle", "abrev": "su abrev. es",
        "atto": "su atto. y s. s.", "afmo": "su afmo. amigo", "affmo": "su affmo. amigo", "temp": "temp. máxima",
        "sing": "en sing. y plural", "tít": "tít. original", "nac": "nac. en Lima",
    },
    date={
        "ene": "20 ene. 1984", "feb": "20 feb. 1984", "mar": "20 mar. 1984", "abr": "20 abr. 1984",
        "may": "20 may. 1984", "jun": "20 jun. 1984", "jul": "20 jul. 1984", "ago": "20 ago. 1984",
        "sep": "20 sep. 1984", "sept": "20 sept. 1984", "set": "20 set. 1984", "oct": "20 oct. 1984",
        "nov": "20 nov. 1984", "dic": "20 dic. 1984", "lun": "lun. 15 de marzo", "mié": "mié. 15 de marzo",
        "jue": "jue. 15 de marzo", "vie": "vie. 15 de marzo", "sáb": "sáb. 15 de marzo", "dom": "dom. 15 de marzo",
    },
    ending={
        "h.c": "Dr. h. c. Paz", "c": "Paz c. Estado", "D.C": "Bogotá, D.C. - Colombia", "al": "Paz et al. dicen",
        "bros": "Warner Bros. Records",
        "cía": "Soto y Cía. de Lima", "jr": "King Jr. dijo", "corp": "Acme Corp. dijo", "co": "Briggs & Co. dijo",
        "ltd": "Acme Ltd. dijo", "s.m": "S. M. el Rey", "ss.mm": "SS. MM. los Reyes", "s.s": "S. S. el Papa",
        "bto": "peso bto. de 3 kg", "íd": "íd. anterior", "cit": "op. cit. 12",
        "ibid": "ibid. 12", "ph.d": "un Ph. D. de Lima", "aa.vv": "AA. VV. Antología",
        "s.a.r": "S. A. R. la Infanta", "ss.aa.rr": "SS. AA. RR. los Infantes", "cap": "el cap. Soto, cap. 3",
        "cód": "Cód. Civil", "disp": "disp. 2.ª", "dto": "Dto. Legislativo 3", "dcto": "Dcto. Ley 12",
        "Sen": "la Sen. Ruiz", "vv.aa": "VV. AA. Antología", "dfto": "el dfto. Paz",
    },
    closing={
        "etc": "tinta, papel, etc. en la mesa", "ud": "a Ud. Gracias", "uds": "a Uds. Gracias", "vd": "a Vd. Gracias",
        "vds": "a Vds. Gracias", "ee.uu": "los EE. UU. de América", "eeuu": "los EEUU. de América",
        "ff.aa": "las FF. AA. de Perú", "rr.hh": "RR. HH. de la empresa", "cc.oo": "CC. OO. de Madrid",
        "dd.hh": "los DD. HH. en Perú", "jj.oo": "los JJ. OO. de Río", "a.c": "44 a. C. en Roma",
        "d.c": "79 d. C. en Pompeya", "a.de.c": "44 a. de C. en Roma", "d.de.c": "79 d. de C. en Roma",
        "a.m": "a las 6 a. m. del lunes", "p.m": "a las 6 p. m. del lunes", "s.a": "Acme S. A. de Lima",
        "s.l": "Acme S. L. de Vigo", "s.r.l": "Acme S. R. L. de Lima", "s.a.c": "Acme S. A. C. de Lima",
        "s.a.u": "Acme S. A. U. de Vigo", "s.l.u": "Acme S. L. U. de Vigo",
        "c.v": "Acme S. A. de C. V. de México", "c.a": "Acme C. A. de Caracas", "s.a.a": "Acme S. A. A. de Lima",
        "ltda": "Acme Ltda. de Lima", "q.e.p.d": "q. e. p. d. el difunto", "e.p.d": "e. p. d. el difunto",
        "a.e.c": "300 a. e. c. en Roma", "d.e.c": "300 d. e. c. en Roma", "e.c": "300 e. c. en Roma",
        "u.e": "la U. E. en Bruselas", "s.n": "calle Mayor s. n. Lima",
    },
)  # fmt: skip

_STARTERS = """
El La Los Las Un Una Unos Unas Lo Este Esta Estos Estas Ese Esa Esos Esas Esto Eso Aquel Aquella Aquellos Aquellas Él
Ella Ellos Ellas Yo Tú Usted Ustedes Nosotros Nosotras Mi Mis Su Sus Nuestro Nuestra Nuestros Nuestras Me Te Se Le Les
Nos Qué Quién Quiénes Cuál Cuáles Cuándo Cuánto Cuántos Cuánta Cuántas Cómo Dónde Adónde Que Quien Cual Cuando Cuanto
Como Donde En Por Para Con Sin Desde Hasta Entre Sobre Tras Ante Bajo Hacia Según Durante Mediante A Al Y E O Pero Mas
Sino Aunque Porque Pues Si Sí No Ni Ya También Tampoco Además Asimismo Así Entonces Luego Después Antes Ahora Hoy Ayer
Mañana Aquí Allí Ahí Sin Todo Toda Todos Todas Cada Otro Otra Otros Otras Algún Alguna Algunos Algunas Ningún Ninguna
Ninguno Nadie Nada Alguien Algo Muchos Muchas Mucho Mucha Pocos Pocas Varios Varias Mientras Finalmente Actualmente
Posteriormente Es Son Fue Fueron Era Eran Está Están Hay Había Ha Han Hace Tiene Tenía Tras Quizá Quizás Tal Tales
Ambos Ambas Dicho Dicha Nunca Siempre Solo Sólo De Del Debido Gracias Cuyo Cuya Disponían Dos Tres Cuatro Cinco Seis
Siete Ocho Nueve Diez Todavía Aún Casi Más Incluso Apenas Jamás Tan Tanto Quizás Primero Realmente Probablemente
Generalmente Simplemente Normalmente Solamente Recientemente Pronto Cualquier Vosotros Éste Ésta Éstos Éstas Ése Ésa
Uno Será Hubo Puede Pueden Debe Deben Existe Existen Parece Estaba Estaban Dado Dada Tampoco Acaso Anoche
"""
_REPORTING = """
dijo dice decía dijeron preguntó pregunta preguntaba respondió responde contestó contesta exclamó exclama gritó grita
susurró murmuró pensó añadió agregó continuó repitió replicó repuso afirmó señaló explicó insistió comentó ordenó
pidió rogó interrumpió concluyó prosiguió aseguró advirtió observó declaró anunció escribió susurra murmura lamentó
sentenció balbuceó
"""
_FUNCTION_WORDS = """
de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este
ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo solo han yo
hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora otro después te otros aunque esa
eso hace otra tan durante siempre día tanto ella tres sí dijo sido según menos hacer estaba poco estos tu quién cómo
nada usted ellos eres estoy puedo tengo os vosotros era les cual sea tom quiero eran fueron cada pues aquel aquella
vuestro entonces ante contra mis han dijo jehová nuestro
"""

SPANISH = Language("es", _TABLE, _EXAMPLES, word_set(_STARTERS), word_set(_REPORTING), word_set(_FUNCTION_WORDS))
