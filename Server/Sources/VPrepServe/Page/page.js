// The page: choose or record a video, send it, show the answer.

import { NoConnection, prepare, ServiceError } from "./call.js";
import { Camera } from "./camera.js";
import { element, view } from "./report.js";
import { language, preferred, speak, word } from "./words.js";

const at = (id) => document.getElementById(id);
const recordingSeconds = Number(at("record").dataset.seconds);
const state = (text) => { if (at("state").textContent !== text) at("state").textContent = text; };

function parameters() {
  const [provider, mode] = at("service").value.split(" ");
  const values = { provider, language };
  if (mode) values.mode = mode;
  return { parameters: values, token: at("token").value.trim() };
}

// What to say for a status; what the server says beside it is in English.
const causes = { 401: "needsToken", 413: "tooLarge", 422: "unusable", 429: "busy", 503: "busy" };

/** What an error means for who uses the page, and what the server says about it. */
function explain(error) {
  if (error instanceof ServiceError) {
    if (error.status === 401) {
      at("token-line").hidden = false;
      at("token").focus();
    }
    const detail = error.status === 401 ? "" : error.message;
    return { text: word(causes[error.status] ?? "serverFailed"), detail };
  }
  if (error.name === "NotAllowedError") return { text: word("noCamera"), detail: "" };
  if (error instanceof NoConnection) return { text: word("noConnection"), detail: "" };
  return { text: word("serverFailed"), detail: error.message };
}

/** Shows an error where the state stands. */
function complain(error) {
  state(explain(error).text);
}

let last = null;
async function judge(clip, name) {
  const asked = last = { clip, name };
  const { parameters: values, token } = parameters();
  at("result").hidden = true;
  state(word("judging"));
  at("result").replaceChildren();
  try {
    const { report, file } = await prepare(clip, name, values, token);
    // An answer to an earlier video is late.
    if (asked !== last) return;
    at("result").append(...view(report, clip, file));
    state("");
    at("result").hidden = false;
    at("result").focus();
  } catch (error) {
    if (asked !== last) return;
    state("");
    const { text, detail } = explain(error);
    at("result").append(
      element("div", { class: "outcome fail" },
        element("h2", { id: "outcome" }, element("span", { class: "word" }, word("noAnswer"))),
        element("p", { class: "step", id: "step" }, text),
        ...(detail ? [element("p", { class: "soft", id: "detail", lang: "en" }, detail)] : [])));
    at("result").hidden = false;
    at("result").focus();
  }
}

// The camera

const camera = new Camera(at("live"), parameters, (answer, aspect, error) => {
  const box = at("box");
  const face = answer?.face;
  box.classList.toggle("good", Boolean(answer && !answer.advice));
  box.classList.toggle("bad", Boolean(answer?.advice));
  const rect = box.querySelector("rect");
  const height = face ? face.width * aspect * 1.3 : 0;
  rect.setAttribute("x", face ? 100 * (face.centerX - face.width / 2) : 0);
  rect.setAttribute("y", face ? 100 * (face.centerY - height / 2) : 0);
  rect.setAttribute("width", face ? 100 * face.width : 0);
  rect.setAttribute("height", 100 * height);
  const text = error ? explain(error).text : answer.advice?.text ?? word("good");
  // A text that stays is not read aloud again.
  if (at("advice").textContent !== text) at("advice").textContent = text;
});

at("open-camera").addEventListener("click", async () => {
  try {
    at("camera").hidden = false;
    await camera.open();
    at("record").focus();
  } catch (error) {
    at("camera").hidden = true;
    complain(error);
  }
});

function closeCamera() {
  camera.close();
  at("camera").hidden = true;
}

at("close-camera").addEventListener("click", () => {
  closeCamera();
  at("open-camera").focus();
});

at("record").addEventListener("click", async () => {
  at("record").disabled = true;
  try {
    const { clip, name } = await camera.record(
      recordingSeconds, (left) => state(left > 0 ? word("recording", { seconds: left }) : ""));
    closeCamera();
    await judge(clip, name);
  } catch (error) {
    complain(error);
  } finally {
    at("record").disabled = false;
  }
});

// Files

at("file").addEventListener("change", () => {
  const [file] = at("file").files;
  if (file) judge(file, file.name);
});

const drop = at("drop");
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const [file] = event.dataTransfer.files;
  if (file) judge(file, file.name);
});
at("settings").addEventListener("submit", (event) => event.preventDefault());

function judgeAgain() { if (last) judge(last.clip, last.name); }
at("token").addEventListener("change", judgeAgain);

// The language

const languages = [...at("language").options].map((option) => option.value);

at("language").addEventListener("change", async () => {
  await speak(at("language").value);
  const address = new URL(location);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
  judgeAgain();
});

await speak(preferred(languages));
at("language").value = language;
document.body.removeAttribute("aria-busy");
