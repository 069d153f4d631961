"""Every benchmark, one after the other: each module of this package that has a `main`."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import benchmarks


def main() -> None:
    """Run them all in one go, so that their ratios come from the same machine in the same state."""
    for module in sorted(pkgutil.iter_modules(benchmarks.__path__), key=lambda module: module.name):
        if module.name == "__main__":
            continue
        benchmark = importlib.import_module(f"benchmarks.{module.name}")
        if not hasattr(benchmark, "main"):
            continue
        print(f"\n== {(inspect.getdoc(benchmark) or module.name).splitlines()[0]}", flush=True)
        benchmark.main()


if __name__ == "__main__":
    main()
