"""English and Spanish as data: what the splitter, the repairs and the guesser need to know about each language.

Every abbreviation stands with the example that earned it a place. Keys are lower case without the final full stop,
inner spaces removed ("EE. UU." is "ee.uu"); the `Kind` says what may follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "inner", "number", "unit", "date", "ending", "closing"]
"""What an abbreviation does to the full stop behind it.

title: a name follows, so it never ends a sentence. inner: something always follows. number: joins a number, a numeral
or a single letter, and is an ordinary word elsewhere. unit: joins anything but a capital. date: joins a number.
ending: may end a sentence, and does before a word that begins sentences. closing: ends one before any capital.
"""


@dataclass(frozen=True, slots=True)
class Language:
    """Hold what is known about one language; `starters` are capitalised words that begin sentences, never names."""

    code: str
    abbreviations: Mapping[str, Kind]
    examples: Mapping[str, str]
    starters: frozenset[str]
    reporting: frozenset[str]
    function_words: frozenset[str]


def _abbreviations(**kinds: Mapping[str, str]) -> tuple[dict[str, Kind], dict[str, str]]:
    table: dict[str, Kind] = {}
    examples: dict[str, str] = {}
    for kind, entries in kinds.items():
        for key, example in entries.items():
            table[key] = kind  # type: ignore[assignment]
            examples[key] = example
    return table, examples


_EN_TABLE, _EN_EXAMPLES = _abbreviations(
    title={
        "mr": "Mr. Hale", "mrs": "Mrs. Hale", "ms": "Ms. Hale", "mx": "Mx. Hale",
        "messrs": "Messrs. Hale and Thornton", "mme": "Mme. Curie", "mlle": "Mlle. Reisz", "dr": "Dr. Watson",
        "drs": "Drs. Watson and Moriarty", "prof": "Prof. Higgins", "profs": "Profs. Higgins and Pickering",
        "Rev": "Rev. Brontë", "Fr": "Fr. Brown", "Hon": "the Hon. Gwendolen Fairfax", "Gen": "Gen. Grant",
        "lt": "Lt. Hornblower", "Col": "Col. Brandon", "capt": "Capt. Wentworth", "cmdr": "Cmdr. Bond",
        "cdr": "Cdr. Bond", "maj": "Maj. Pendennis", "sgt": "Sgt. Cuff", "cpl": "Cpl. Trim", "pvt": "Pvt. Ryan",
        "adm": "Adm. Croft", "brig": "Brig. Gerard", "gov": "Gov. Winthrop", 
        "sens": "Sens. Smith and Paine", "Rep": "Rep. Lewis", "reps": "Reps. Lewis and Clark",
        "pres": "Pres. Lincoln", "supt": "Supt. Battle", "insp": "Insp. Lestrade", "Det": "Det. Bucket",
        "msgr": "Msgr. Ryan", "mt": "Mt. Etna", "mts": "Mts. Etna and Vesuvius",
        "Pt": "Pt. Reyes", "rt": "the Rt. Hon. Gwendolen Fairfax", "sts": "Sts. Peter and Paul",
        "ste": "Ste. Geneviève", "amb": "Amb. Quainton",
        "atty": "Atty. Gen. Gordon", "asst": "Asst. Prof. Lee", "supr": "Supr. Court", "comdr": "Comdr. Byrd",
    },
    inner={
        "v": "Roe v. Wade", "Ps": "Ps. Write soon", "PS": "PS. Write soon", "p.s": "P.S. Write soon",
        "p.p.s": "P.P.S. Write soon",
        "n.b": "N.B. The text is lost",
        "pub.l": "Pub. L. No. 94-553", "fed.r.evid": "Fed. R. Evid. 403", "s.&p": "the S.&P. 500", "c": "c. 1850",
        "e.g": "a fruit, e.g. Bramley apples", "i.e": "the author, i.e. Borges", "eg": "eg. Paris", "ie": "ie. Paris",
        "vs": "Kramer vs. Kramer", "cf": "cf. Smith (1999)", "viz": "viz. Hope and Faith", "ca": "ca. 1850",
        "approx": "approx. 30 km", "f.e": "f.e. London", "esp": "esp. Latin America", "incl": "incl. VAT",
        "a.k.a": "Samuel Clemens, a.k.a. Mark Twain", "dept": "Dept. of Justice", "trans": "trans. Edith Grossman",
        "repr": "repr. London", "orig": "orig. Latin", "resp": "resp. Paris", "attn": "attn. Mr. Hale",
        "nr": "nr. Leeds",
        "pseud": "pseud. Clarín", "lit": "lit. Black Forest", "introd": "introd. Carlos Fuentes",
        "govt": "Govt. House", "intl": "Intl. Airport", "natl": "Natl. Gallery", "d.b.a": "d.b.a. Acme",
    },
    number={
        "no": "Opus no. 5", "nos": "nos. 3 and 4", "p": "p. 55", "pp": "pp. 55-60", "vol": "vol. 2",
        "vols": "vols. 2-4", "ch": "ch. 3", "chap": "chap. 3", "chaps": "chaps. 3-5", "sec": "sec. 4",
        "sect": "sect. 4", "fig": "fig. 2", "figs": "figs. 2 and 3", "art": "art. 14", "arts": "arts. 14 and 15",
        "para": "para. 7", "par": "par. 7", "eq": "eq. 4", "ed": "ed. 3", "n": "n. 12", "nn": "nn. 12-14",
        "l": "l. 40", "ll": "ll. 40-44", "pt": "pt. 2", "pl": "pl. IX", "app": "app. B", "ser": "ser. 2",
        "op": "op. 27", "bk": "bk. II", "fol": "fol. 12", "tab": "tab. 3", "ext": "ext. 21", "apt": "apt. 4",
        "rm": "rm. 12", "rs": "Rs. 500", "tel": "tel. 555", "cl": "cl. 4", "cls": "cls. 4-6", "reg": "reg. 9",
        "sch": "sch. 1", "ver": "ver. 2", "n°": "N°. 1026", "nº": "Nº. 12", "stat": "64 Stat. 12", "ref": "ref. 99",
        "chs": "chs. 4 and 5", "secs": "secs. 4-6", "pars": "pars. 4-6", "refs": "refs. 9-11", "ff": "ff. 12",
        "sched": "Sched. 2", "sc": "act II, sc. 3", "S": "S. 1234", "h.r": "H.R. 99", "s.res": "S. Res. 12",
        "h.res": "H. Res. 12", "cir": "2d Cir. 1994", "fed.r.civ.p": "Fed. R. Civ. P. 12",
        "fed.r.crim.p": "Fed. R. Crim. P. 7",
        "Exod": "Exod. 3:14", "Lev": "Lev. 19:18", "Deut": "Deut. 6:4", "Isa": "Isa. 40:3", "Jer": "Jer. 1:5",
        "Ezek": "Ezek. 1:1", "Prov": "Prov. 1:7", "Eccl": "Eccl. 1:2", "Matt": "Matt. 5:3", "Rom": "Rom. 8:28",
        "Cor": "1 Cor. 13", "Gal": "Gal. 3:28", "Eph": "Eph. 2:8", "Thess": "1 Thess. 5:17", "Heb": "Heb. 11:1",
    },
    unit={
        "oz": "4 oz. sugar", "lb": "2 lb. flour", "lbs": "2 lbs. flour", "yd": "3 yd. long", "min": "5 min. later",
        "hr": "2 hr. later", "hrs": "2 hrs. later", "km": "30 km. away", "tbsp": "1 tbsp. oil", "tsp": "1 tsp. salt",
        "est": "est. 5 million", "max": "max. speed", "mm": "5 mm. wide", "cm": "5 cm. wide", "kg": "5 kg. bag",
        "misc": "misc. costs", "med": "the med. staff", "temp": "temp. worker", "mph": "at 5 mph. winds",
        "sq": "5 sq. miles", "cu": "5 cu. feet", "gal": "5 gal. drum", "avg": "avg. speed",
    },
    date={
        "jan": "Jan. 20", "feb": "Feb. 20", "mar": "Mar. 20", "apr": "Apr. 20", "jun": "Jun. 20", "jul": "Jul. 20",
        "aug": "Aug. 20", "sep": "Sep. 20", "sept": "Sept. 20", "oct": "Oct. 20", "nov": "Nov. 20", "dec": "Dec. 20",
        "mon": "Mon. 3 May", "tue": "Tue. 4 May", "tues": "Tues. 4 May", "wed": "Wed. 5 May", "thu": "Thu. 6 May",
        "thur": "Thur. 6 May", "thurs": "Thurs. 6 May", "fri": "Fri. 7 May",
    },
    ending={
        "al": "Smith et al. say", "bros": "Warner Bros. Records", "inc": "Acme Inc. said", "ltd": "Acme Ltd. said",
        "co": "Briggs & Co. said", "corp": "Acme Corp. said", "llc": "Acme LLC. said", "plc": "Acme plc. said",
        "jr": "King Jr. said", "sr": "King Sr. said", "esq": "J. Hale, Esq. said", "ph.d": "a Ph.D. student",
        "phd": "a PhD. student", "m.d": "an M.D. degree", "b.a": "a B.A. degree", "u.s": "the U.S. Senate",
        "u.s.a": "the U.S.A. today", "u.k": "the U.K. Government", "e.u": "the E.U. Council",
        "u.n": "the U.N. Charter", "d.c": "Washington, D.C. area", "ave": "Fifth Ave. Theatre",
        "blvd": "Sunset Blvd. Studios", "rd": "Abbey Rd. Studios", "hwy": "Hwy. 61", "ibid": "ibid. 12",
        "Id": "id. at 9", "eds": "Smith, eds. London", "calif": "Oakland, Calif. mayor", "Mass": "Salem, Mass. witch",
        "Conn": "Hartford, Conn. insurer", "Fla": "Miami, Fla. beach", "Ill": "Peoria, Ill. voter",
        "Pa": "Erie, Pa. native", "Tex": "Waco, Tex. siege", "Ariz": "Yuma, Ariz. heat", "Colo": "Aspen, Colo. snow",
        "Wash": "Tacoma, Wash. mill", "Mich": "Flint, Mich. water", "Minn": "Duluth, Minn. port",
        "Tenn": "Memphis, Tenn. blues", "Va": "Langley, Va. office", "Ga": "Macon, Ga. band",
        "Md": "Laurel, Md. track", "Ind": "Gary, Ind. steel", "Kan": "Salina, Kan. wheat", "Okla": "Tulsa, Okla. oil",
        "Ore": "Salem, Ore. capitol", "Wis": "Racine, Wis. plant", "Ala": "Selma, Ala. march",
        "dist": "1st Dist. Court", "n.y": "Albany, N.Y. office", "n.j": "Camden, N.J. yard",
        "l.a": "an L.A. Times story", "Ph": "Ph. Larkin", "mfg": "Acme Mfg. plant", "hosp": "St. Mary Hosp. ward",
        "cit": "op. cit. 12", "bldg": "Flatiron Bldg. lobby", "p.o": "P.O. Box 12",
        "st": "St. Jerome of Elm St. wept", "ft": "Ft. Worth", "Cal": "Cal. Penal Code",
        "h.c": "Dr. h. c. Hale", "r.i.p": "R.I.P. John", "W": "W. Virginia", "univ": "Univ. Press",
        "assoc": "Assoc. Prof. Lee", "b": "b. Leeds, 1850", "d": "d. Leeds, 1900", "Sen": "Sen. Smith",
    },
    closing={
        "etc": "pens, ink, etc. on a desk", "a.m": "at 6 a.m. on Friday", "p.m": "at 6 p.m. on Friday",
        "pm": "at 6 pm. on Friday", "btw": "btw. she left", "q.v": "see Latin, q.v. above", "bce": "44 BCE. Rome",
        "b.c": "44 B.C. Rome", "a.d": "79 A.D. eruption", "c.e": "79 C.E. eruption",
    },
)  # fmt: skip

_ES_TABLE, _ES_EXAMPLES = _abbreviations(
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
        "crta": "Crta. Nacional", "cra": "Cra. 7", "urb": "Urb. San Felipe", "edif": "Edif. Sol", "c/": "C/. Mayor", "pso": "Pso. Colón",
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
        "vols": "vols. 2-4", "t": "t. II", "cap": "cap. 3", "caps": "caps. 3-5", "fig": "fig. 2",
        "figs": "figs. 2 y 3", "art": "art. 14", "arts": "arts. 14 y 15", "inc": "inc. b", "lit": "lit. b",
        "apdo": "Apdo. 12", "ap": "ap. 3", "párr": "párr. 7", "párrf": "los párrf. 5 y 6",
        "párrs": "los párrs. 5 y 6", "parr": "parr. 7",
        "f": "f. 12", "ff": "ff. 12-14", "fol": "fol. 12", "fols": "fols. 12-14", "tel": "Tel. 555",
        "tlf": "Tlf. 555", "telf": "Telf. 555", "teléf": "Teléf. 555", "ext": "Ext. 1010", "dcto": "Dcto. 12",
        "r.d": "R. D. 12", "res": "Res. 12", "exp": "Exp. 12", "dto": "Dto. 3", "lám": "lám. 4", "tab": "tab. 3",
        "ec": "ec. 4", "disp": "disp. 2", "l": "l. 40", "cód": "cód. 12", "Lt": "Lt. 4", "Mz": "Mz. B",
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

_EN_STARTERS = """
The This That These Those There Then Thus Therefore They Their He She His Her Him It Its We Our You Your My I I'm I've
I'd I'll What When Where Which While Who Whose Why How However Here Hence In On At By For From With Without Within If
Although Though Because Since After Before During Until Unless Under Over As And But Or Nor Yet So Did Does Do Is Are
Was Were Has Have Had Can Could Would Should Must Not No Yes Now Once Both Each Every Some Many Most All Any Another
Other Others Several Few Also Moreover Furthermore Nevertheless Nonetheless Meanwhile Instead Indeed Perhaps Maybe
Finally First Second Later Please According Despite Between Among Through Throughout Upon Its It's He's She's They're
We're You're That's There's What's Who's Millions Thousands Hundreds Dozens Having Being Today Yesterday Tomorrow
Nobody Nothing Everyone Everybody Everything Someone Something Anyone Anything Don't Didn't Doesn't Isn't Wasn't Let's
Let Just Only Even Still Often Sometimes Never Ever A An Afterward Afterwards Again Additionally Accordingly Apparently
Besides Certainly Clearly Consequently Conversely Currently Earlier Elsewhere Especially Eventually Fortunately
Generally Given How's Initially Lastly Likewise Naturally Next None Nor Normally Obviously Occasionally Originally
Otherwise Overall Previously Rather Recently Similarly Soon Specifically Subsequently Suddenly Surely Thereafter
Tomorrow Tonight Typically Ultimately Unfortunately Unlike Usually Whatever Whenever Whereas Wherever Whether Whoever
Won't Wouldn't Couldn't Can't Haven't Hasn't Hadn't Aren't Weren't You've We've They've We'll They'll He'd She'd We'd
They'd You'll You'd Here's Who'd Where's
"""
_ES_STARTERS = """
El La Los Las Un Una Unos Unas Lo Este Esta Estos Estas Ese Esa Esos Esas Esto Eso Aquel Aquella Aquellos Aquellas Él
Ella Ellos Ellas Yo Tú Usted Ustedes Nosotros Nosotras Mi Mis Su Sus Nuestro Nuestra Nuestros Nuestras Me Te Se Le Les
Nos Qué Quién Quiénes Cuál Cuáles Cuándo Cuánto Cuántos Cuánta Cuántas Cómo Dónde Adónde Que Quien Cual Cuando Cuanto
Como Donde En Por Para Con Sin Desde Hasta Entre Sobre Tras Ante Bajo Hacia Según Durante Mediante A Al Y E O Pero Mas
Sino Aunque Porque Pues Si Sí No Ni Ya También Tampoco Además Asimismo Así Entonces Luego Después Antes Ahora Hoy Ayer
Mañana Aquí Allí Ahí Sin Todo Toda Todos Todas Cada Otro Otra Otros Otras Algún Alguna Algunos Algunas Ningún Ninguna
Ninguno Nadie Nada Alguien Algo Muchos Muchas Mucho Mucha Pocos Pocas Varios Varias Mientras Finalmente Actualmente
Posteriormente Es Son Fue Fueron Era Eran Está Están Hay Había Ha Han Hace Tiene Tenía Tras Quizá Quizás Tal Tales
Ambos Ambas Dicho Dicha Nunca Siempre Solo Sólo De Del Debido Gracias Cuyo Cuya Disponían Dos Tres Cuatro Cinco Seis
Siete Ocho Nueve Diez
"""
_EN_REPORTING = """
said says say asked asks answered replied replies cried shouted whispered exclaimed thought thinks murmured muttered
added continued remarked inquired enquired observed called repeated demanded began yelled screamed sighed laughed
returned insisted explained announced declared wrote writes growled snapped agreed responded responds went interrupted
ejaculated
"""
_ES_REPORTING = """
dijo dice decía dijeron preguntó pregunta preguntaba respondió responde contestó contesta exclamó exclama gritó grita
susurró murmuró pensó añadió agregó continuó repitió replicó repuso afirmó señaló explicó insistió comentó ordenó
pidió rogó interrumpió concluyó prosiguió aseguró advirtió observó declaró anunció escribió susurra murmura lamentó
sentenció balbuceó
"""
_WORDS = {
    "en": """
