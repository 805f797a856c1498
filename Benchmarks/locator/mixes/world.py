"""Not mainly Hispanic: Haitian, Hmong, Vietnamese, Somali, Ukrainian, Karen, Marshallese, Punjabi and Mayan families.

Few surnames shared by many (XIONG, MOHAMED, JEAN), surnames that are given names, given names of two words,
names from other alphabets, the order of the names exchanged, birth dates of 1 January.
"""
from gen import DEV
from kinds import facts, given, letters, pools, surnames

KINDS = dict(
    transliterated=(.15, given.transliterated), hyphen_lost=(.25, surnames.hyphen_lost), joined_given=(.05, given.joined_given),
    hyphen_given=(.02, given.hyphen_given), rotated=(.006, surnames.rotated), heard=(.05, letters.heard),
    heard_indigenous=(.03, letters.heard_indigenous), guardian=(.05, surnames.guardian), parent_words=(.02, surnames.parent_words),
    no_first=(.006, given.no_first), no_middle_said=(.05, given.no_middle_said), marks=(.02, letters.marks),
    dob_first_of_month=(.01, facts.dob_first_of_month), dob_default=(.006, facts.dob_default), place_written=(.1, facts.place_written),
    cases=(.05, given.cases), blanks=(.02, letters.blanks), cut=(.02, letters.cut((12, 15, 20))))
EXTRA = {kind: change for kind, (_, change) in KINDS.items()}
MIX = dict(hispanic=.38, double=.75, siblings=.45, twins=.02, jan1=.05, absent=.28, hard_absent=.5,
           index={**DEV['index'], 'first_last_swap': .04, **{k: r for k, (r, _) in KINDS.items()}},
           query={**DEV['query'], 'first_last_swap': .05, **{k: r for k, (r, _) in KINDS.items()}})


def NAMES(names):
    """Changes gen.py's name tables before the first draw."""
    pools.add(names, pools.OTHERS, .75, 'O')
    pools.add(names, (pools.MAYAN_MIXTEC,), .35, 'H')
