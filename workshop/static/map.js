// The neighbourhood on a canvas: who lives there, what is wrong, who does something about it.
// Framework-neutral; nothing is loaded from anywhere. See docs/reference/recording.md.

import { DAYS_GLOW, DAYS_GONE, Life, NONE } from "./life.js";
import { COLOURS, Sprites } from "./sprites.js";

export { legend } from "./legend.js";
export { Player } from "./player.js";

const PAPER = "#fbfaf7";
const DAYS_MEETING = 3; // a meeting is to be seen for so long after its day
const SETTLED = 140; // ms after the last turn of a wheel when the background is drawn anew
const MOST_ZOOM = 12;
const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Segoe UI", Roboto, Arial, sans-serif';

const between = (x, low, high) => Math.max(low, Math.min(high, x));
const eased = (x) => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

export class NeighbourhoodMap {
  constructor(canvas, { lang = "en", words = {}, reducedMotion = false, firstDay = 1 } = {}) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.sprites = new Sprites();
    this.ground = document.createElement("canvas"); // what does not change from day to day
    this.lang = lang;
    this.words = words;
    this.reducedMotion = reducedMotion;
    this.firstDay = firstDay; // the number that the first day goes by
    this.onPick = () => {};
    this.onHover = () => {};
    this.onView = () => {}; // after zoom and pan: for a map that follows another one
    this.life = null;
    this.chosen = null;
    this.dirty = true;
    this.fraction = 0.5;
    this.width = this.height = 1;
    this.dpr = 1;
    this._listen();
  }

  /** Show a recording, given as its bytes (not compressed). Throws Error for what is none. */
  load(buffer) {
    this.life = new Life(buffer);
    const r = this.life.r;
    this.r = r;
    const size = (k) => Math.sqrt((r["plan.buildings"][4 * k + 2] * (r["plan.buildings"][4 * k + 3] - r["plan.boards"][4 * k + 3])));
    const n = new Uint16Array(r["plan.buildings"].length / 4);
    for (const b of r["residents.building"]) n[b] += 1;
    const apart = Array.from(n, (many, k) => size(k) / Math.sqrt(Math.max(1, many))).sort((a, b) => a - b);
    this.apart = apart[Math.floor(apart.length / 4)] || 0.1; // between neighbours, in units of the plan
    this.board = r["plan.boards"][3];
    this.inBuilding = n;
    this._workersOf();
    this.chosen = null;
    this.reset();
  }

  get days() {
    return this.life ? this.life.days : 0;
  }

  get day() {
    return this.life ? this.life.day : 0;
  }

  /** Stand on the evening of a day. */
  seek(day) {
    if (this.life && Math.floor(day) !== this.life.day) {
      this.life.seek(day);
      this.dirty = true;
    }
  }

  /** {open, resolved, acts, came} up to the evening of this day. */
  get counts() {
    return Object.fromEntries(Object.entries(this.life.totals).map(([name, list]) => [name, list[this.life.day]]));
  }

  setWords(lang, words) {
    this.lang = lang;
    this.words = words;
    this._groundStale();
  }

  // The view

  setSize(width, height, dpr = 1) {
    const kept = this.life && this.view && this._isWhole();
    this.width = Math.max(1, Math.round(width * dpr));
    this.height = Math.max(1, Math.round(height * dpr));
    this.dpr = dpr;
    this.canvas.width = this.ground.width = this.width;
    this.canvas.height = this.ground.height = this.height;
    if (this.life && (kept || !this.view)) this.reset();
    this._groundStale();
  }

  /** The whole town in the middle of the canvas. */
  reset() {
    if (!this.life) return;
    const [, , wide, high] = this.r["plan.bounds"];
    this.whole = Math.min(this.width / wide, this.height / high);
    this.view = { scale: this.whole, x: (this.width - wide * this.whole) / 2, y: (this.height - high * this.whole) / 2 };
    this.canvas.style.touchAction = "pan-y";
    this._groundStale();
    this.onView(this.viewport);
  }

  /** Enlarge by a factor around a point (CSS pixels; the middle by default). */
  zoom(factor, x = this.width / this.dpr / 2, y = this.height / this.dpr / 2) {
    if (!this.view) return;
    const scale = between(this.view.scale * factor, this.whole, this.whole * MOST_ZOOM);
    const by = scale / this.view.scale;
    const [px, py] = [x * this.dpr, y * this.dpr];
    this._look(scale, px - (px - this.view.x) * by, py - (py - this.view.y) * by);
  }

  /** Move the town by so many CSS pixels. */
  pan(dx, dy) {
    if (this.view) this._look(this.view.scale, this.view.x + dx * this.dpr, this.view.y + dy * this.dpr);
  }

  /** What is seen, in units of the plan: middle and enlargement. Another map takes it over with `follow`. */
  get viewport() {
    const { scale, x, y } = this.view;
    return { zoom: scale / this.whole, x: (this.width / 2 - x) / scale, y: (this.height / 2 - y) / scale };
  }

  /** Look at the same as another map. */
  follow({ zoom, x, y }) {
    if (!this.view) return;
    const scale = this.whole * zoom;
    this._look(scale, this.width / 2 - x * scale, this.height / 2 - y * scale, true);
  }

  _isWhole() {
    return Math.abs(this.view.scale - this.whole) < 1e-6;
  }

  _look(scale, x, y, quietly = false) {
    const [, , wide, high] = this.r["plan.bounds"];
    const inside = (at, length, room) =>
      length <= room ? (room - length) / 2 : between(at, room - length, 0);
    this.view = { scale, x: inside(x, wide * scale, this.width), y: inside(y, high * scale, this.height) };
    this.canvas.style.touchAction = this._isWhole() ? "pan-y" : "none"; // a page with the whole map on it can scroll
    this._moved = performance.now();
    this.dirty = true;
    if (!quietly) this.onView(this.viewport);
  }

  _groundStale() {
    this.groundView = null;
    this.dirty = true;
  }

  _x(x) {
    return this.view.x + x * this.view.scale;
  }

  _y(y) {
    return this.view.y + y * this.view.scale;
  }

  /** Radius of a resident's sign, in device pixels. */
  get _dot() {
    return between(0.39 * this.apart * this.view.scale, 1.3 * this.dpr, 9 * this.dpr);
  }

  get _badge() {
    return between(0.52 * this.board * this.view.scale, 3.4 * this.dpr, 15 * this.dpr);
  }

  get _post() {
    return between(0.1 * this.view.scale, 4 * this.dpr, 13 * this.dpr);
  }

  // Drawing

  /** Draw this day, of which this share has passed. */
  draw(fraction = 0.5) {
    if (!this.life || !this.view) return;
    this.fraction = this.reducedMotion ? 0.5 : fraction;
    this._drawGround();
    const c = this.context;
    this._drawActive(c);
    this._drawGlows(c);
    this._drawMeetings(c);
    this._drawIssues(c);
    this._drawWorkers(c);
    this._drawChosen(c);
    this.dirty = this.groundView !== this.view;
  }

  /** Copy the background; while the view moves, the old one enlarged or shifted. */
  _drawGround() {
    const c = this.context;
    if (!this.groundView) this._makeGround();
    else if (this.groundView !== this.view && performance.now() - this._moved > SETTLED) this._makeGround();
    if (this.groundView === this.view) return c.drawImage(this.ground, 0, 0);
    const by = this.view.scale / this.groundView.scale;
    c.fillStyle = PAPER;
    c.fillRect(0, 0, this.width, this.height);
    c.setTransform(by, 0, 0, by, this.view.x - this.groundView.x * by, this.view.y - this.groundView.y * by);
    c.drawImage(this.ground, 0, 0);
    return c.setTransform(1, 0, 0, 1, 0, 0);
  }

  _makeGround() {
    const c = this.ground.getContext("2d", { alpha: false });
    c.fillStyle = PAPER;
    c.fillRect(0, 0, this.width, this.height);
    this._drawPlaces(c);
    this._drawTies(c);
    const dot = this._dot;
    const spots = this.r["plan.residents"];
    const role = this.r["residents.role"];
    const names = this.life.about.roles;
    for (let i = 0; i < this.life.n; i += 1) {
      this.sprites.put(c, "people", names[role[i]], dot, this._x(spots[2 * i]), this._y(spots[2 * i + 1]));
    }
    this.groundView = this.view;
  }

  _rectangles(c, name, fill, line, dash = []) {
    const all = this.r[name];
    c.fillStyle = fill;
    c.strokeStyle = line;
    c.lineWidth = this.dpr;
    c.setLineDash(dash.map((length) => length * this.dpr));
    for (let k = 0; k < all.length; k += 4) {
      const edges = [this._x(all[k]), this._y(all[k + 1]), all[k + 2] * this.view.scale, all[k + 3] * this.view.scale];
      const [x, y, wide, high] = edges.map(Math.round);
      c.fillRect(x, y, wide, high);
      c.strokeRect(x + 0.5, y + 0.5, wide, high);
    }
    c.setLineDash([]);
  }

  _drawPlaces(c) {
    if (this.r["plan.general_grids"].length > 4) this._rectangles(c, "plan.general_grids", PAPER, "#8c8c8c", [5, 3]);
    this._rectangles(c, "plan.micro_grids", "#efeee9", "#d3d1c9");
    this._rectangles(c, "plan.halls", "#f6f0f4", "#c9a9bd");
    this._rectangles(c, "plan.buildings", "#ffffff", "#bdbbb3");
    const size = between(0.2 * this.view.scale, 10 * this.dpr, 17 * this.dpr);
    const wide = this.r["plan.micro_grids"][2] * this.view.scale;
    c.font = `${size}px ${FONT}`;
    c.textBaseline = "middle";
    c.textAlign = "left";
    c.fillStyle = "#55534c";
    const label = (name, rects, text) => {
      for (let k = 0; k < rects.length / 4; k += 1) {
        const written = text.replace("{n}", k + 1);
        if (c.measureText(written).width < 0.74 * wide) {
          c.fillText(written, this._x(rects[4 * k] + 0.09), this._y(rects[4 * k + 1] + 0.21));
        }
      }
    };
    label("micro_grid", this.r["plan.micro_grids"], this.words["map.micro_grid"] || "{n}");
    if (this.r["plan.halls"].length === 4) this._hallName(c, size, wide);
  }

  _hallName(c, size, wide) {
    const [x, y] = this.r["plan.halls"];
    const text = this.words["map.hall"] || "";
    const posts = this.hallPosts * 0.32 * this.view.scale;
    if (c.measureText(text).width < 0.9 * wide - posts) c.fillText(text, this._x(x + 0.09), this._y(y + 0.21));
  }

  _drawTies(c) {
    const first = this.r["ties.first"];
    const to = this.r["ties.to"];
    const spots = this.r["plan.residents"];
    c.beginPath();
    for (let i = 0; i < this.life.n; i += 1) {
      const [x, y] = [this._x(spots[2 * i]), this._y(spots[2 * i + 1])];
      for (let k = first[i]; k < first[i + 1]; k += 1) {
        c.moveTo(x, y);
        c.lineTo(this._x(spots[2 * to[k]]), this._y(spots[2 * to[k] + 1]));
      }
    }
    c.lineWidth = Math.max(0.5, 0.5 * this.dpr);
    c.strokeStyle = "#4a5a70";
    c.globalAlpha = between(420 / to.length, 0.03, 0.16);
    c.stroke();
    c.globalAlpha = 1;
  }

  _spot(i) {
    return [this._x(this.r["plan.residents"][2 * i]), this._y(this.r["plan.residents"][2 * i + 1])];
  }

  _isSeen(x, y, margin) {
    return x > -margin && y > -margin && x < this.width + margin && y < this.height + margin;
  }

  _drawActive(c) {
    const role = this.r["residents.role"];
    const names = this.life.about.roles;
    const dot = this._dot;
    for (let i = 0; i < this.life.n; i += 1) {
      if (!this.life.isActive(i)) continue;
      const [x, y] = this._spot(i);
      this.sprites.put(c, "people", `${names[role[i]]}_active`, dot, x, y);
    }
  }

  /** Acts of the last days: bright on their day, then fading. Visits, which are many, are gone the day after. */
  _drawGlows(c) {
    const { life, r } = this;
    const now = life.day + (this.reducedMotion ? 0.2 : this.fraction);
    const radius = between(2.3 * this._dot, 5.5 * this.dpr, 22 * this.dpr);
    for (let day = Math.max(0, life.day - DAYS_GLOW + 1); day <= life.day; day += 1) {
      for (let [k, to] = life.rows("acts", day); k < to; k += 1) {
        const glow = life.glows[r["acts.act"][k]];
        if (!glow) continue;
        const lasts = glow === "visit" ? 1.6 : DAYS_GLOW;
        const left = 1 - (now - day) / lasts;
        if (left <= 0 || (day === life.day && r["acts.act"][k] <= life.acts.spoke && glow === "met")) continue; // in the ring
        const [x, y] = this._spot(r["acts.who"][k]);
        if (!this._isSeen(x, y, radius)) continue;
        c.globalAlpha = Math.min(1, 0.25 + left);
        this.sprites.put(c, "glows", glow, glow === "visit" ? 0.8 * radius : radius, x, y);
      }
    }
    c.globalAlpha = 1;
  }

  /** Where the k-th of n people stands in the ring of a hall. */
  _seat(hall, k, n) {
    const [x, y, wide, high] = this._hall(hall);
    const rings = Math.max(1, Math.ceil(n / 36));
    const ring = k % rings;
    const inRing = Math.ceil((n - ring) / rings);
    const angle = (2 * Math.PI * Math.floor(k / rings)) / inRing - Math.PI / 2;
    const reach = 1 - 0.16 * ring;
    return [x + 0.42 * wide * reach * Math.cos(angle), y + 0.44 * high * reach * Math.sin(angle)];
  }

  /** Middle, width and height of the room for a meeting in a hall: below its sign, above the deputies. */
  _hall(k) {
    const [x, y, wide, high] = this.r["plan.halls"].subarray(4 * k, 4 * k + 4);
    let foot = y + high - 0.08;
    const offices = this.r["plan.deputies"];
    for (let d = 0; d < offices.length; d += 2) {
      const here = offices[d] > x && offices[d] < x + wide && offices[d + 1] > y && offices[d + 1] < y + high;
      if (here) foot = Math.min(foot, offices[d + 1] - 0.2);
    }
    const top = y + 0.4;
    return [this._x(x + wide / 2), this._y((top + foot) / 2), wide * this.view.scale, (foot - top) * this.view.scale];
  }

  /** Those who meet gather in the ring: from home, and back at the end of the day; then a trace for some days. */
  _drawMeetings(c) {
    for (let day = Math.max(0, this.life.day - DAYS_MEETING); day <= this.life.day; day += 1) {
      const met = this.life.meetingsOn(day);
      if (!met) continue;
      const age = this.life.day - day;
      const newer = this.life.rows("meetings", day + 1, this.life.day);
      if (age && newer[0] !== newer[1]) continue; // a later meeting has taken the hall
      const halls = new Set(met.matters.map((matter) => matter.council));
      for (const hall of halls) this._drawMeeting(c, met, hall, age);
    }
  }

  _drawMeeting(c, met, hall, age) {
    const matters = met.matters.filter((matter) => matter.council === hall);
    const rows = new Set(matters.map((matter) => matter.row));
    const people = met.people.filter((person) => rows.has(person.row));
    c.globalAlpha = age ? 0.75 - 0.2 * age : 1;
    if (people.length) this._drawRing(c, hall, people, age);
    const [x, y] = this._hall(hall);
    const badge = Math.max(this._badge, 6 * this.dpr);
    const size = Math.max(12 * this.dpr, 0.24 * this.view.scale);
    if (people.length) {
      c.font = `bold ${size}px ${FONT}`;
      c.textAlign = "center";
      c.fillStyle = "#7a2a6c";
      c.fillText(people.length, x, y - 0.9 * badge);
    }
    matters.slice(0, 4).forEach((matter, k, shown) => {
      const sign = matter.way === "deferred" ? "deferred" : matter.adopted ? "adopted" : "rejected";
      const shift = (k - (shown.length - 1) / 2) * 2 * badge;
      this.sprites.put(c, "votes", sign, badge, x + shift, y + (people.length ? badge : 0));
    });
    c.globalAlpha = 1;
  }

  _drawRing(c, hall, people, age) {
    const [x, y, wide, high] = this._hall(hall);
    c.strokeStyle = COLOURS.met;
    c.lineWidth = 1.5 * this.dpr;
    c.beginPath();
    c.ellipse(x, y, 0.42 * wide, 0.44 * high, 0, 0, 2 * Math.PI);
    c.stroke();
    if (age) return;
    const there = this.fraction < 0.5 ? eased(this.fraction / 0.3) : eased((1 - this.fraction) / 0.2);
    const dot = Math.max(this._dot, 2.6 * this.dpr);
    c.lineWidth = 0.7 * this.dpr;
    c.globalAlpha = 0.3;
    c.beginPath();
    const spots = people.map((person, k) => {
      const [from, to] = [this._spot(person.who), this._seat(hall, k, people.length)];
      c.moveTo(...from);
      c.lineTo(...to);
      return [from[0] + there * (to[0] - from[0]), from[1] + there * (to[1] - from[1])];
    });
    c.stroke();
    c.globalAlpha = 1;
    people.forEach((person, k) => {
      const role = this.life.about.roles[this.r["residents.role"][person.who]];
      const [px, py] = spots[k];
      if (person.spoke) this.sprites.put(c, "glows", "met", 1.8 * dot, px, py);
      this.sprites.put(c, "people", this.life.isActive(person.who) ? `${role}_active` : role, dot, px, py);
    });
  }

  /** Where an issue stands on the board of its building. */
  _place(k) {
    const b = this.r["issues.building"][k];
    const [x, y, wide, high] = this.r["plan.boards"].subarray(4 * b, 4 * b + 4);
    const most = this.life.boards.most[b];
    const badge = this._badge / this.view.scale;
    const step = most > 1 ? Math.min(1.9 * badge, (wide - 2 * badge) / (most - 1)) : 0;
    return [this._x(x + badge + 0.02 + step * this.life.boards.slot[k]), this._y(y + high / 2 + 0.02)];
  }

  _drawIssues(c) {
    const { life, r } = this;
    const badge = this._badge;
    const names = life.about.stages;
    for (const k of life.shown) {
      const [x, y] = this._place(k);
      if (!this._isSeen(x, y, 3 * badge)) continue;
      const age = life.day + this.fraction - life.since[k];
      const over = life.over.has(life.stage[k]);
      c.globalAlpha = over ? between(1.15 - age / (DAYS_GONE + 1), 0, 1) : 1;
      if (age < 1.5) this._drawPulse(c, x, y, badge, age);
      this.sprites.put(c, r["issues.parent"][k] === NONE ? "issues" : "again", names[life.stage[k]], badge, x, y);
    }
    c.globalAlpha = 1;
  }

  /** A ring that opens around an issue when something happens to it. */
  _drawPulse(c, x, y, badge, age) {
    c.strokeStyle = "#1b1b1b";
    c.lineWidth = 1.2 * this.dpr;
    const before = c.globalAlpha;
    c.globalAlpha = before * between(1.1 - age / 1.5, 0, 1);
    c.beginPath();
    c.arc(x, y, badge * (this.reducedMotion ? 1.35 : 1 + 0.9 * age), 0, 2 * Math.PI);
    c.stroke();
    c.globalAlpha = before;
  }

  _workersOf() {
    this.workersOf = new Map();
    const tiers = this.life.about.tiers;
    this.r["workers.unit"].forEach((unit, k) => {
      this.workersOf.set(unit, [...(this.workersOf.get(unit) || []), k]);
    });
    this.atHome = Array.from(this.r["workers.tier"], (tier) => tiers[tier] === "micro_grid");
    this.hallPosts = this.atHome.filter((home) => !home).length;
  }

  /** Where each worker is: at the post, on a round of the micro-grid, or beside an issue worked on. */
  _workerSpots() {
    const { life, r } = this;
    const spots = this.atHome.map((_, k) => [this._x(r["plan.workers"][2 * k]), this._y(r["plan.workers"][2 * k + 1])]);
    for (let [k, to] = life.rows("patrols", life.day); k < to; k += 1) {
      spots[r["patrols.worker"][k]] = this._onRound(r["patrols.micro_grid"][k]);
    }
    const nth = new Map();
    for (let [k, to] = life.rows("work", life.day); k < to; k += 1) {
      const unit = r["work.unit"][k];
      const staff = this.workersOf.get(unit);
      const turn = nth.get(unit) || 0;
      nth.set(unit, turn + 1);
      if (!staff || turn >= staff.length) continue;
      const [x, y] = this._place(r["work.issue"][k]);
      spots[staff[turn]] = [x + 0.9 * this._post, y + 1.2 * this._badge];
    }
    return spots;
  }

  /** On the round past the doors of a micro-grid's buildings. */
  _onRound(grid) {
    const homes = this.r["buildings.micro_grid"];
    const first = homes.indexOf(grid);
    const n = homes.lastIndexOf(grid) - first + 1;
    const at = between(this.fraction, 0, 0.999) * n;
    const door = (k) => {
      const [x, y, wide, high] = this.r["plan.buildings"].subarray(4 * (first + k), 4 * (first + k) + 4);
      return [this._x(x + wide / 2), this._y(y + high)];
    };
    const [from, to] = [door(Math.floor(at)), door(Math.min(n - 1, Math.floor(at) + 1))];
    const share = this.reducedMotion ? 0 : eased((at % 1) * 1.6 - 0.6);
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  }

  _drawWorkers(c) {
    const size = this._post;
    this._workerSpots().forEach(([x, y], k) => {
      this.sprites.put(c, "people", this.atHome[k] ? "worker" : "official", size, x, y);
    });
    const offices = this.r["plan.deputies"];
    for (let k = 0; k < offices.length; k += 2) {
      this.sprites.put(c, "people", "deputy", 0.72 * size, this._x(offices[k]), this._y(offices[k + 1]));
    }
  }

  _drawChosen(c) {
    if (!this.chosen) return;
    const { kind, row } = this.chosen;
    if (kind === "resident") this._drawTiesOf(c, row);
    const mark = this._markOf(kind, row);
    if (!mark) return;
    c.strokeStyle = "#1b1b1b";
    c.lineWidth = 2.5 * this.dpr;
    c.beginPath();
    if (mark.length === 3) c.arc(mark[0], mark[1], mark[2], 0, 2 * Math.PI);
    else c.rect(...mark);
    c.stroke();
  }

  _markOf(kind, row) {
    if (kind === "resident") return [...this._spot(row), Math.max(2.2 * this._dot, 7 * this.dpr)];
    if (kind === "issue") return this.life.shown.includes(row) ? [...this._place(row), 1.5 * this._badge] : null;
    if (kind === "worker") return [...this._workerSpots()[row], 1.5 * this._post];
    if (kind === "deputy") return [this._x(this.r["plan.deputies"][2 * row]), this._y(this.r["plan.deputies"][2 * row + 1]), 1.4 * this._post];
    const [x, y, wide, high] = (kind === "building" ? this.r["plan.buildings"] : this.r["plan.halls"]).subarray(4 * row, 4 * row + 4);
    return [this._x(x), this._y(y), wide * this.view.scale, high * this.view.scale];
  }

  /** Whom a chosen resident knows. */
  _drawTiesOf(c, row) {
    const known = this.tiesOf(row);
    c.strokeStyle = "#0072B2";
    c.lineWidth = 1.2 * this.dpr;
    c.globalAlpha = 0.7;
    c.beginPath();
    for (const other of known) {
      c.moveTo(...this._spot(row));
      c.lineTo(...this._spot(other));
    }
    c.stroke();
    c.globalAlpha = 1;
  }

  /** Rows of the residents somebody knows on the first day. */
  tiesOf(row) {
    const first = this.r["ties.first"];
    const to = this.r["ties.to"];
    const found = Array.from(to.subarray(first[row], first[row + 1]));
    for (let i = 0; i < row; i += 1) {
      for (let k = first[i]; k < first[i + 1]; k += 1) if (to[k] === row) found.push(i);
    }
    return found;
  }

  // What is under the pointer

  /** {kind, row, …} of what lies at a point (CSS pixels), or null. */
  pick(x, y) {
    if (!this.life || !this.view) return null;
    const [px, py] = [x * this.dpr, y * this.dpr];
    const reach = (radius) => Math.max(radius, 8 * this.dpr);
    return (
      this._nearest("issue", this.life.shown, (k) => this._place(k), px, py, reach(this._badge)) ||
      this._nearest("worker", this.atHome.keys(), (k) => this._workerSpots()[k], px, py, reach(this._post)) ||
      this._nearest("deputy", this.r["plan.deputies"].subarray(0, this.r["plan.deputies"].length / 2).keys(),
        (k) => [this._x(this.r["plan.deputies"][2 * k]), this._y(this.r["plan.deputies"][2 * k + 1])], px, py, reach(this._post)) ||
      this._nearest("resident", this.r["residents.role"].keys(), (k) => this._spot(k), px, py, reach(1.6 * this._dot)) ||
      this._inside("meeting", "plan.halls", px, py) ||
      this._inside("building", "plan.buildings", px, py)
    );
  }

  _nearest(kind, rows, place, px, py, reach) {
    let best = reach * reach;
    let found = null;
    for (const row of rows) {
      const [x, y] = place(row);
      const apart = (x - px) ** 2 + (y - py) ** 2;
      if (apart < best) [best, found] = [apart, row];
    }
    return found === null ? null : this.facts(kind, found);
  }

  _inside(kind, name, px, py) {
    const all = this.r[name];
    for (let k = 0; k < all.length / 4; k += 1) {
      const [x, y, wide, high] = all.subarray(4 * k, 4 * k + 4);
      const here = [(px - this.view.x) / this.view.scale - x, (py - this.view.y) / this.view.scale - y];
      if (here[0] >= 0 && here[1] >= 0 && here[0] < wide && here[1] < high) return this.facts(kind, k);
    }
    return null;
  }

  /** What is known of something picked. A meeting is that of the last days in this hall; its row is the day's first. */
  facts(kind, row) {
    const { life, r } = this;
    if (kind === "resident") {
      const role = life.about.roles[r["residents.role"][row]];
      return { kind, row, role, building: r["residents.building"][row], active: life.isActive(row), deeds: life.deedsOf(row) };
    }
    if (kind === "issue") {
      const born = r["issues.born"][row];
      return { kind, row, issue: life.about.kinds[r["issues.kind"][row]], stage: life.about.stages[life.stage[row]],
        building: r["issues.building"][row], born, since: life.since[row], again: r["issues.parent"][row] !== NONE };
    }
    if (kind === "worker") return { kind, row, tier: life.about.tiers[r["workers.tier"][row]] };
    if (kind === "deputy") return { kind, row, body: r["deputies.kind"][row] ? "cppcc" : "congress" };
    if (kind === "meeting") return this._lastMeeting(row);
    const open = life.shown.filter((k) => r["issues.building"][k] === row && !life.over.has(life.stage[k])).length;
    return { kind, row, residents: this.inBuilding[row], open, micro_grid: r["buildings.micro_grid"][row] };
  }

  _lastMeeting(hall) {
    for (let day = this.life.day; day >= 0; day -= 1) {
      const met = this.life.meetingsOn(day);
      const matters = met ? met.matters.filter((matter) => matter.council === hall) : [];
      if (matters.length) return { kind: "meeting", row: matters[0].row, hall, day, matters, came: met.people.length };
    }
    return { kind: "meeting", row: -1, hall, day: -1, matters: [], came: 0 };
  }

  /** What is picked, in a few lines of the words given. */
  text(picked) {
    const say = (key, more = {}) =>
      (this.words[key] || key).replace(/\{(\w+)\}/g, (_, name) => (name in more ? more[name] : picked[name]));
    if (picked.kind === "resident") {
      const deeds = Object.entries(picked.deeds).map(([name, n]) => say("hover.times", { what: say(`did.${name}`), n }));
      return [say(`role.${picked.role}`), say("hover.home", { n: picked.building + 1, row: picked.row }),
        deeds.length ? deeds.join(say("hover.and")) : say("hover.nothing")];
    }
    if (picked.kind === "issue") {
      const since = picked.since >= 0 ? say("hover.since", { n: picked.since + this.firstDay }) : say("hover.before", { n: this.firstDay });
      return [say(`kind.${picked.issue}`) + (picked.again ? say("hover.again") : ""), `${say(`issues.${picked.stage}`)}${since}`,
        picked.born >= 0 ? say("hover.born", { n: picked.born + this.firstDay }) : say("hover.older", { n: this.firstDay })];
    }
    if (picked.kind === "worker") return [say(`tier.${picked.tier}`)];
    if (picked.kind === "deputy") return [say(`deputy.${picked.body}`)];
    if (picked.kind === "meeting") {
      if (picked.day < 0) return [say("map.hall"), say("hover.no_meeting")];
      return [say("hover.meeting", { n: picked.day + this.firstDay }), ...picked.matters.map((matter) => {
        const kind = say(`kind.${this.life.about.kinds[this.r["issues.kind"][matter.issue]]}`);
        const end = matter.way === "deferred" ? "" : say(matter.adopted ? "hover.adopted" : "hover.rejected");
        return say(`way.${matter.way}`, { kind, came: matter.came }) + end;
      })];
    }
    return [say("hover.building", { n: picked.row + 1, grid: picked.micro_grid + 1 }), say("hover.inside")];
  }

  /** Mark something, whom a resident knows included; null: nothing. */
  highlight(chosen) {
    this.chosen = chosen && { kind: chosen.kind === "meeting" ? "hall" : chosen.kind, row: chosen.kind === "meeting" ? this._hallOf(chosen) : chosen.row };
    this.dirty = true;
  }

  _hallOf({ hall, row }) {
    return hall === undefined ? this.r["meetings.council"][row] || 0 : hall;
  }

  // Mouse, wheel, touch, keyboard

  _listen() {
    const { canvas } = this;
    const pointers = new Map();
    let moved = 0;
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, place(event));
      if (pointers.size === 1) moved = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const now = place(event);
      const before = pointers.get(event.pointerId);
      if (!before) return this._hover(...now);
      moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
      const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      pointers.set(event.pointerId, now);
      if (others.length) return this._pinch(others[0], before, now);
      if (moved > 4) this.pan(now[0] - before[0], now[1] - before[1]);
      return undefined;
    });
    const lift = (event) => {
      const was = pointers.delete(event.pointerId);
      if (was && event.type === "pointerup" && moved <= 4 && !pointers.size) this._click(...place(event));
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    canvas.addEventListener("pointerleave", () => this.onHover(null));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-between(event.deltaY, -200, 200) / 300), ...place(event));
    }, { passive: false });
    canvas.addEventListener("dblclick", (event) => this.zoom(1.8, ...place(event)));
    canvas.addEventListener("keydown", (event) => this._key(event));
  }

  _hover(x, y) {
    const picked = this.pick(x, y);
    this.canvas.style.cursor = picked ? "pointer" : "grab";
    this.onHover(picked, x, y);
  }

  _click(x, y) {
    const picked = this.pick(x, y);
    this.highlight(picked);
    this.onPick(picked, x, y);
  }

  _pinch(other, before, now) {
    const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) || 1;
    this.zoom(apart(other, now) / apart(other, before), (other[0] + now[0]) / 2, (other[1] + now[1]) / 2);
  }

  _key(event) {
    const step = 60;
    const keys = {
      ArrowLeft: () => this.pan(step, 0), ArrowRight: () => this.pan(-step, 0), ArrowUp: () => this.pan(0, step),
      ArrowDown: () => this.pan(0, -step), "+": () => this.zoom(1.4), "=": () => this.zoom(1.4),
      "-": () => this.zoom(1 / 1.4), 0: () => this.reset(), Escape: () => this._click(-1e6, -1e6),
    };
    const arrow = event.key.startsWith("Arrow");
    if (!keys[event.key] || (arrow && (!this.view || this._isWhole() || event.shiftKey)) || event.ctrlKey || event.metaKey || event.altKey) return;
    keys[event.key]();
    event.preventDefault();
    event.stopPropagation();
  }
}
