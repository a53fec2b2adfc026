"""The page in a real browser, whose camera plays clips of real people."""

import pytest

from service import CLIPS, Service, vprep
from tab import Tab, camera


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    return {name: camera(folder, *clips) for name, clips in {
        "good": ["good-silent.mp4"], "dark": ["dark-3.mp4"], "nobody": ["no-face.mp4"],
        "brighter": ["dark-3.mp4", "good-silent.mp4"]}.items()}


def record(tab):
    tab.press("#open-camera")
    tab.until("document.getElementById('advice').textContent !== 'Looking for your face.'")
    tab.press("#record")
    return tab.answered()


def test_a_good_recording_is_prepared_and_passes(service, films, tmp_path):
    with Tab(service, film=films["good"]) as tab:
        outcome, _ = record(tab)
        assert outcome.startswith("It should be accepted by tencent silent"), outcome
        assert tab.run("document.querySelectorAll('#result video').length") == 2
        assert tab.run("document.querySelectorAll('.charts svg').length") >= 4
        assert tab.run("[...document.images].every((i) => i.complete && i.naturalWidth)")
        tab.shoot("recorded")
        assert tab.complaints() == []
        assert vprep("check", tab.download(tmp_path), "--provider", "tencent")[1] == 0


def test_advice_follows_the_light(service, films):
    with Tab(service, film=films["brighter"], width=1000) as tab:
        tab.press("#open-camera")
        dark = tab.until("['Face a window', 'Turn on a light'].some((text) => "
                         "document.getElementById('advice').textContent.startsWith(text))")
        assert dark
        tab.shoot("too-dark")
        assert tab.until("document.getElementById('advice').textContent.startsWith('Good')")
        assert tab.run("document.querySelector('#box rect').getAttribute('width')") > "1"
        tab.shoot("bright")
        assert tab.complaints() == []


def test_a_dark_recording_is_refused_with_the_next_step(service, films):
    with Tab(service, film=films["dark"], scheme="dark") as tab:
        outcome, step = record(tab)
        assert outcome.startswith("It would be refused by tencent silent")
        assert step.startswith(("Face a window", "Turn on a light"))
        tab.shoot("dark")
        assert tab.complaints() == []


def test_a_recording_without_a_face(service, films):
    with Tab(service, film=films["nobody"]) as tab:
        tab.run("document.getElementById('language').value = 'id'")
        outcome, step = record(tab)
        assert outcome.startswith("It would be refused")
        assert step and "no face" not in step
        assert tab.run("document.getElementById('step').lang") == "id"
        assert tab.complaints() == []


def test_a_dropped_hevc_clip_is_prepared(service, tmp_path):
    with Tab(service, width=1000, scheme="dark") as tab:
        tab.shoot("start")
        assert tab.complaints() == []
        tab.drop(CLIPS / "hevc.mov")
        outcome, _ = tab.answered()
        assert outcome.startswith("It should be accepted")
        tab.shoot("dropped")
        assert tab.complaints() == []
        assert vprep("check", tab.download(tmp_path), "--provider", "tencent")[1] == 0


def test_a_file_that_is_no_video(service):
    with Tab(service) as tab:
        tab.give(CLIPS / "photo.jpg")
        outcome, step = tab.answered()
        assert outcome == "No answer" and "photo" in step
        tab.shoot("no-video")


def test_a_token_is_asked_for(tmp_path):
    (tmp_path / "tokens").write_text("0123456789abcdef0123\n")
    with Service("--token-file", str(tmp_path / "tokens")) as running, Tab(running) as tab:
        tab.give(CLIPS / "good-silent.mp4")
        assert "token" in tab.answered()[1]
        tab.run("""(() => { const token = document.getElementById('token'); token.value = '0123456789abcdef0123';
          token.dispatchEvent(new Event('change')); })()""")
        assert tab.answered()[0].startswith("It should be accepted")


def test_the_keyboard_reaches_everything(service):
    with Tab(service) as tab:
        reached = []
        for _ in range(6):
            tab.call("Input.dispatchKeyEvent", tab.tab, type="keyDown", key="Tab", code="Tab",
                     windowsVirtualKeyCode=9)
            tab.call("Input.dispatchKeyEvent", tab.tab, type="keyUp", key="Tab", code="Tab",
                     windowsVirtualKeyCode=9)
            reached.append(tab.run("document.activeElement.id"))
        assert reached[:4] == ["service", "language", "file", "open-camera"]


def test_the_page_allows_nothing_from_elsewhere(service):
    answer = service.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    text = answer.body.decode()
    assert "<script>" not in text and "style=" not in text and "onclick" not in text
    assert "://" not in text
