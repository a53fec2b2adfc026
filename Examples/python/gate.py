"""Prepares one clip for Tencent, and says what to upload or what to tell the person: gate.py CLIP OUTPUT"""

import sys

import vprep

try:
    prepared = vprep.prepare(sys.argv[1], sys.argv[2], provider="tencent", mode="silent")
except vprep.VPrepError as error:
    sys.exit(f"{error} ({error.code})")
if not prepared.passes:
    step = prepared.next_step
    sys.exit(f"{prepared.code}: {step.text if step else 'see the report'}")
if prepared.output:
    print(f"upload {prepared.output.path}, {prepared.output.bytes} bytes, MD5 {prepared.output.md5}")
for picture in prepared.previews:
    print(f"preview {picture.width}x{picture.height}, {len(picture.jpeg)} bytes: {picture.reason}")
