"""What the site ships of Python, found by running it: inside Pyodide, once, when the site is built.

Everything is done here that a page can ask for, over all samples and targets. What was imported then, and whatever the
package itself names in an import, is compiled to byte code: a tab that compiled its sources would need twice the time
at each visit. `/sources` is the package with its libraries, `/pyodide` the npm package, `/output` gets the archives.
"""

# ruff: noqa: F821 (`with_redact` is handed over by in_pyodide.mjs)

import ast
import contextlib
import importlib
import importlib._bootstrap_external as bootstrap
import importlib.util
import io
import json
import os
import sys
import zipfile
from pathlib import Path

SOURCES = Path("/sources")
STDLIB = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"
WITH_REDACT = tuple(json.loads(with_redact))
# What is imported, and then used for nothing in a tab, has the text that is enough:
INSTEAD = {
    # `xmlrpc.client`, which reads XML-RPC here, names it, and it all of `email`; a tab connects to nothing.
    "http/client.py": b"pass",
    # `zoneinfo` asks it where the system's time zones are, and it reads how Python was built.
    "sysconfig/__init__.py": b"def get_config_var(name): return None",
    # All lexers by name; here they are imported from where they are.
    "pygments/lexers/_mapping.py": b"LEXERS = {}",
}
# `asyncio` and `dateutil` try to import `ssl` and `ctypes`, and do without.
LEFT_OUT = ("email/", "quopri.py", "ssl.py", "_ssl.py", "ctypes/", "_sysconfigdata")
# Encodings that are looked up by name: what JSON, a HAR or a zip can be in.
ENCODINGS = """utf_8 utf_8_sig utf_16 utf_16_le utf_16_be utf_32 utf_32_le utf_32_be latin_1 ascii cp437 cp1252
    iso8859_1 iso8859_15 unicode_escape raw_unicode_escape idna punycode base64_codec aliases""".split()

sys.path.insert(0, str(SOURCES))
sys.dont_write_bytecode = True


def exercise():
    """Does all that a page can ask for."""
    from har2rpc.page.messages import Page

    samples = sorted(
        path
        for path in (SOURCES / "samples").rglob("*")
        if path.is_file() and path.suffix not in (".md", ".py")
    )
    page = Page()

    def ask(**message):
        return json.loads(page.answer(json.dumps(message)))

    targets = ask(do="targets")["targets"]
    Path("/output/targets.json").write_text(json.dumps(targets))
    ask(do="prepare", target="python")
    languages = set()
    for sample in samples:
        opened = ask(do="open", sources=[str(sample)])
        if "error" in opened:
            raise SystemExit(f"{sample.name}: {opened['error']}")
        numbers = [row["n"] for row in opened["calls"] if row["ticked"]]
        for number in numbers:
            ask(do="answered", n=number)
        for target in targets:
            for flow in {False, target["flows"]}:
                view = ask(do="convert", calls=numbers, target=target["name"], flow=flow)
                if "error" in view:
                    raise SystemExit(f"{sample.name}, {target['name']}: {view['error']}")
                if target["language"] not in languages:
                    languages.add(target["language"])
                    ask(do="highlight", text=view["text"], language=view["language"])
    os.makedirs("/copies", exist_ok=True)
    for sample in (path for path in samples if path.suffix in (".har", ".zip")):
        ask(do="open", sources=[str(sample)])
        redacted = ask(do="redact", output="/copies")
        if "error" in redacted:
            raise SystemExit(f"redact {sample.name}: {redacted['error']}")
    ask(do="domain", text="[('name', 'ilike', 'x'), '|', ('a', '=', 1), ('b', 'in', [1])]")
    ask(do="open", sources=["/nothing"])


def import_what_is_named():
    """Imports what the package names in an import anywhere: functions import as well, where they are called."""
    for path in sorted((SOURCES / "har2rpc").rglob("*.py")):
        name = ".".join(path.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"left out: {name} ({error})")
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                wanted = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                wanted = [node.module]
            else:
                continue
            for module in wanted:
                if module.partition(".")[0] in sys.stdlib_module_names:
                    with contextlib.suppress(ImportError):  # of another system
                        importlib.import_module(module)
    for name in ENCODINGS:
        importlib.import_module(f"encodings.{name}")


def byte_code(source, path):
    """A `.pyc` that is never compared with a source; without docstrings, which nobody reads in a tab."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=2)
    return bytes(bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def write_zip(name, files):
    """A zip of these files, by their paths, as Python imports from it; the same bytes for the same files."""
    with zipfile.ZipFile(f"/output/{name}", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[path])


def write_tar(name, files):
    """The same as a tar, which the browser unpacks itself: a tenth smaller, and no Python has to run for it."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(files):
            info = tarfile.TarInfo(path)
            info.size = len(files[path])
            archive.addfile(info, io.BytesIO(files[path]))
    Path(f"/output/{name}").write_bytes(gzip.compress(tar.getvalue(), 9, mtime=0))


exercise()
import_what_is_named()
places = {
    str(module.__spec__.origin)
    for module in list(sys.modules.values())
    if getattr(module, "__spec__", None) and module.__spec__.origin
}

import gzip  # noqa: E402 (what is imported from here on is not shipped)
import tarfile  # noqa: E402

library = {}
with zipfile.ZipFile("/pyodide/python_stdlib.zip") as archive:
    for name in archive.namelist():
        if f"{STDLIB}/{name}" in places and name.endswith(".py") and not name.startswith(LEFT_OUT):
            source = INSTEAD.get(name) or archive.read(name)
            library[f"{name}c"] = byte_code(source, f"{STDLIB}/{name}")
write_zip("python_stdlib.zip", library)

application, redaction = {}, {}
for path in sorted(SOURCES.rglob("*")):
    name = path.relative_to(SOURCES).as_posix()
    if path.is_dir() or name.startswith("samples/"):
        continue
    part = redaction if name.startswith(WITH_REDACT) else application
    if path.suffix == ".py" and str(path) in places:
        part[f"{name}c"] = byte_code(INSTEAD.get(name) or path.read_bytes(), f"/app/{name}")
    elif path.suffix == ".so" or (name.startswith("har2rpc/") and path.suffix in (".json", ".j2")):
        part[name] = path.read_bytes()
write_tar("app.tar.gz", application)
write_tar("redact.tar.gz", redaction)
print(
    f"{len(library)} modules of the library, {len(application)} + {len(redaction)} files of the package and its libraries"
)
