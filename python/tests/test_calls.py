"""What the calls return and raise, on real clips."""

from __future__ import annotations

import base64
import io
import json
import pathlib
import threading

import pytest

import vprep


def test_a_good_clip_passes(clip: pathlib.Path) -> None:
    check = vprep.check(clip, provider="tencent")
    assert check.passes and check.status == 0 and check.outcome == "pass"
    assert check.code is None and check.next_step is None
    assert check.report.input.path == str(clip)
    assert check.report.input.video.codec == "h264"
    assert check.report.measurements is not None and check.report.measurements.face is not None
    assert check.report.measurements.face.inter_eye_pixels is not None


def test_a_dark_clip_is_refused_with_a_next_step(clips: pathlib.Path) -> None:
    check = vprep.check(clips / "dark-3.mp4", provider="tencent")
    assert not check.passes and check.status == 1 and check.code == "FailedOperation.ActionLightDark"
    assert check.next_step is not None and check.next_step.remedy == "retake" and check.next_step.text
    worst = check.verdict.predictions[0]
    assert worst.severity == "fail" and worst.measure == "brightness.faceDarkShare"


def test_a_clip_is_a_path_bytes_or_a_file(clip: pathlib.Path) -> None:
    content = clip.read_bytes()
    with clip.open("rb") as file:
        by_file = vprep.probe(file)
    assert by_file.report.input.path == "good-silent.mp4"
    for given in (str(clip), content, bytearray(content), memoryview(content), io.BytesIO(content)):
        probe = vprep.probe(given, name=None if isinstance(given, str) else "visit.mp4")
        assert probe.report.input.md5 == by_file.report.input.md5
        assert probe.report.input.path in (str(clip), "visit.mp4")


def test_a_clip_is_prepared_with_previews(clips: pathlib.Path, tmp_path: pathlib.Path) -> None:
    output = tmp_path / "out.mp4"
    prepared = vprep.prepare(clips / "webm-vp8.webm", output, provider="tencent", previews=2, preview_size=320)
    assert prepared.passes and prepared.output is not None and prepared.output.verified
    assert prepared.output.bytes == output.stat().st_size and prepared.output.container == "mp4"
    assert prepared.report.fit is not None and prepared.report.fit.action == "transcode"
    pictures = prepared.previews
    assert len(pictures) == 2 and max(pictures[0].width, pictures[0].height) == 320
    assert all(picture.jpeg.startswith(b"\xff\xd8") and picture.jpeg.endswith(b"\xff\xd9") for picture in pictures)
    assert pictures[0].score >= pictures[1].score and 0 < pictures[0].score <= 1


def test_a_picture_opens_in_pillow(clip: pathlib.Path) -> None:
    pytest.importorskip("PIL")
    picture = vprep.preview(clip, previews=1).previews[0]
    assert picture.image.size == (picture.width, picture.height)


def test_a_fit_judges_nothing(clips: pathlib.Path, tmp_path: pathlib.Path) -> None:
    made = vprep.fit(clips / "dark-3.mp4", tmp_path / "out.mp4", provider="megvii")
    assert made.status == 0 and made.output is not None and made.report.verdict is None
    planned = vprep.fit(clips / "dark-3.mp4", provider="megvii", dry_run=True)
    assert planned.output is None and planned.report.fit is not None


def test_the_report_is_kept_as_it_was_written(clip: pathlib.Path) -> None:
    check = vprep.check(clip, provider="megvii")
    assert json.loads(check.json)["input"]["md5"] == check.report.input.md5
    assert json.loads(check.json)["verdict"]["outcome"] == check.outcome


def test_every_key_of_a_timeline_has_a_field(clip: pathlib.Path) -> None:
    check = vprep.check(clip, provider="megvii", timeline=True)
    written = json.loads(check.json)["measurements"]["timeline"]
    assert check.report.measurements is not None and check.report.measurements.timeline is not None
    assert len(check.report.measurements.timeline) == len(written) > 1
    first = check.report.measurements.timeline[0]
    assert first.face is not None and first.face.light.mean == written[0]["face"]["light"]["mean"]


@pytest.mark.parametrize(
    ("name", "kind", "cause"),
    [("empty.mp4", vprep.UnusableInput, "empty"), ("text.mp4", vprep.UnusableInput, "unsupported"),
     ("missing.mp4", vprep.UnusableInput, "missing")])
