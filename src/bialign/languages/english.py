"""English: its abbreviations, the words that begin its sentences and tell who spoke, and its function words."""

from __future__ import annotations

from bialign.languages.model import Language, abbreviations_of, with_both_apostrophes, word_set

_TABLE, _EXAMPLES = abbreviations_of(
    title={
        "mr": "Mr. Hale", "mrs": "Mrs. Hale", "ms": "Ms. Hale", "mx": "Mx. Hale",
        "messrs": "Messrs. Hale and Thornton", "mme": "Mme. Curie", "mlle": "Mlle. Reisz", "dr": "Dr. Watson",
        "drs": "Drs. Watson and Moriarty", "prof": "Prof. Higgins", "profs": "Profs. Higgins and Pickering",
        "Rev": "Rev. Brontë", "Fr": "Fr. Brown", "Hon": "the Hon. Gwendolen Fairfax", "Gen": "Gen. Grant",
        "lt": "Lt. Hornblower", "Col": "Col. Brandon", "capt": "Capt. Wentworth", "cmdr": "Cmdr. Bond",
        "cdr": "Cdr. Bond", "maj": "Maj. Pendennis", "sgt": "Sgt. Cuff", "cpl": "Cpl. Trim", "pvt": "Pvt. Ryan",
        "pfc": "Pfc. Gump",
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

_STARTERS = """
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
They'd You'll You'd Here's Who'd Where's He'll She'll It'll One Two Three Four Five Six Seven Such More Neither Somebody
Almost Immediately Against Concerning Like Last To See Thanks Remember
"""
_REPORTING = """
said says say asked asks answered replied replies cried shouted whispered exclaimed thought thinks murmured muttered
added continued remarked inquired enquired observed called repeated demanded began yelled screamed sighed laughed
returned insisted explained announced declared wrote writes growled snapped agreed responded responds went interrupted
ejaculated
"""
_FUNCTION_WORDS = """
the of and to in is that it was for on with as are be by this at from his her they not have had or which but an you
were their we she he all there been one would what who will if when more no out so up into them then its than some
could can about these my me do has our your him did how very after where over only any should two now first such being
said like just because while most through those i a don't it's didn't i'm let know think want tom why isn't please
time day years old people before
"""

ENGLISH = Language(
    "en",
    _TABLE,
    _EXAMPLES,
    with_both_apostrophes(word_set(_STARTERS)),
    word_set(_REPORTING),
    word_set(_FUNCTION_WORDS),
)
