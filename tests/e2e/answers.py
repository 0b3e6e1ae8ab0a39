"""What the candidate says: everyday words, which the embedded recogniser knows."""

STORY_QUESTION = "behav-deadline"
STORY = (
    "Last year a customer told us that they wanted to start two months early.",
    "I was responsible for the report that they needed on the first day.",
    "First I asked their manager which numbers really mattered to them.",
    "Then I built a small version and showed it to them every week.",
    "In the end we finished on time and saved them forty percent of the work.",
)
NOTHING = ("Well I am afraid that I do not know.",)
