#!/usr/bin/env bash
# Builds the Python package and tests it with the engines that people run: pyspark, pyarrow, polars, duckdb.
# Installs what is missing; where Python or Java cannot be had it says so and skips.
set -uo pipefail
cd "$(dirname "$0")/.."

skip() {
    echo "engines: skipped: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || skip "no Python from 3.9 on"
if ! java -version >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "engines: installing Java 17"
        { apt-get update && apt-get install -y --no-install-recommends openjdk-17-jre-headless; } >/dev/null 2>&1
    fi
    java -version >/dev/null 2>&1 || skip "no Java, which Spark needs, and it could not be installed"
fi

target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
target=$(cd "$target" && pwd)
env=$target/engines
[ -x "$env/bin/python" ] || "$python" -m venv "$env" || skip "Python cannot make an environment (venv)"
"$env/bin/python" -m pip install --quiet --disable-pip-version-check maturin pyarrow polars duckdb numpy "pandas>=2.2,<3" pyspark ||
    skip "the packages maturin, pyarrow, polars, duckdb, numpy, pandas and pyspark could not be installed"

# From here on nothing is skipped: what does not build or pass is a failure.
rm -rf "$target/wheels"
"$env/bin/maturin" build --quiet --release --bindings pyo3 --features python --interpreter "$env/bin/python" --out "$target/wheels" &&
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$target"/wheels/skillscreen-*.whl || {
    echo "engines: the package could not be built"
    echo "0 passed, 1 failed"
    exit 1
}
exec "$env/bin/python" tests/engines.py "$@"
