#!/usr/bin/env python3
"""How often `vprep check` is right on a folder of labelled media.

    scripts/accuracy.py VPREP FOLDER...

A folder holds one of
  manifest.json  of TestVideos' kind: each clip's `check` and `checkFaces` say what must be predicted;
  manifest.tsv   with a column `file` and a column `condition` (labels separated by commas).

Two numbers come out for each: the share of defects that are named by an accepted code, and the share
of good clips that are predicted to fail for no reason that container, duration or resolution give.
Clips that come close to a code and must not earn it (`nearMisses`) are a row of their own.
Prints a table by condition and every miss. Exits with 1 when less than 95 % of the defects are named
or more than 3 % of the good clips fail.
"""
import collections, concurrent.futures, csv, json, os, pathlib, subprocess, sys

QUALITY = {"SilentFaceQualityFail", "VIDEO_LOW_FACE_QUALITY"}
NO_FACE = {"SilentFaceDetectFail", "ActionNodetectFace", "LivessBestFrameError", "VIDEO_FACE_NOT_FOUND"}
# What a label of manifest.tsv may be called by either provider.
ACCEPTED = {
    "dark": {"ActionLightDark"} | QUALITY,
    "bright": {"ActionLightStrong"} | QUALITY,
    "blur": {"LipVideoQuaility"} | QUALITY,
    "none": NO_FACE,
    "multi": {"SilentMultiFaceFail", "LifePhotoDetectFaces", "multifaces"},
    "mask": {"SilentFaceWithMaskFail", "VIDEO_FACE_OCCLUDE", "SilentMouthLiveFail"},
    "occluded": {"SilentFaceWithMaskFail", "SilentMouthLiveFail", "SilentEyeLiveFail", "VIDEO_FACE_OCCLUDE",
                 "LipFaceIncomplete"} | QUALITY | NO_FACE,
    "profile": QUALITY | NO_FACE,
    "eyes_closed": {"SilentEyeLiveFail"} | QUALITY,
}
# Failures that the file's form earns, whoever is in the picture.
FORM = {"LipVideoInvalid", "SilentTooShort", "LipSizeError", "LipVideoQuaility", "VIDEO_INVALID_DURATION",
        "VIDEO_UNSUPPORTED_FORMAT", "BAD_ARGUMENTS:video"}
# Measures in pixels fail a good face for the camera's resolution.
PIXELS = {"face.widthPixels", "face.interEyePixels"}
NEAR = "near misses spared"
ALL_REQUESTS = [["--provider", "megvii", "--face-occlusion-detection"], ["--provider", "tencent", "--mode", "silent"]]


def check(vprep, path, request):
    """The predictions and tags for one clip; None when it cannot be used."""
    run = subprocess.run([vprep, "check", "--json", str(path), *request], capture_output=True, stdin=subprocess.DEVNULL)
    if run.returncode == 3:
        return None
    verdict = json.loads(run.stdout)["verdict"]
    predictions = [(p["code"].removeprefix("FailedOperation."), p["severity"], p["measure"]) for p in verdict["predictions"]]
    return predictions + [(tag, "warn", "") for tag in verdict["tags"]]


def judge_labels(vprep, folder, row):
    """Yields (condition, is it right, what was said) for a row of manifest.tsv."""
    labels = [label.strip() for label in row["condition"].split(",")]
    answers = [check(vprep, folder / row["file"], request) for request in ALL_REQUESTS]
    if all(answer is None for answer in answers):
        return
    said = [p for answer in answers if answer for p in answer]
    names = {code for code, _, _ in said}
    # A good clip with a blink, or a hand for a moment, is a good clip.
    if "ok" in labels:
        if row.get("faces") == "1":
            wrong = [f"{c} ({m})" for c, s, m in said if s == "fail" and c not in FORM and m not in PIXELS]
            yield "ok", not wrong, wrong
        return
    for label in labels:
        if label in ACCEPTED:
            yield label, bool(names & ACCEPTED[label]), sorted(names)


def judge_expectations(vprep, folder, clip):
    """Yields (condition, is it right, what is wrong) for a clip of manifest.json."""
    path = folder / "clips" / clip["file"]
    for expected in clip.get("check", []) + clip.get("checkFaces", []):
        request = ["--provider", expected["provider"]]
        request += ["--mode", expected["mode"]] if "mode" in expected else []
        said = check(vprep, path, request + expected.get("arguments", []))
        if said is None:
            continue
        names = {code for code, _, _ in said}
        for code in expected.get("predicts", []):
            yield code, code in names, sorted(names)
        if expected.get("predictsOneOf"):
            yield "/".join(expected["predictsOneOf"]), bool(names & set(expected["predictsOneOf"])), sorted(names)
        for code in expected.get("nearMisses", []):
            yield NEAR, code not in names, [code]
        extra = sorted(names & set(expected.get("absent", [])))
        if clip["id"].startswith("good"):
            failing = [c for c, s, _ in said if s == "fail"]
            yield "ok", not failing and not extra, failing + extra


def jobs(vprep, folder):
    if (folder / "manifest.json").exists():
        clips = json.load(open(folder / "manifest.json"))["clips"]
        return [(clip["id"], judge_expectations, (vprep, folder, clip)) for clip in clips]
    rows = csv.DictReader(open(folder / "manifest.tsv"), delimiter="\t")
    return [(row["file"], judge_labels, (vprep, folder, row)) for row in rows if (folder / row["file"]).suffix not in (".xml", ".txt", ".mat")]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    vprep, folders, good = sys.argv[1], [pathlib.Path(f) for f in sys.argv[2:]], True
    for folder in folders:
        table, misses = collections.defaultdict(lambda: [0, 0]), []
        work = jobs(vprep, folder)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(lambda job: (job[0], list(job[1](*job[2]))), work)
            for name, found in results:
                for condition, right, said in found:
                    table[condition][0] += right
                    table[condition][1] += 1
                    if not right:
                        misses.append((condition, name, ", ".join(said) or "nothing"))
        print(f"\n{folder}: {len(work)} files\n{'condition':44} right   of  share")
        for condition, (right, count) in sorted(table.items()):
            print(f"{condition[:44]:44} {right:5} {count:4} {right / count:6.1%}")
        defects = [v for k, v in table.items() if k not in ("ok", NEAR)]
        named, total = sum(v[0] for v in defects), sum(v[1] for v in defects)
        fine, clips = table.get("ok", [0, 0])
        print(f"defects named: {named}/{total} = {named / max(total, 1):.1%}   good clips failed: {clips - fine}/{clips} = {(clips - fine) / max(clips, 1):.1%}")
        for condition, name, said in misses:
            print(f"  missed {condition:12} {name}: {said}")
        good &= named >= 0.95 * total and (clips - fine) <= 0.03 * clips
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
