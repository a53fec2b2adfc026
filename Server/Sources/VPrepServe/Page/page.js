// The page: choose or record a video, send it, show the answer.

import { prepare, ServiceError } from "./call.js";
import { Camera } from "./camera.js";
import { element, view } from "./report.js";

const recordingSeconds = 3;
const at = (id) => document.getElementById(id);
const state = (text) => { if (at("state").textContent !== text) at("state").textContent = text; };

function parameters() {
  const [provider, mode] = at("service").value.split(" ");
  const values = { provider, language: at("language").value };
  if (mode) values.mode = mode;
  return { parameters: values, token: at("token").value.trim() };
}

function explain(error) {
  if (error instanceof ServiceError) {
    if (error.status === 401) {
      at("token-line").hidden = false;
      at("token").focus();
      return "This server wants a token: enter it above.";
    }
    return [error.message, error.advice].filter(Boolean).join(". ");
  }
  return error.name === "NotAllowedError" ? "The browser was not allowed to use the camera." : error.message;
}

let last = null;
async function judge(clip, name) {
  const asked = last = { clip, name };
  const { parameters: values, token } = parameters();
  at("result").hidden = true;
  state("The video is being judged.");
  at("result").replaceChildren();
  try {
    const { report, file } = await prepare(clip, name, values, token);
    // An answer to an earlier video is late.
    if (asked !== last) return;
    at("result").append(...view(report, clip, file, values.language));
    state("");
    at("result").hidden = false;
    at("result").focus();
  } catch (error) {
    if (asked !== last) return;
    state("");
    at("result").append(
      element("div", { class: "outcome fail" },
        element("h2", { id: "outcome" }, element("span", { class: "word" }, "No answer")),
        element("p", { class: "step", id: "step" }, explain(error))));
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
  const text = error ? explain(error) : answer.advice?.text ?? "Good: hold still and record.";
  at("advice").lang = answer?.advice ? at("language").value : "en";
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
    state(explain(error));
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
      recordingSeconds, (left) => state(left > 0 ? `Recording: ${left} s` : ""));
    closeCamera();
    await judge(clip, name);
  } catch (error) {
    state(explain(error));
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
at("token").addEventListener("change", () => { if (last) judge(last.clip, last.name); });
