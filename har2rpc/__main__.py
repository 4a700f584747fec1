"""`python -m har2rpc`: the same as the command."""

from har2rpc.cli import main

main()
