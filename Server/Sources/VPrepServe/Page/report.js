// A report as a part of the page.

import { language, word } from "./words.js";

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function drawn(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Measures over time: the word for it, which measures of the verdict it shows, where the value is, and how it is
// written.
const series = [
  ["chart.light", "brightness.", (f) => f.face?.light.mean, (v) => v.toFixed(0)],
  ["chart.width", "face.width", (f) => f.face?.widthShare, (v) => `${(v * 100).toFixed(0)} %`],
  ["chart.sharpness", "sharpness.", (f) => f.face?.sharpness, (v) => v.toFixed(0)],
  ["chart.yaw", "face.yaw", (f) => f.face?.yaw, (v) => `${Math.round(v) || 0}°`],
  ["chart.eyes", "face.eyesOpen", (f) => f.face && Math.min(f.face.leftEyeOpen, f.face.rightEyeOpen), (v) => `${(v * 100).toFixed(0)} %`],
  ["chart.mouth", "face.mouth", (f) => f.face?.mouthOpen, (v) => v.toFixed(2)],
];

function chart([title, measures, read, write], timeline, duration, predictions) {
  const points = timeline.map((frame) => [frame.t, read(frame)])
    .filter(([, value]) => Number.isFinite(value));
  if (points.length < 2) return null;
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const x = (t) => (1000 * t / duration).toFixed(1);
  const y = (value) => (92 - 84 * (value - low) / span).toFixed(1);
  const name = word(title);
  const range = low === high ? write(low) : word("range", { low: write(low), high: write(high) });
  const svg = drawn("svg", {
    viewBox: "0 0 1000 100", preserveAspectRatio: "none", role: "img",
    "aria-label": word("chart", { name, range, count: points.length }),
  });
  // Where the verdict finds fault with it.
  for (const found of predictions) {
    if (!found.window || !found.measure.startsWith(measures)) continue;
    const [start, end] = found.window;
    svg.append(drawn("rect", { x: x(start), y: 0, width: x(end - start), height: 100 }));
  }
  svg.append(drawn("path", { d: points.map(([t, v], i) => `${i ? "L" : "M"}${x(t)} ${y(v)}`).join("") }));
  return element(
    "figure", {}, element("figcaption", {}, `${name}: ${range}`), svg,
    element("div", { class: "axis", "aria-hidden": "true" },
      element("span", {}, "0 s"), element("span", {}, `${duration.toFixed(1)} s`)));
}

function outcome(verdict, prepared) {
  const service = [verdict.provider, verdict.mode].filter(Boolean).join(" ");
  const header = element("div", { class: `outcome ${verdict.outcome}` });
  header.append(element("h2", { id: "outcome" },
    element("span", { class: "word" }, word(`outcome.${verdict.outcome}`)),
    word(prepared ? "byPrepared" : "by", { service })));
  if (verdict.nextStep) {
    header.append(element("p", { class: "step", id: "step" }, verdict.nextStep.text));
  }
  return header;
}

function causes(verdict) {
  const list = element("ul", { class: "causes" });
  const said = new Set();
  for (const found of verdict.predictions) {
    // What integrators are told is in English; others read what the person is told, which rules share.
    const text = `${word(`severity.${found.severity}`)} ${language === "en" ? found.integratorAdvice ?? "" : found.advice}`;
    if (said.has(found.code + text)) continue;
    said.add(found.code + text);
    list.append(element("li", {}, element("strong", {}, found.code), ` ${text}`));
  }
  return list;
}

/** A text of the report that is in English in every language. */
function foreign(text) { return element("span", { lang: "en" }, text); }

function frames(previews) {
  const sheet = element("div", { class: "sheet" });
  for (const preview of previews) {
    sheet.append(element("figure", {},
      element("img", { src: preview.image, alt: word("frameAt", { seconds: preview.t.toFixed(2) }) }),
      element("figcaption", {}, `${preview.t.toFixed(2)} s: `, foreign(preview.reason))));
  }
  return sheet;
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

function comparison(report, clip, file) {
  const { input, fit } = report;
  const rows = [["", word("recorded"), word("prepared")]];
  const row = (name, before, after) => rows.push([word(name), before ?? word("none"), after ?? word("none")]);
  row("container", input.container, fit.output.container);
  row("videoCodec", input.video?.codec, fit.output.videoCodec);
  row("audioCodec", input.audio?.codec, fit.output.audioCodec);
  row("picture", `${input.video?.displayWidth}×${input.video?.displayHeight}`,
    `${fit.output.width}×${fit.output.height}`);
  row("duration", `${input.durationSeconds.toFixed(2)} s`, `${fit.output.durationSeconds.toFixed(2)} s`);
  row("size", megabytes(input.bytes), megabytes(fit.output.bytes));
  const table = element("table", { "aria-label": word("comparison") });
  rows.forEach((cells, line) => {
    const tr = element("tr");
    cells.forEach((text, column) => tr.append(
      element(line === 0 || column === 0 ? "th" : "td", line === 0 ? { scope: "col" } : column === 0 ? { scope: "row" } : {}, text)));
    table.append(tr);
  });
  const sides = element("div", { class: "sides" });
  for (const [name, blob] of [[word("recorded"), clip], [word("prepared"), file]]) {
    const video = element("video", { controls: "", playsinline: "", preload: "metadata", "aria-label": name });
    video.src = URL.createObjectURL(blob);
    sides.append(element("figure", {}, video, element("figcaption", {}, name)));
  }
  return [table, sides];
}

/** All of a report: what stands in the section of the result. */
export function view(report, clip, file) {
  const verdict = report.outputVerdict ?? report.verdict;
  const parts = [outcome(verdict, report.outputVerdict !== null)];
  if (file) {
    const link = element("a", { class: "button", id: "download", download: "prepared.mp4" }, word("download"));
    link.href = URL.createObjectURL(file);
    parts.push(element("p", {}, link));
  } else if (report.fit?.skipped) {
    parts.push(element("p", {}, word("notPrepared"), " ", foreign(report.fit.skipped)));
  }
  if (verdict.predictions.length) {
    parts.push(element("h3", {}, word("why")), causes(verdict));
  }
  if (report.previews.length) {
    parts.push(element("h2", {}, word("bestFrames")), frames(report.previews));
  }
  const duration = report.input.durationSeconds;
  const charts = series.map((entry) => chart(entry, report.measurements?.timeline ?? [], duration, report.verdict.predictions))
    .filter(Boolean);
  if (charts.length) {
    parts.push(element("h2", {}, word("overTime")), element("div", { class: "charts" }, ...charts));
  }
  if (file) {
    parts.push(element("h2", {}, word("beforeAfter")));
    parts.push(element("p", {}, word("changedBecause"), " ", foreign(`${report.fit.reasons.join("; ")}.`)));
    parts.push(...comparison(report, clip, file));
  }
  return parts;
}