def test_what_cannot_be_read_says_why(
    clips: pathlib.Path, name: str, kind: type[vprep.VPrepError], cause: str
) -> None:
    with pytest.raises(kind) as raised:
        vprep.check(clips / name, provider="tencent")
    error = raised.value
    assert error.status == 3 and error.kind == "unusableInput" and error.cause == cause
    assert error.file == str(clips / name) and error.message in str(error)


def test_a_wrong_option_is_refused_by_name(clip: pathlib.Path) -> None:
    with pytest.raises(vprep.BadRequest, match="brightness_of_the_moon"):
        vprep.check(clip, provider="tencent", brightness_of_the_moon=1)  # type: ignore[call-arg]
    with pytest.raises(vprep.BadRequest, match="provider"):
        vprep.check(clip)
    with pytest.raises(vprep.BadRequest):
        vprep.check(clip, provider="tencent", previews=11)


def test_an_output_that_cannot_be_written_keeps_what_was_there(
    clip: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(vprep.OutputNotWritten):
        vprep.prepare(clip, tmp_path / "none" / "out.mp4", provider="tencent")
    assert list(tmp_path.iterdir()) == []


def test_progress_names_the_stages(clips: pathlib.Path, tmp_path: pathlib.Path) -> None:
    seen: list[tuple[str, float, float | None]] = []
    vprep.prepare(clips / "webm-vp8.webm", tmp_path / "out.mp4", provider="tencent",
                  progress=lambda *state: seen.append(state))
    stages = list(dict.fromkeys(stage for stage, _, _ in seen))
    assert {"measure", "fit", "verify"} <= set(stages)
    assert all(0 <= share <= 1 and (left is None or left >= 0) for _, share, left in seen)


def test_an_exception_of_the_progress_ends_the_call(clips: pathlib.Path, tmp_path: pathlib.Path) -> None:
    class Enough(Exception):
        pass

    def stop(stage: str, share: float, left: float | None) -> None:
        raise Enough

    with pytest.raises(Enough):
        vprep.prepare(clips / "webm-vp8.webm", tmp_path / "out.mp4", provider="tencent", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_call_is_cancelled_from_another_thread(clips: pathlib.Path, tmp_path: pathlib.Path) -> None:
    cancellation = vprep.Cancellation()
    started = threading.Event()

    def begun(stage: str, share: float, left: float | None) -> None:
        started.set()

    def cancel() -> None:
        started.wait()
        cancellation.cancel()

    other = threading.Thread(target=cancel)
    other.start()
    with pytest.raises(vprep.Cancelled):
        vprep.prepare(clips / "uhd.mp4", tmp_path / "out.mp4", provider="tencent", progress=begun,
                      cancellation=cancellation, max_bytes=300_000)
    other.join()
    assert list(tmp_path.iterdir()) == []


def test_eight_threads_agree_with_one(clips: pathlib.Path) -> None:
    small = sorted(path for path in clips.glob("*.mp4") if 1000 < path.stat().st_size < 400_000)[:50]
    assert len(small) == 50

    def said(path: pathlib.Path) -> object:
        try:
            report = json.loads(vprep.check(path, provider="tencent", threads=1).json)
        except vprep.VPrepError as error:
            return str(error)
        return {key: value for key, value in report.items() if key != "timing"}

    alone = [said(path) for path in small]
    found: list[tuple[int, object]] = []

    def work(thread: int) -> None:
        # Each thread begins elsewhere, so that different clips are read beside each other.
        for turn in range(len(small)):
            index = (turn + 7 * thread) % len(small)
            found.append((index, said(small[index])))

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 400
    assert all(answer == alone[index] for index, answer in found)


def test_codes_say_how_they_are_predicted() -> None:
    codes = vprep.codes("tencent")
    assert any(code["code"] == "FailedOperation.ActionLightDark" for code in codes)
    assert len(vprep.codes()) > len(codes)


def test_the_version_is_the_librarys() -> None:
    assert vprep.__version__ == vprep.version()


def test_a_preview_holds_the_data_uri_of_the_report(clip: pathlib.Path) -> None:
    made = vprep.preview(clip, previews=1)
    assert made.report.previews[0].image == "data:image/jpeg;base64," + base64.b64encode(
        made.previews[0].jpeg).decode()
