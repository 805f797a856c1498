"""Other kinds: what a school registrar sees that the kit does not have. The kit's own kinds run at about two thirds."""
from gen import DEV
from kinds import facts, given, letters, surnames

KINDS = dict(
    stepfather=(.025, surnames.stepfather), guardian=(.04, surnames.guardian), mother_only=(.03, surnames.mother_only),
    hyphenated=(.05, surnames.hyphenated), married=(.004, surnames.married), generation_words=(.04, surnames.generation_words),
    whole_in_last=(.008, surnames.whole_in_last), whole_in_first=(.005, surnames.whole_in_first),
    surname_in_middle=(.02, surnames.surname_in_middle), parents_in_one=(.06, surnames.parents_in_one),
    parent_words=(.02, surnames.parent_words), anglicised=(.05, given.anglicised), abbreviated=(.06, given.abbreviated),
    no_first=(.006, given.no_first), no_middle_said=(.06, given.no_middle_said), joined_given=(.03, given.joined_given),
    hyphen_given=(.02, given.hyphen_given), three_given=(.02, given.three_given), initials_only=(.006, given.initials_only),
    heard=(.05, letters.heard), two_typos=(.02, letters.two_typos), first_letter=(.015, letters.first_letter),
    blank_within=(.012, letters.blank_within), dob_month_misread=(.012, facts.dob_month_misread),
    dob_day_misread=(.012, facts.dob_day_misread), dob_century=(.004, facts.dob_century), dob_default=(.008, facts.dob_default),
    dob_first_of_month=(.008, facts.dob_first_of_month), dob_year_digits=(.006, facts.dob_year_digits),
    dob_two_wrong=(.006, facts.dob_two_wrong), sid_zeros=(.08, facts.sid_zeros), sid_prefix=(.05, facts.sid_prefix),
    sid_short=(.01, facts.sid_short), place_written=(.15, facts.place_written), sex_written=(.05, facts.sex_written),
    cases=(.08, given.cases), blanks=(.05, letters.blanks), marks=(.02, letters.marks), cut=(.03, letters.cut((10, 12, 15, 20))))
QUERY_ONLY = dict(dob_written=(.02, facts.dob_written), dob_part=(.006, facts.dob_part))
EXTRA = {kind: change for kind, (_, change) in {**KINDS, **QUERY_ONLY}.items()}


def rates(base, factor, kinds, scale=1.0):
    """The kit's rates times `factor`, but those of missing columns as they are, and those of `kinds`."""
    kept = ('title_case', 'particle', 'no_accents')
    less = {k: v if k in kept or k.startswith('no_') else v * factor for k, v in base.items()}
    return {**less, **{kind: rate * scale for kind, (rate, _) in kinds.items()}}


MIX = dict(hispanic=.86, double=.9, siblings=.38, twins=.02, jan1=.015, absent=.22, hard_absent=.4,
           index=rates(DEV['index'], .65, KINDS), query=rates(DEV['query'], .65, {**KINDS, **QUERY_ONLY}, 1.1))
