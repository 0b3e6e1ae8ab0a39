"""The user's own story bank: episodes in four parts, tagged by competence, and what of one an answer told.

`story` reads one, `load` finds them all, `fit` says which fit a question, `told` what of one was left out. No front end
and no device is known here.
"""
