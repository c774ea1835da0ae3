"""Make the environments the peers run in: ``python -m tests.bench.peers``."""

import sys

from .environments import BERTALIGN, LIGHT, SPLITTERS, WORDS, Unavailable, versions


def main() -> int:
    missing = 0
    for environment in (LIGHT, SPLITTERS, WORDS, BERTALIGN):
        print(f"{environment.name}: making {environment.folder} ...", flush=True)
        try:
            environment.make()
        except Unavailable as reason:
            missing += 1
            print(f"{environment.name}: left out: {reason}")
        else:
            found = versions(environment.interpreter)
            shown = (
                "python",
                "bertalign",
                "sentweave",
                "galechurch",
                "pysbd",
                "sentencex",
                "eflomal",
                "nltk",
                "torch",
                "numba",
                "numpy",
            )
            print(f"{environment.name}: " + ", ".join(f"{name} {found[name]}" for name in shown if name in found))
    # benches run without peers: to have none is no failure
    return 0 if missing < 4 else 1


if __name__ == "__main__":
    sys.exit(main())
