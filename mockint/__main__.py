"""`python -m mockint` is the `mockint` command."""

from mockint.cli import main

main()
