#!/usr/bin/env bash
# The examples for many machines, on Ray and Spark on this one, with processes killed in the middle.
#   scale_check.sh VPREP LIBRARY [pytest's arguments]
# Ray and Spark come from PyPI into .build/scale; Spark needs Java.
set -euo pipefail
vprep=$(realpath "$1")
library=$(realpath "$2")
shift 2
cd "$(dirname "$0")/.."
command -v java >/dev/null || { echo "scale_check: Spark needs Java: apt-get install default-jre-headless" >&2; exit 1; }
tools=.build/scale
scripts/venv.sh "$tools" ray==2.60.0 pyspark==4.3.0 pandas==3.1.1 pyarrow==26.0.1 pytest==8.4.2
cd python
export VPREP=$vprep VPREP_LIBRARY=$library PYTHONPATH=$PWD/src RAY_USAGE_STATS_ENABLED=0
PATH=$PWD/../$tools/bin:$PATH PYSPARK_PYTHON=$PWD/../$tools/bin/python \
  "../$tools/bin/pytest" -q -p no:cacheprovider "$@" tests/test_scale.py
