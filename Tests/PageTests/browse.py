#!/usr/bin/env python3
"""Opens pages in a headless Chromium and prints what is wrong with each, as JSON.

usage: browse.py WIDTH SCHEME SHOTS PAGE...

WIDTH is the window's width in pixels, SCHEME is light or dark, SHOTS is a folder for screenshots or "-".
For each page: messages of the console, addresses that were asked for, the width of what is laid out,
what has no name in the accessibility tree, and text with less contrast than 4.5 (3 where it is large).
The browser is spoken to through two pipes, so no port is opened.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

# Roles that mean nothing to somebody who cannot see them, unless they have a name.
NAMED = {"image", "link", "button", "heading", "table", "region", "textbox", "combobox", "checkbox"}

CONTRAST = """(() => {
  const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0.99) return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) found.push(ratio.toFixed(2) + " " + node.data.trim().slice(0, 40));
  }
  return found;
})()"""


class Browser:
    """A headless Chromium, and one tab at a time."""

    def __init__(self, width, scheme, *flags):
        self.folder = tempfile.mkdtemp(prefix="vprep-browser-")
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--remote-debugging-pipe", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--user-data-dir=" + self.folder, *flags, "about:blank",
        ]

        def pipes():
            # The browser reads from 3 and writes to 4; either end may lie there already.
            source, sink = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(source, 3)
            os.dup2(sink, 4)

        self.process = subprocess.Popen(
            command, preexec_fn=pipes, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.reader, self.writer = os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb")
        self.number, self.events = 0, []
        self.width, self.scheme = width, scheme

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.writer.write(json.dumps(message).encode() + b"\0")
        self.writer.flush()
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def read(self):
        parts = bytearray()
        while (byte := self.reader.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("the browser has ended")
            parts += byte
        return json.loads(parts)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def close(self):
        try:
            self.call("Browser.close")
        except (RuntimeError, BrokenPipeError):
            pass
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def look(self, page, shots):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        tab = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(domain + ".enable", tab)
        self.call(
            "Emulation.setDeviceMetricsOverride", tab, width=self.width, height=800,
            deviceScaleFactor=1, mobile=self.width < 600)
        self.call(
            "Emulation.setEmulatedMedia", tab,
            features=[{"name": "prefers-color-scheme", "value": self.scheme}])
        url = "file://" + os.path.abspath(page)
        self.call("Page.navigate", tab, url=url)
        self.wait("Page.loadEventFired")

        def evaluate(text):
            answer = self.call("Runtime.evaluate", tab, expression=text, returnByValue=True)
            return answer["result"].get("value")

        size = evaluate("[document.documentElement.scrollWidth, document.body.scrollHeight]")
        tree = self.call("Accessibility.getFullAXTree", tab)["nodes"]
        nameless = [
            node["role"]["value"] for node in tree
            if not node.get("ignored") and node.get("role", {}).get("value") in NAMED
            and not node.get("name", {}).get("value", "").strip()]
        found = {
            "page": page, "width": size[0], "height": size[1], "nameless": nameless,
            "faint": evaluate(CONTRAST), "title": evaluate("document.title"),
            "broken": evaluate("[...document.images].filter(i => !i.naturalWidth).length"),
            "focusable": evaluate("document.querySelectorAll('a[href], summary').length"),
            "text": evaluate("document.body.innerText"),
            "messages": [], "requests": [],
        }
        if shots != "-":
            shot = self.call(
                "Page.captureScreenshot", tab, captureBeyondViewport=True, clip={
                    "x": 0, "y": 0, "width": self.width, "height": min(size[1], 8000), "scale": 1})
            name = os.path.splitext(os.path.basename(page))[0]
            with open(f"{shots}/{name}-{self.width}-{self.scheme}.png", "wb") as file:
                file.write(base64.b64decode(shot["data"]))
        for event in self.events:
            method, values = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded":
                found["messages"].append(values["entry"]["text"])
            elif method == "Runtime.consoleAPICalled" or method == "Runtime.exceptionThrown":
                found["messages"].append(json.dumps(values)[:200])
            elif method == "Network.requestWillBeSent":
                address = values["request"]["url"]
                if address != url and not address.startswith("data:"):
                    found["requests"].append(address)
        self.call("Target.closeTarget", targetId=target)
        return found


def main():
    width, scheme, shots, *pages = sys.argv[1:]
    browser = Browser(int(width), scheme)
    try:
        print(json.dumps([browser.look(page, shots) for page in pages]))
    finally:
        browser.close()


if __name__ == "__main__":
    main()
