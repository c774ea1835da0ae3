"""Where the benches keep what is dear to make: environments for peers, peers' beads, weights trained for one bench."""

import ast
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path


def cache_folder(*names: str) -> Path:
    """Give a folder below the cache, made if need be; BIALIGN_BENCH_CACHE names another place for the whole."""
    if chosen := os.environ.get("BIALIGN_BENCH_CACHE"):
        root = Path(chosen)
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "bialign-bench"
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches" / "bialign-bench"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bialign-bench"
    folder = root.joinpath(*names)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def digest(*parts: object) -> str:
    """Give a key for values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:24]


def code_digest(paths: Iterable[Path]) -> str:
    """Give a key for what the modules do: comments, docstrings and layout do not change it."""
    found = hashlib.sha256()
    for path in sorted(paths):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
                first = body[0].value
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    del body[0]
        found.update(f"{path.name}\0{ast.dump(tree)}\0".encode())
    return found.hexdigest()[:24]


def files_digest(paths: Iterable[Path]) -> str:
    """Give a key for the contents of files."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:24]