the of and to in is that it was for on with as are be by this at from his her they not have had or which but an you
were their we she he all there been one would what who will if when more no out so up into them then its than some
could can about these my me do has our your him did how very after where over only any should two now first such being
said like just because while most through those i a don't it's didn't i'm let know think want tom why isn't please
time day years old people before
""",
    "es": """
de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este
ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo solo han yo
hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora otro después te otros aunque esa
eso hace otra tan durante siempre día tanto ella tres sí dijo sido según menos hacer estaba poco estos tu quién cómo
nada usted ellos eres estoy puedo tengo os vosotros era les cual sea tom quiero eran fueron cada pues aquel aquella
vuestro entonces ante contra mis han dijo jehová nuestro
""",
    "fr": """
de la le et les des en un du une que est dans qui par pour au il sur ne se pas plus ce sont avec son je nous vous elle
mais ou où leur y aux sa ses on cette comme tout était été même fait ces ils lui si être deux bien sans elles mon ma
c'est d'un qu'il n'est l'on j'ai à avait moi tu dit quand très aussi donc encore peu après toute tous
""",
    "de": """
der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat daß dass
sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man
sein wurde sei ich wir ihr mir mich du was wenn kein unter wir diese dieser hatte ihre seine
""",
    "pt": """
de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser
quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos seus quem nas me esse
eles estão você tinha foram essa num nem suas meu às minha têm numa pelos elas havia seja qual será nós lhe são pois
então ainda
""",
    "it": """
