"""Job descriptions: text in, weighted focus areas out (`read`), and the user's edit of them (`edit`)."""
