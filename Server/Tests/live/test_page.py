"""The page in a real browser, whose camera plays clips of real people."""

import json

import pytest

from service import CLIPS, ROOT, Service, vprep
from tab import Tab, camera

PAGE = ROOT / "Server/Sources/VPrepServe/Page"


def words(language):
    """The page's words in a language."""
    return json.loads((PAGE / f"words.{language}.json").read_text())["words"]


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    return {name: camera(folder, *clips) for name, clips in {
        "good": ["good-silent.mp4"], "dark": ["dark-3.mp4"], "nobody": ["no-face.mp4"],
        "brighter": ["dark-3.mp4", "good-silent.mp4"]}.items()}


def record(tab):
    tab.press("#open-camera")
    looking = tab.text("#advice")
    tab.until(f"document.getElementById('advice').textContent !== {looking!r}")
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
        tab.speak("id")
        outcome, step = record(tab)
        assert outcome.startswith(words("id")["outcome.fail"])
        assert step and "no face" not in step
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
        assert (outcome, step) == ("No answer", "The video cannot be used: record it again.")
        assert "photo" in tab.text("#detail")
        tab.shoot("no-video")


@pytest.mark.parametrize("languages, language", [
    ("en-GB,th", "en"), ("fr-FR,zh-CN,en", "zh-Hans"), ("zh-TW,id-ID", "id"), ("th-TH", "th"),
    ("de,zh-Hant", "en")])
def test_the_page_follows_the_language_of_the_browser(service, languages, language):
    with Tab(service, languages=languages) as tab:
        said = words(language)
        assert tab.run("[document.documentElement.lang, document.documentElement.dir]") == [language, "ltr"]
        assert tab.run("document.title") == tab.text("h1") == said["title"]
        assert tab.run("document.getElementById('language').value") == language
        # No text of the page itself is left out.
        texts = tab.run("""[...document.querySelectorAll('main h1, main h2, main p:not(:has(*)), label, button')]
          .map((element) => element.textContent).filter(Boolean)""")
        blanks = {said[key].replace("{seconds}", "3") for key in said}
        assert len(texts) >= 12 and set(texts) <= blanks
        tab.shoot(f"start-{language}")
        assert tab.complaints() == []


@pytest.mark.parametrize("language, scheme", [("zh-Hans", "light"), ("th", "dark")])
def test_the_answer_is_in_the_language_of_the_page(service, language, scheme):
    with Tab(service, query=f"?lang={language}", scheme=scheme) as tab:
        said = words(language)
        tab.give(CLIPS / "webm-vp8.webm")
        outcome, _ = tab.answered()
        assert outcome == said["outcome.pass"] + said["byPrepared"].replace("{service}", "tencent silent")
        headings = tab.run("[...document.querySelectorAll('#result h2')].slice(1).map((h) => h.textContent)")
        assert headings == [said[key] for key in ("bestFrames", "overTime", "beforeAfter")]
        # What is in English says so.
        english = tab.run("[...document.querySelectorAll('#result [lang=en]')].map((e) => e.textContent)")
        assert any("container webm" in text for text in english)
        tab.shoot(f"answer-{language}")
        assert tab.complaints() == []


def test_another_language_is_chosen_with_the_answer_on_the_page(service):
    with Tab(service) as tab:
        tab.give(CLIPS / "dark-3.mp4")
        assert tab.answered()[0].startswith("It would be refused")
        tab.speak("th")
        tab.until(f"document.getElementById('outcome')?.textContent.startsWith({words('th')['outcome.fail']!r})")
        _, step = tab.answered()
        catalogue = json.loads((ROOT / "Advice/th.json").read_text())["sentences"]
        assert step in catalogue.values()
        assert tab.run("location.search") == "?lang=th"
        tab.shoot("dark-th")
        assert tab.complaints() == []


def test_live_advice_is_in_the_language_of_the_page(service, films):
    with Tab(service, film=films["brighter"], query="?lang=zh-Hans") as tab:
        tab.press("#open-camera")
        catalogue = json.loads((ROOT / "Advice/zh-Hans.json").read_text())["sentences"]
        dark = [catalogue[name] for name in ("face-the-light", "turn-on-light")]
        assert tab.until(f"{dark!r}.includes(document.getElementById('advice').textContent)")
        assert tab.until(f"document.getElementById('advice').textContent === {words('zh-Hans')['good']!r}")
        tab.shoot("camera-zh-Hans")


def test_a_server_that_is_gone_is_said_so(tmp_path):
    with Service() as running, Tab(running) as tab:
        running.stop()
        tab.give(CLIPS / "good-silent.mp4")
        assert tab.answered() == ("No answer", words("en")["noConnection"])


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
