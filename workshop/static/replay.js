// The page of a replay: one or two maps in step, with their controls.

import { NeighbourhoodMap, Player, legend } from "./map.js";

const SPEEDS = [1, 2, 4, 8, 16, 32];
const byId = (id) => document.getElementById(id);
const read = (id) => JSON.parse(byId(id).textContent);
const about = read("about");
const reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
let lang = about.lang;

function say(key, more = {}) {
  return about.words[lang][key].replace(/\{(\w+)\}/g, (_, name) => more[name]);
}

function number(n) {
  return new Intl.NumberFormat(lang === "zh" ? "zh-CN" : "en-GB").format(n);
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** The bytes of a recording that stands in the page, compressed and as text. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** One map with its caption, counts and what is kept in view. */
class Pane {
  constructor(town, place) {
    this.town = town;
    this.figure = element("figure");
    const caption = element("figcaption");
    this.name = element("div", "name");
    if (about.towns.length > 1) this.name.append(element("b", "", "AB"[place]));
    this.name.append(element("span", "", town.name));
    this.question = element("div", "question");
    this.counts = element("dl", "counts");
    this.figures = {};
    for (const name of ["open", "resolved", "acts"]) {
      const row = element("div");
      const [term, figure] = [element("dt"), element("dd")];
      row.append(term, figure);
      this.counts.append(row);
      this.figures[name] = [term, figure];
    }
    caption.append(this.name, this.counts, this.question);
    const frame = element("div", "frame");
    this.canvas = element("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.kept = element("div", "kept");
    frame.append(this.canvas, this.kept);
    this.figure.append(caption, frame);
    byId("maps").append(this.figure);
    this.map = new NeighbourhoodMap(this.canvas, { lang, words: about.words[lang], reducedMotion: reduced });
    this.map.onHover = (picked, x, y) => this.hover(picked, x, y);
    this.map.onPick = (picked) => keep(this, picked);
    this.map.onView = (view) => panes.forEach((pane) => pane !== this && pane.map.follow(view));
    new ResizeObserver(() => this.fit(frame)).observe(frame);
    this.frame = frame;
  }

  fit() {
    const { clientWidth, clientHeight } = this.frame;
    if (!clientWidth || !clientHeight) return;
    this.canvas.style.width = `${clientWidth}px`;
    this.canvas.style.height = `${clientHeight}px`;
    this.map.setSize(clientWidth, clientHeight, Math.min(2, window.devicePixelRatio || 1));
    this.map.draw();
  }

  hover(picked, x, y) {
    const tip = byId("tip");
    tip.hidden = !picked;
    if (!picked) return;
    tip.replaceChildren(...this.map.text(picked).map((line) => element("p", "", line)));
    const box = this.canvas.getBoundingClientRect();
    const [left, top] = [box.left + x + 14, box.top + y + 14];
    tip.style.left = `${Math.min(left, window.innerWidth - tip.offsetWidth - 6)}px`;
    tip.style.top = `${top + tip.offsetHeight > window.innerHeight ? top - tip.offsetHeight - 26 : top}px`;
  }

  translate() {
    this.map.setWords(lang, about.words[lang]);
    for (const [name, [term]] of Object.entries(this.figures)) term.textContent = say(`replay.${name}`);
    this.question.textContent = lang === "zh" ? this.town.question_zh : this.town.question;
    this.canvas.setAttribute("aria-label", say("replay.map_of", { name: this.town.name }));
    this.day();
  }

  /** Counts and what is kept in view, as of the day shown. */
  day() {
    const { counts } = this.map;
    for (const [name, [, figure]] of Object.entries(this.figures)) figure.textContent = number(counts[name]);
    if (!this.chosen) return this.kept.replaceChildren();
    const now = this.map._about(this.chosen.kind, this.chosen.kind === "meeting" ? this.chosen.hall : this.chosen.row);
    return this.kept.replaceChildren(...this.map.text(now).map((line) => element("p", "", line)));
  }
}

/** Keep something in view: people and places in all maps, since they are the same there; an issue in its own. */
function keep(from, picked) {
  for (const pane of panes) {
    pane.chosen = pane === from || (picked && picked.kind !== "issue") ? picked : null;
    pane.map.highlight(pane.chosen);
    pane.day();
  }
}

const panes = about.towns.map((town, place) => new Pane(town, place));
let player;

function translate() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  const title = say(panes.length > 1 ? "replay.title_two" : "replay.title_one");
  document.title = `${title}: ${about.towns.map((town) => town.name).join(" / ")}`;
  for (const place of document.querySelectorAll("[data-word]")) {
    place.textContent = place.dataset.word === "title" ? title : say(place.dataset.word);
  }
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", say(place.dataset.label));
    place.title = say(place.dataset.label);
  }
  const more = { seed: about.seed, n: number(panes[0].map.life.n) };
  byId("same").textContent = say(panes.length > 1 ? "replay.same" : "replay.one", more);
  byId("lang").textContent = say("replay.other");
  byId("lang").lang = lang === "zh" ? "en" : "zh-CN";
  byId("legend").lastElementChild.replaceChildren(legend(about.words[lang]));
  [...byId("speed").options].forEach((option) => (option.textContent = say("replay.per_second", { n: option.value })));
  const [words, command] = byId("source").querySelectorAll("p, pre");
  words.textContent = say("replay.made", { version: about.version });
  command.textContent = about.command;
  panes.forEach((pane) => pane.translate());
  showDay();
  showPlaying();
}

