"""The kit's own kinds of error at other, mostly much higher rates, and few others: worse paper, tired people."""
from kinds import facts, given, letters, surnames

MIX = dict(
    hispanic=.93, double=.95, siblings=.42, twins=.025, jan1=.02, absent=.30, hard_absent=.5, present_twin=.06,
    index=dict(drop_last2=.33, only_last2=.09, swap_last=.07, join_last=.18, last1_to_middle=.08, first_last_swap=.02,
               drop_middle=.40, initial=.20, by_middle=.09, new_surname=.03, no_accents=.6, mojibake=.03, nick=.08, phonetic=.11,
               typo=.13, truncate=.03, dob_swap=.03, dob_digits=.03, dob_near=.03, dob_year=.02, dob_jan1=.012, no_dob=.02,
               no_city=.40, no_state=.30, wrong_place=.07, no_parent1=.40, no_parent2=.25, swap_parents=.10, parent_typo=.14,
               no_sid=.25, sid_typo=.03, wrong_gender=.02, stepfather=.02, blanks=.02),
    query=dict(drop_last2=.32, only_last2=.10, swap_last=.08, join_last=.18, last1_to_middle=.08, first_last_swap=.025,
               drop_middle=.45, initial=.18, by_middle=.10, new_surname=.04, no_accents=.6, mojibake=.015, nick=.11, phonetic=.13,
               typo=.15, dob_swap=.045, dob_digits=.035, dob_near=.035, dob_year=.03, dob_jan1=.01, no_dob=.07,
               no_city=.45, no_state=.35, wrong_place=.06, no_parent1=.5, no_parent2=.30, swap_parents=.12, parent_typo=.15,
               no_sid=.85, sid_typo=.05, wrong_gender=.02, anglicised=.02, two_typos=.02, dob_month_misread=.01, blanks=.02))
EXTRA = dict(stepfather=surnames.stepfather, blanks=letters.blanks, anglicised=given.anglicised, two_typos=letters.two_typos,
             dob_month_misread=facts.dob_month_misread)
