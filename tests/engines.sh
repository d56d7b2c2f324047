#!/usr/bin/env bash
# Builds the Python package and tests it with the engines that people run: pyspark, pyarrow, polars, duckdb.
#
#     tests/engines.sh [--quick] [NAME …] [--kills 5]      NAME chooses tests that have it in their name
#
# --quick builds without optimization, from what other tests have built before, and takes the tests that CI runs.
# Installs what is missing; what cannot be had is told, and the tests that need it are skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

skip() {
    echo "engines: skipped: $1"
    echo "0 passed, 0 failed, all skipped"
    exit 0
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "engines: installing $1"
    { apt-get update && apt-get install -y --no-install-recommends "$1"; } >/dev/null 2>&1
}

java_version() { java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'; }

profile=(--release)
if [ "${1:-}" = --quick ]; then
    profile=(--profile dev)
fi

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || skip "no Python from 3.9 on"

target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
target=$(cd "$target" && pwd)
env=$target/engines
if ! "$env/bin/python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$env"
    "$python" -m venv "$env" >/dev/null 2>&1 ||
        { install python3-venv && rm -rf "$env" && "$python" -m venv "$env" >/dev/null 2>&1; } ||
        skip "Python cannot make an environment (venv)"
fi
"$env/bin/python" -m pip install --quiet --disable-pip-version-check maturin pyarrow polars duckdb numpy "pandas>=2.2,<3" pyspark ||
    skip "the packages maturin, pyarrow, polars, duckdb, numpy, pandas and pyspark could not be installed"

# Spark runs on Java from 17 on; the other engines do without.
if [ "$(java_version)" -ge 17 ] 2>/dev/null || { install openjdk-17-jre-headless && [ "$(java_version)" -ge 17 ] 2>/dev/null; }; then
    spark=()
else
    spark=(--without spark "no Java from 17 on, and it could not be installed")
fi

# From here on nothing is skipped: what does not build or pass is a failure.
rm -rf "$target/wheels"
"$env/bin/maturin" build --quiet "${profile[@]}" --bindings pyo3 --features python --interpreter "$env/bin/python" --out "$target/wheels" &&
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$target"/wheels/skillscreen-*.whl || {
    echo "engines: the package could not be built"
    echo "0 passed, 1 failed"
    exit 1
}
exec "$env/bin/python" tests/engines.py "$@" ${spark[@]+"${spark[@]}"}
