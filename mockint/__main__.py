"""`python -m mockint` is the `mockint` command."""

from mockint.start import main

main()
