"""Two stories as their owner wrote them, and answers that tell them."""

from __future__ import annotations

LABELS = """\
---
title: The night the labels stopped
competences: [pressure, failure, problem solving]
---

## Situation

Two days before Christmas every label printer in our warehouse in Leipzig fell silent at two in the morning.
Forty thousand parcels were waiting on the belts.

## Task

I was on call for the label service and alone that night, and the first lorry left at five.

## Action

I rolled back the evening's release, but nothing changed. Then I compared the log of one printer with that of the day
before and saw that the certificate of the print server had expired at midnight. I made a temporary one, installed it on
all sixty printers with a script, and called the shift leader every half hour.

## Result

The belts ran again at twenty to four and no lorry left late. The week after I added an alarm that goes off thirty days
before a certificate ends, and it has saved us twice since.
"""

TABS = """\
# Spaces, tabs and a colleague

Competences: disagreement, persuasion

## Situation
Our team of six argued in every review about formatting, and one colleague refused every tool.
## Task
I wanted us to agree before the new people came in May.
## Action
I asked him to show me what the formatter broke for him.
- It was the tables in our test data, and he was right about them
- I proposed to exclude those files and to try the tool on one repository for two weeks
## Result
After the trial he switched it on everywhere himself. Comments on style in reviews went from a third to nearly none.
"""

SITUATION = (
    "So this was two days before Christmas. At about two at night all the label printers in the Leipzig warehouse went"
    " silent, and we had some forty thousand parcels on the belt."
)
TASK = " I was on call for the labels, alone, and the first lorry was going to leave at five."
ACTION = (
    " First I rolled back the release from the evening and that did not help at all. So I compared the logs of a"
    " printer with the day before, and I noticed the certificate on the print server had expired at midnight. I created"
    " a temporary one and wrote a script that installed it on all the printers. I also called the shift leader each"
    " half hour."
)
RESULT = (
    " At twenty to four the belts were running again and not one lorry was late. Afterwards I added an alarm, thirty"
    " days ahead of the end of a certificate, and that saved us twice already."
)
ANOTHER = (
    "Last year we moved our monolith to services. The deadline was tight and my manager wanted it in a month. I split"
    " the work into small steps, wrote tests for the billing part and released it behind a flag. In the end we were two"
    " weeks early and had no incident. I learned that small steps are worth it."
)
