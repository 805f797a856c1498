"""A mix of rates that nobody chose: each is drawn, from next to nothing to several times the kit's."""
import numpy as np
from gen import DEV
from kinds import anything
from mixes import lookalikes, registrar, systems, typed, world

# Every kind of the fitted mixes, and errors of no kind in particular; none that is held out.
KINDS = {**registrar.EXTRA, **world.EXTRA, **typed.EXTRA, **systems.EXTRA, **lookalikes.EXTRA, **anything.KINDS}
# Dates written otherwise come last: the others read them as gen.py writes them.
KINDS = {**{kind: change for kind, change in KINDS.items() if kind not in registrar.QUERY_ONLY}, **{kind: KINDS[kind] for kind in registrar.QUERY_ONLY}}


def mix(seed):
    """MIX and EXTRA for gen.py; the same seed gives the same rates."""
    rng = np.random.default_rng([seed, 77])

    def rates(base, kinds):
        kept = ('title_case', 'particle', 'no_accents')
        drawn = {}
        for kind, rate in base.items():
            odds = rate / (1 - rate) * float(np.exp(rng.normal(0, .8)))
            drawn[kind] = rate if kind in kept else round(min(odds / (1 + odds), .75), 4)
        for kind in kinds:
            rate, is_there = float(np.exp(rng.uniform(np.log(.002), np.log(.04)))), rng.random() < .6
            drawn[kind] = round(rate, 4) if is_there or kind in anything.KINDS else 0.
        return drawn

    between = lambda low, high: round(float(rng.uniform(low, high)), 3)
    return dict(
        hispanic=between(.4, .95), double=between(.75, .95), siblings=between(.3, .5), twins=between(.01, .03), jan1=between(.005, .03),
        absent=between(.15, .4), hard_absent=between(.2, .6), present_twin=between(.03, .08),
        index=rates(DEV['index'], [k for k in KINDS if k not in registrar.QUERY_ONLY]), query=rates(DEV['query'], KINDS)), KINDS
