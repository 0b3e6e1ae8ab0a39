"""Foreign formats in and out: documents, decks and tables other programs make (adapters; pure where they can be)."""
