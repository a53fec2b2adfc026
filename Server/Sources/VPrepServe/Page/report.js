// A report as a part of the page.

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const words = {
  pass: "It should be accepted", warn: "It may be refused", fail: "It would be refused",
  incomplete: "Not everything could be measured",
};
const severities = { fail: "would be refused", warn: "may be refused" };

function drawn(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Measures over time: the name, which measures of the verdict it shows, where the value is, and how it is
// written.
const series = [
  ["Light on the face", "brightness.", (f) => f.face?.light.mean, (v) => v.toFixed(0)],
  ["Width of the face in the picture", "face.width", (f) => f.face?.widthShare, (v) => `${(v * 100).toFixed(0)} %`],
  ["Sharpness of the face", "sharpness.", (f) => f.face?.sharpness, (v) => v.toFixed(0)],
  ["Turn of the head", "face.yaw", (f) => f.face?.yaw, (v) => `${Math.round(v) || 0}°`],
  ["Open eyes", "face.eyesOpen", (f) => f.face && Math.min(f.face.leftEyeOpen, f.face.rightEyeOpen), (v) => `${(v * 100).toFixed(0)} %`],
  ["Open mouth", "face.mouth", (f) => f.face?.mouthOpen, (v) => v.toFixed(2)],
];

function chart([name, measures, read, write], timeline, duration, predictions) {
  const points = timeline.map((frame) => [frame.t, read(frame)])
    .filter(([, value]) => Number.isFinite(value));
  if (points.length < 2) return null;
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const x = (t) => (1000 * t / duration).toFixed(1);
  const y = (value) => (92 - 84 * (value - low) / span).toFixed(1);
  const range = low === high ? write(low) : `${write(low)} to ${write(high)}`;
  const svg = drawn("svg", {
    viewBox: "0 0 1000 100", preserveAspectRatio: "none", role: "img",
    "aria-label": `${name}: ${range} over ${points.length} measured frames`,
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

function outcome(verdict, prepared, language) {
  const header = element("div", { class: `outcome ${verdict.outcome}` });
  header.append(element("h2", { id: "outcome" },
    element("span", { class: "word" }, words[verdict.outcome] ?? verdict.outcome), ` by ${verdict.provider}`,
    verdict.mode ? ` ${verdict.mode}` : "", prepared ? ", as prepared." : "."));
  if (verdict.nextStep) {
    header.append(element("p", { class: "step", id: "step", lang: language }, verdict.nextStep.text));
  }
  return header;
}

function causes(verdict) {
  const list = element("ul", { class: "causes" });
  for (const found of verdict.predictions) {
    list.append(element("li", {},
      element("strong", {}, found.code), ` ${severities[found.severity] ?? found.severity}. `,
      found.integratorAdvice ?? ""));
  }
  return list;
}

function frames(previews) {
  const sheet = element("div", { class: "sheet" });
  for (const preview of previews) {
    sheet.append(element("figure", {},
      element("img", { src: preview.image, alt: `The frame at ${preview.t.toFixed(2)} seconds` }),
      element("figcaption", {}, `${preview.t.toFixed(2)} s: ${preview.reason}`)));
  }
  return sheet;
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

function comparison(report, clip, file) {
  const { input, fit } = report;
  const rows = [["", "As recorded", "As prepared"]];
  const row = (name, before, after) => rows.push([name, before ?? "none", after ?? "none"]);
  row("Container", input.container, fit.output.container);
  row("Video", input.video?.codec, fit.output.videoCodec);
  row("Audio", input.audio?.codec, fit.output.audioCodec);
  row("Picture", `${input.video?.displayWidth}×${input.video?.displayHeight}`,
    `${fit.output.width}×${fit.output.height}`);
  row("Duration", `${input.durationSeconds.toFixed(2)} s`, `${fit.output.durationSeconds.toFixed(2)} s`);
  row("Size", megabytes(input.bytes), megabytes(fit.output.bytes));
  const table = element("table", { "aria-label": "The video before and after" });
  rows.forEach((cells, line) => {
    const tr = element("tr");
    cells.forEach((text, column) => tr.append(
      element(line === 0 || column === 0 ? "th" : "td", line === 0 ? { scope: "col" } : column === 0 ? { scope: "row" } : {}, text)));
    table.append(tr);
  });
  const sides = element("div", { class: "sides" });
  for (const [name, blob] of [["As recorded", clip], ["As prepared", file]]) {
    const video = element("video", { controls: "", playsinline: "", preload: "metadata", "aria-label": name });
    video.src = URL.createObjectURL(blob);
    sides.append(element("figure", {}, video, element("figcaption", {}, name)));
  }
  return [table, sides];
}

/** All of a report: what stands in the section of the result. */
export function view(report, clip, file, language) {
  const verdict = report.outputVerdict ?? report.verdict;
  const parts = [outcome(verdict, report.outputVerdict !== null, language)];
  if (file) {
    const link = element("a", { class: "button", id: "download", download: "prepared.mp4" }, "Download the prepared video");
    link.href = URL.createObjectURL(file);
    parts.push(element("p", {}, link));
  } else if (report.fit?.skipped) {
    parts.push(element("p", {}, `Not prepared: ${report.fit.skipped}`));
  }
  if (verdict.predictions.length) {
    parts.push(element("h3", {}, "Why"), causes(verdict));
  }
  if (report.previews.length) {
    parts.push(element("h2", {}, "The best frames"), frames(report.previews));
  }
  const duration = report.input.durationSeconds;
  const charts = series.map((entry) => chart(entry, report.measurements?.timeline ?? [], duration, report.verdict.predictions))
    .filter(Boolean);
  if (charts.length) {
    parts.push(element("h2", {}, "Over time"), element("div", { class: "charts" }, ...charts));
  }
  if (file) {
    parts.push(element("h2", {}, "Before and after"));
    parts.push(element("p", {}, `Changed because ${report.fit.reasons.join("; ")}.`));
    parts.push(...comparison(report, clip, file));
  }
  return parts;
}
