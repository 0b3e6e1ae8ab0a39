"""Foreign formats in and out (adapters; pure where they can be): postings as documents, banks as decks and tables.

`documents` reads postings. `bring` reads a file of questions and makes banks of it, `send` writes banks: what `send`
wrote comes back whole; of files from elsewhere come the questions, the answers that can be said aloud, and a list of
what was left out.
"""
