"""The version of this package; `generate.py` takes it from vprep.h."""

VERSION = "0.1.0"
