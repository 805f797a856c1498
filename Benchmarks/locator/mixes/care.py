"""Children in the care of others: parents who differ rightly, of one child on two forms.

Day and month are exchanged as often as anywhere, and fewer of those who are not on file are drawn to look
like somebody who is.
"""
from kinds import anything, surnames

KINDS = dict(in_care=(.16, anything.in_care), guardian=(.08, surnames.guardian), stepfather=(.02, surnames.stepfather), mother_only=(.03, surnames.mother_only))
EXTRA = {kind: change for kind, (_, change) in KINDS.items()}
_rates = {kind: rate for kind, (rate, _) in KINDS.items()}
MIX = dict(hispanic=.88, absent=.3, hard_absent=.25,
           index=dict(no_city=.45, no_state=.35, no_sid=.3, dob_swap=.02, **_rates),
           query=dict(no_city=.55, no_state=.5, no_gender=.3, no_sid=.85, dob_swap=.04, **_rates))
