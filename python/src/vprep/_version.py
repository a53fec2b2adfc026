"""The version of this package; `generate.py` takes it from vprep.h."""

VERSION = "0.2.0"
