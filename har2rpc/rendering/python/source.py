"""Checks a whole Python file, and formats the output of users' own templates."""

from __future__ import annotations

from har2rpc.model import Har2rpcError
from har2rpc.rendering.formatting import one_line


def parse_source(text: str, name: str) -> None:
    """Raises SyntaxError or ValueError for text that is not Python; `name` is the file that they name."""
    compile(text, name, "exec", dont_inherit=True)  # twice as fast as ast


def imported_modules(text: str) -> set[str]:
    """The modules that a script imports, wherever it does so: `xmlrpc` for `import xmlrpc.client`."""
    import ast

    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def format_source(text: str, name: str) -> str:
    """The text as black has it. Raises Har2rpcError if black is missing or the text is not Python."""
    try:
        import black
        from black.parsing import InvalidInput
        from black.report import NothingChanged
    except ImportError as error:
        raise Har2rpcError(
            f'{name}: formatting needs black: pip install "har2rpc[black]"'
        ) from error
    try:
        return black.format_file_contents(text, fast=True, mode=black.Mode())
    except NothingChanged:
        return text
    except InvalidInput as error:
        raise Har2rpcError(f"{name}: its output is not valid Python: {one_line(error)}") from error
