#!/usr/bin/env bash
# The Python package: its generated parts are up to date, its types hold, its tests pass.
#   python_check.sh LIBRARY [pytest's arguments]
# LIBRARY is libVPrepC.so. The tools come from PyPI into .build/python.
set -euo pipefail
library=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
tools=.build/python
scripts/venv.sh "$tools" mypy==1.18.2 pytest==8.4.2 pillow==12.0.0
python/generate.py --check
cd python
"../$tools/bin/mypy" --cache-dir ../.build/mypy src tests generate.py
VPREP_LIBRARY=$library PYTHONPATH=src "../$tools/bin/pytest" -q -p no:cacheprovider \
  --ignore tests/test_scale.py "$@"