di e il la che in a per un è del non sono una si da con le della i più al come anche dei lo alla nel ha gli delle
questo ma ci su mi se cui o dalla era degli essere tra nella quando io ti tutto suo stato c'è dell'anno perché molto
sua fatto cosa lui lei sia così quello due dopo loro
""",
    "ca": """
de la i el que en a les del per un és una amb no els va al es són o més com dels seu aquest ha pel seva també però
aquesta ser fins tot on entre hi si molt ja fou quan les l'any li això era pels seus sense havia perquè
""",
    "nl": """
de van het een en in is dat op te zijn met voor niet aan er die om ook als dan maar bij uit naar hij heeft ze nog
wordt door over ik worden was je kan deze geen hebben had zou
""",
}


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words of a string.

    >>> sorted(word_set("el la"))
    ['el', 'la']
    """
    return frozenset(words.split())


def _language(code: str, table: Mapping[str, Kind], examples: Mapping[str, str], starters: str, said: str) -> Language:
    return Language(code, table, examples, word_set(starters), word_set(said), word_set(_WORDS[code]))


ENGLISH = _language("en", _EN_TABLE, _EN_EXAMPLES, _EN_STARTERS, _EN_REPORTING)
SPANISH = _language("es", _ES_TABLE, _ES_EXAMPLES, _ES_STARTERS, _ES_REPORTING)
LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "es": SPANISH}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# letters that one of these languages has and its neighbours have not
_LETTERS = {
    "es": re.compile(r"[ñ¿¡]|[áéíóú]\w*[^\W\d_]\b"),
    "pt": re.compile(r"[ãõ]|\w[ln]h[aoe]s?\b"),
    "fr": re.compile(r"[èêœûîëï]|\b[dlnjsqc]['’][aeéêèiou]|eux\b|ç"),
    "de": re.compile(r"[äöß]|\bge\w+t\b|\w(?:ung|keit|lich|isch)\b"),
    "it": re.compile(r"[òì]|\b(?:dell|all|nell|sull|un)['’]|zion[ei]\b"),
    "ca": re.compile(r"l·l|[àòï]|\b[ld]['’][aeiouhàèéíòóú]"),
}


