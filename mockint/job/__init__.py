"""Job descriptions: text in, weighted focus areas out (`mockint.job.read`)."""
