"""What `vprep check` says of an item, and whether that is right."""
import json, subprocess

REQUESTS = {
    "tencent": ["--provider", "tencent", "--mode", "silent"],
    "megvii": ["--provider", "megvii", "--face-occlusion-detection"],
}
QUALITY = {"SilentFaceQualityFail", "VIDEO_LOW_FACE_QUALITY"}
NO_FACE = {"SilentFaceDetectFail", "ActionNodetectFace", "LivessBestFrameError", "VIDEO_FACE_NOT_FOUND"}
LOWER = {"SilentFaceWithMaskFail", "SilentMouthLiveFail", "VIDEO_FACE_OCCLUDE"}
EYES = {"SilentEyeLiveFail", "VIDEO_FACE_OCCLUDE"}

# The codes that name a defect, by its label. Labels that are not here are conditions, not defects.
CODES = {
    "none": NO_FACE, "drawn": NO_FACE,
    "mask": LOWER, "mask_below_nose": LOWER, "scarf": LOWER, "shield": LOWER | EYES, "hand": LOWER | EYES,
    "object": LOWER | EYES, "sunglasses": EYES, "eyes_closed": {"SilentEyeLiveFail"} | QUALITY,
    "multi": {"SilentMultiFaceFail", "multifaces"}, "multi_behind": {"SilentMultiFaceFail", "multifaces"},
    "dark": {"ActionLightDark"} | QUALITY, "bright": {"ActionLightStrong"} | QUALITY, "blur": QUALITY,
    "out_of_focus": QUALITY, "motion_blur": QUALITY, "profile": QUALITY | NO_FACE,
    "far": {"ActionFaceFar"} | QUALITY | NO_FACE, "close": {"ActionFaceClose", "LipFaceIncomplete"} | QUALITY,
    "cut": {"LipFaceIncomplete", "ActionFaceClose", "ActionFaceLeft", "ActionFaceRight"} | QUALITY,
}
# Shown in the tables and left out of the sums: whether a drawn or printed face lives is for the service to say, and
# whether somebody in the background counts is a matter of size.
UNCOUNTED = {"drawn", "multi_behind"}
# What is read from the face itself. It is not asked of a face that is too small to be judged at all, which fails for
# its size, nor where several people are in the picture, any of whom it may be about.
OF_THE_FACE = {"mask", "mask_below_nose", "scarf", "hand", "object", "sunglasses", "shield", "eyes_closed"}
LEAST_WIDTH = 80
# Failures that the file's form earns, whoever is in the picture: a photo has few pixels, a clip lasts too long.
FORM = {"LipVideoInvalid", "SilentTooShort", "LipSizeError", "LipVideoQuaility", "VIDEO_INVALID_DURATION",
        "VIDEO_UNSUPPORTED_FORMAT", "BAD_ARGUMENTS:video"}
PIXELS = {"face.widthPixels", "face.interEyePixels", "face.widthShare"}
COVERS = {"face.lowerFaceOcclusion", "face.eyeOcclusion", "face.occlusion"}


def answer(vprep, path, request):
    """The report to one request; None where the clip cannot be used."""
    run = subprocess.run([vprep, "check", "--json", str(path), *request], capture_output=True, stdin=subprocess.DEVNULL)
    return json.loads(run.stdout) if run.returncode in (0, 1, 6) else None


def check(vprep, path):
    """The reports by request; None for one that the clip cannot be used for."""
    reports = {name: answer(vprep, path, request) for name, request in REQUESTS.items()}
    return reports if any(reports.values()) else None


def said(reports):
    """Every prediction as (code, severity, measure); a tag counts as a failure, for the service only notes it."""
    found = []
    for report in filter(None, reports.values()):
        verdict = report["verdict"]
        found += [(p["code"].removeprefix("FailedOperation."), p["severity"], p["measure"]) for p in verdict["predictions"]]
        found += [(tag, "fail", "") for tag in verdict["tags"]]
    return found


def asked(item, reports):
    """The labels of an item that can be asked for."""
    widths = [r["measurements"]["face"].get("widthPixels") for r in reports.values() if r]
    small = any(width is not None and width < LEAST_WIDTH for width in widths)
    several = bool(item.labels & {"multi", "multi_behind"})
    return {label for label in item.labels if label in CODES and not (label in OF_THE_FACE and (small or several))}


def outcome(labels, predictions):
    """Yields (label, named at the fail limit, named at the warn limit) for each of these defects."""
    failing = {code for code, severity, _ in predictions if severity == "fail"}
    every = {code for code, _, _ in predictions}
    for label in sorted(labels):
        yield label, bool(failing & CODES[label]), bool(every & CODES[label])


def wrong(predictions, severity):
    """What a good item is wrongly said to fail (or be warned) for."""
    kinds = {"fail"} if severity == "fail" else {"fail", "warn"}
    return sorted({f"{code} ({measure})" for code, kind, measure in predictions
                   if kind in kinds and code not in FORM and measure not in PIXELS})


def covered(predictions):
    """Whether something is said to cover the face."""
    return any(severity == "fail" and measure in COVERS for _, severity, measure in predictions)
