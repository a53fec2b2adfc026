"""A page of the service in a headless Chromium, whose camera plays a clip."""

import base64
import os
import pathlib
import subprocess
import sys

from service import CLIPS, ROOT

sys.path.insert(0, str(ROOT / "Tests/PageTests"))
from browse import CONTRAST, NAMED, Browser  # noqa: E402


def camera(folder, *names):
    """A file that Chromium's camera plays: the clips one after another, again and again."""
    target = pathlib.Path(folder) / ("-".join(pathlib.Path(name).stem for name in names) + ".mjpeg")
    inputs = [part for name in names for part in ("-i", CLIPS / name)]
    scaled = "".join(f"[{i}:v]scale=480:640,setsar=1,fps=30[v{i}];" for i in range(len(names)))
    joined = "".join(f"[v{i}]" for i in range(len(names)))
    subprocess.run(
        ["ffmpeg", "-v", "error", *inputs, "-filter_complex", f"{scaled}{joined}concat=n={len(names)}[out]",
         "-map", "[out]", "-q:v", "3", "-f", "mjpeg", target], check=True)
    return target


class Tab(Browser):
    """One tab with the page open; leaving the block ends the browser."""

    def __init__(self, service, width=360, scheme="light", film=None, languages="en-US", query=""):
        flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        if film:
            flags.append(f"--use-file-for-fake-video-capture={film}")
        super().__init__(width, scheme, *flags)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.tab = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "DOM", "Accessibility"):
            self.call(domain + ".enable", self.tab)
        self.call(
            "Emulation.setDeviceMetricsOverride", self.tab, width=width, height=800, deviceScaleFactor=1,
            mobile=width < 600)
        self.call(
            "Emulation.setEmulatedMedia", self.tab, features=[{"name": "prefers-color-scheme", "value": scheme}])
        agent = self.call("Browser.getVersion")["userAgent"]
        self.call("Emulation.setUserAgentOverride", self.tab, userAgent=agent, acceptLanguage=languages)
        self.call("Page.navigate", self.tab, url=f"http://127.0.0.1:{service.port}/{query}")
        self.wait("Page.loadEventFired")
        self.until("!document.body.hasAttribute('aria-busy')")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def run(self, script):
        """The value of a script, whose promise is waited for."""
        answer = self.call(
            "Runtime.evaluate", self.tab, expression=script, returnByValue=True, awaitPromise=True,
            userGesture=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def until(self, condition, seconds=60):
        """Waits until the page has changed so that a condition holds; the condition's value."""
        return self.run(f"""new Promise((resolve, reject) => {{
          const look = () => {{ const value = {condition}; if (value) {{ seen.disconnect(); resolve(value); }} }};
          const seen = new MutationObserver(look);
          seen.observe(document, {{subtree: true, childList: true, attributes: true, characterData: true}});
          setTimeout(() => reject(new Error("not seen: " + document.body.innerText)), {seconds * 1000});
          look();
        }})""")

    def text(self, selector):
        return self.run(f"document.querySelector({selector!r})?.textContent ?? null")

    def press(self, selector):
        self.run(f"document.querySelector({selector!r}).click()")

    def choose(self, service):
        self.run(f"document.getElementById('service').value = {service!r}")

    def speak(self, language):
        """Chooses a language, as a person does."""
        self.run(f"""(() => {{ const choice = document.getElementById('language'); choice.value = {language!r};
          choice.dispatchEvent(new Event('change')); }})()""")
        self.until(f"document.documentElement.lang === {language!r}")

    def give(self, path):
        """Chooses a file, as the dialog of the browser does."""
        root = self.call("DOM.getDocument", self.tab)["root"]["nodeId"]
        node = self.call("DOM.querySelector", self.tab, nodeId=root, selector="#file")["nodeId"]
        self.call("DOM.setFileInputFiles", self.tab, files=[str(path)], nodeId=node)

    def drop(self, path):
        """Drops a file on the page, as a mouse does."""
        x, y = self.run("""(() => { const box = document.getElementById('drop').getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2]; })()""")
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.call("Input.dispatchDragEvent", self.tab, type=kind, x=x, y=y, data=data)

    def answered(self):
        """Waits for the answer; the outcome's words and the next step."""
        self.until("!document.getElementById('result').hidden")
        return self.text("#outcome"), self.text("#step")

    def download(self, folder):
        """Presses the link and gives the path of the file that arrives."""
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder), eventsEnabled=True)
        self.events = []
        self.press("#download")
        while not any(event.get("method") == "Browser.downloadProgress"
                      and event["params"]["state"] == "completed" for event in self.events):
            self.events.append(self.read())
        return pathlib.Path(folder) / "prepared.mp4"

    def complaints(self):
        """What is wrong with the page as it stands: layout, names, contrast, messages of the console."""
        found = []
        if (width := self.run("document.documentElement.scrollWidth")) > self.width:
            found.append(f"{width} pixels wide")
        for node in self.call("Accessibility.getFullAXTree", self.tab)["nodes"]:
            role = node.get("role", {}).get("value")
            if not node.get("ignored") and role in NAMED | {"Video", "combobox"}:
                if not node.get("name", {}).get("value", "").strip():
                    found.append(f"{role} without a name")
        found += [f"contrast {text}" for text in self.run(CONTRAST)]
        for event in self.events:
            if event.get("method") == "Log.entryAdded":
                found.append(event["params"]["entry"]["text"])
            elif event.get("method") == "Runtime.exceptionThrown":
                found.append(str(event["params"])[:300])
        return found

    def shoot(self, name):
        """A picture of the whole page in the folder VPREP_SHOTS, where there is one."""
        folder = os.environ.get("VPREP_SHOTS")
        if not folder:
            return
        height = self.run("document.body.scrollHeight")
        shot = self.call("Page.captureScreenshot", self.tab, captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": self.width, "height": min(height, 6000), "scale": 1})
        file = pathlib.Path(folder) / f"{name}-{self.width}-{self.scheme}.png"
        file.write_bytes(base64.b64decode(shot["data"]))