function showDay() {
  const text = say("replay.day", { day: number(player.day + 1), days: number(player.days) });
  byId("day").textContent = text;
  byId("scrub").value = player.day;
  byId("scrub").setAttribute("aria-valuetext", text);
}

function showPlaying() {
  const path = player.playing ? "M5 4h4v12H5zM11 4h4v12h-4z" : "M5 3v14l12-7z";
  byId("play").innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;
  byId("play").append(say(player.playing ? "replay.pause" : "replay.play"));
}

function onDay() {
  showDay();
  panes.forEach((pane) => pane.day());
}

function listen() {
  byId("play").onclick = () => player.toggle();
  byId("back").onclick = () => player.step(-1);
  byId("on").onclick = () => player.step(1);
  byId("scrub").oninput = (event) => player.seek(Number(event.target.value));
  byId("speed").onchange = (event) => (player.speed = Number(event.target.value));
  byId("closer").onclick = () => panes[0].map.zoom(1.5);
  byId("farther").onclick = () => panes[0].map.zoom(1 / 1.5);
  byId("whole").onclick = () => panes[0].map.reset();
  byId("lang").onclick = () => {
    lang = lang === "zh" ? "en" : "zh";
    translate();
  };
  document.addEventListener("keydown", (event) => {
    if (["INPUT", "SELECT"].includes(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 30 : 1;
    const keys = {
      ArrowLeft: () => player.step(-far), ArrowRight: () => player.step(far), "+": () => panes[0].map.zoom(1.5),
      "=": () => panes[0].map.zoom(1.5), "-": () => panes[0].map.zoom(1 / 1.5), 0: () => panes[0].map.reset(),
      Home: () => player.seek(0), End: () => player.seek(player.days),
    };
    if (event.target.tagName !== "BUTTON" && event.target.tagName !== "SUMMARY") keys[" "] = () => player.toggle();
    if (!keys[event.key]) return;
    keys[event.key]();
    event.preventDefault();
  });
}

async function begin() {
  const packed = [...document.querySelectorAll("script.recording")];
  const recordings = await Promise.all(packed.map((script) => unpacked(script.textContent)));
  panes.forEach((pane, k) => {
    pane.map.load(recordings[k]);
    pane.fit();
  });
  player = new Player(panes.map((pane) => pane.map), { onDay, onPlaying: showPlaying, reducedMotion: reduced });
  for (const speed of SPEEDS) byId("speed").append(new Option("", speed, speed === 4, speed === 4));
  byId("scrub").max = player.days - 1;
  if (window.innerWidth <= 760) byId("legend").open = false;
  listen();
  translate();
  player.seek(0);
  window.replay = { panes, player }; // for looking at it from the browser's console, and for tests
}

begin().catch((error) => {
  const broken = element("p", "broken", say("replay.broken", { error: error.message }));
  broken.setAttribute("role", "alert");
  byId("maps").replaceChildren(broken);
});