def guess_language(text: str) -> str:
    """Tell whether a text is English ("en") or Spanish ("es"); "" where it is neither, or too little to tell.

    Counts function words, which no text goes without, against those of the languages it could be confused with
    (French, Portuguese, Italian, Catalan, German, Dutch), and the letters that only one of them has.

    >>> guess_language("The regime fell within a year."), guess_language("El régimen cayó en un año.")
    ('en', 'es')
    >>> guess_language("Le régime est tombé dans l'année."), guess_language("1992")
    ('', '')
    """
    sample = (
        text if len(text) <= 3 * _SAMPLE else "\n".join(text[at : at + _SAMPLE] for at in _sample_starts(len(text)))
    )
    scores = dict.fromkeys(_WORDS, 0.0)
    lowered = sample.lower()
    words = _WORD.findall(lowered)
    for word in words:
        for code, weight in _WEIGHTS.get(word.replace("’", "'"), ()):
            scores[code] += weight
    for code, pattern in _LETTERS.items():
        scores[code] += 0.4 * len(pattern.findall(lowered))
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    if best not in LANGUAGES or scores[best] < 0.6 or scores[best] < 1.15 * scores[second]:
        return ""
    # a language we know nothing about has few of anybody's function words
    return best if scores[best] >= 0.04 * len(words) else ""


def spanish_share(text: str) -> float:
    """Give the share of Spanish among the English and Spanish function words of a short stretch (0.5 without any).

    >>> spanish_share("the end of the road"), spanish_share("el fin del camino"), spanish_share("Lima 1992")
    (0.0, 1.0, 0.5)
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    spanish = sum(word in SPANISH.function_words and word not in ENGLISH.function_words for word in words)
    english = sum(word in ENGLISH.function_words and word not in SPANISH.function_words for word in words)
    return spanish / (spanish + english) if spanish + english else 0.5


_SAMPLE = 5000


def _sample_starts(length: int) -> tuple[int, int, int]:
    return 0, (length - _SAMPLE) // 2, length - _SAMPLE


def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    holders: dict[str, list[str]] = {}
    for code, words in _WORDS.items():
        for word in set(words.split()):
            holders.setdefault(word, []).append(code)
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in holders.items()}


_WEIGHTS = _weights()
