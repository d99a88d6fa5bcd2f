// The life of a town as its recording has it: what stands where on a day, and what has happened up to it.

import { readRecording } from "./recording.js";

export const NONE = 65535;
export const DAYS_ACTIVE = 30; // whoever volunteered in so many days counts as active
export const DAYS_GLOW = 5; // an act is to be seen for so long
export const DAYS_GONE = 6; // an issue that is settled, or gone, is to be seen for so long

const GLOW_OF = {
  volunteered: "gave", kept_duty: "gave", reported: "told", petitioned: "told", came: "met", voted: "met",
  redeemed: "mall", visited: "visit",
};

export class Life {
  constructor(buffer) {
    const r = readRecording(buffer);
    this.r = r;
    this.about = r.about;
    this.days = r.about.days;
    this.n = r["residents.role"].length;
    this.nIssues = r["issues.kind"].length;
    const code = (list, name) => r.about[list].indexOf(name);
    this.acts = Object.fromEntries(r.about.acts.map((name, k) => [name, k]));
    this.stages = Object.fromEntries(r.about.stages.map((name, k) => [name, k]));
    this.over = new Set([code("stages", "unborn"), this.stages.resolved, this.stages.faded]);
    this.glows = r.about.acts.map((name) => GLOW_OF[name] || null);
    this._steps();
    this._totals();
    this.boards = this._boards();
    this.day = -1;
    this.stage = new Uint8Array(this.nIssues);
    this.since = new Int16Array(this.nIssues); // day of the last step
    this.lastAct = new Int16Array(this.n);
    this.seek(0);
  }

  /** First and last row of a list on a day, or of several days. */
  rows(list, day, last = day) {
    const first = this.r[`${list}.first`];
    return [first[Math.max(0, day)], first[Math.min(this.days, last + 1)]];
  }

  /** For each issue its steps in order; and of which day each step is. */
  _steps() {
    const issue = this.r["steps.issue"];
    this.stepDay = new Int16Array(issue.length);
    this.stepsOf = Array.from({ length: this.nIssues }, () => []);
    for (let day = 0; day < this.days; day += 1) {
      const [from, to] = this.rows("steps", day);
      for (let k = from; k < to; k += 1) {
        this.stepDay[k] = day;
        this.stepsOf[issue[k]].push(k);
      }
    }
  }

  /** Open and truly resolved issues, acts of volunteering and people at meetings, up to the evening of each day. */
  _totals() {
    const r = this.r;
    const stage = Uint8Array.from(r["issues.stage"]);
    let open = stage.reduce((n, s) => n + !this.over.has(s), 0);
    const now = { resolved: 0, acts: 0, came: 0 };
    this.totals = { open: [], resolved: [], acts: [], came: [] };
    for (let day = 0; day < this.days; day += 1) {
      for (let [k, to] = this.rows("steps", day); k < to; k += 1) {
        const i = r["steps.issue"][k];
        const next = r["steps.stage"][k];
        open += this.over.has(stage[i]) - this.over.has(next);
        now.resolved += next === this.stages.resolved;
        stage[i] = next;
      }
      for (let [k, to] = this.rows("acts", day); k < to; k += 1) {
        now.acts += r["acts.act"][k] === this.acts.volunteered;
        now.came += r["acts.act"][k] === this.acts.came;
      }
      this.totals.open.push(open);
      for (const [name, n] of Object.entries(now)) this.totals[name].push(n);
    }
  }

  /** The place of each issue on the board of its building: no two at one time in one place. */
  _boards() {
    const ends = new Map();
    const slot = new Uint8Array(this.nIssues);
    const building = this.r["issues.building"];
    const order = Array.from({ length: this.nIssues }, (_, k) => k).filter((k) => this.span(k));
    order.sort((a, b) => this.span(a)[0] - this.span(b)[0] || a - b);
    const most = new Uint8Array(this.r["plan.buildings"].length / 4);
    for (const k of order) {
      const taken = ends.get(building[k]) || [];
      ends.set(building[k], taken);
      const [from, to] = this.span(k);
      let place = taken.findIndex((end) => end < from);
      if (place < 0) place = taken.length;
      taken[place] = to;
      slot[k] = place;
      most[building[k]] = Math.max(most[building[k]], taken.length);
    }
    return { slot, most };
  }

  /** First and last day an issue is to be seen, or null. */
  span(k) {
    const steps = this.stepsOf[k];
    const there = !this.over.has(this.r["issues.stage"][k]);
    if (!there && !steps.length) return null;
    const from = there ? 0 : this.stepDay[steps[0]];
    const last = steps.length ? this.r["steps.stage"][steps[steps.length - 1]] : this.r["issues.stage"][k];
    return [from, this.over.has(last) ? this.stepDay[steps[steps.length - 1]] + DAYS_GONE : this.days];
  }

  /** Everything as it stands on the evening of a day. */
  seek(day) {
    const r = this.r;
    day = Math.max(0, Math.min(this.days - 1, Math.floor(day)));
    let from = this.day + 1;
    if (day < this.day || this.day < 0) {
      this.stage.set(r["issues.stage"]);
      this.since.fill(-DAYS_GONE - 1);
      this.lastAct.set(r["residents.last_act"]);
      from = 0;
    }
    for (let d = from; d <= day; d += 1) {
      for (let [k, to] = this.rows("steps", d); k < to; k += 1) {
        this.stage[r["steps.issue"][k]] = r["steps.stage"][k];
        this.since[r["steps.issue"][k]] = d;
      }
      for (let [k, to] = this.rows("acts", d); k < to; k += 1) {
        if (r["acts.act"][k] === this.acts.volunteered) this.lastAct[r["acts.who"][k]] = d;
      }
    }
    this.day = day;
    this.shown = this._shown();
  }

  /** Rows of the issues to be seen on this day: unsolved, or settled a few days ago. */
  _shown() {
    const found = [];
    const { unborn } = this.stages;
    for (let k = 0; k < this.nIssues; k += 1) {
      if (this.stage[k] === unborn) continue;
      if (!this.over.has(this.stage[k]) || this.day - this.since[k] <= DAYS_GONE) found.push(k);
    }
    return found;
  }

  isActive(i) {
    return this.day - this.lastAct[i] < DAYS_ACTIVE;
  }

  /** What a resident has done up to this day: {volunteered: 3, ...}. */
  deedsOf(i) {
    const found = {};
    const [, to] = this.rows("acts", 0, this.day);
    for (let k = 0; k < to; k += 1) {
      if (this.r["acts.who"][k] === i) {
        const name = this.about.acts[this.r["acts.act"][k]];
        found[name] = (found[name] || 0) + 1;
      }
    }
    return found;
  }

  /** Meetings of a day: those who came (once each) with whether they spoke, and the matters. Null without any. */
  meetingsOn(day) {
    const [from, to] = this.rows("meetings", day);
    if (from === to || day < 0) return null;
    const people = new Map();
    for (let [k, end] = this.rows("acts", day); k < end; k += 1) {
      const act = this.r["acts.act"][k];
      const who = this.r["acts.who"][k];
      if (act === this.acts.came && !people.has(who)) people.set(who, { who, spoke: false, row: this.r["acts.about"][k] });
      if (act === this.acts.spoke) people.get(who).spoke = true;
    }
    const matters = [];
    for (let k = from; k < to; k += 1) {
      matters.push({
        row: k, issue: this.r["meetings.issue"][k], council: this.r["meetings.council"][k],
        came: this.r["meetings.came"][k], way: this.about.ways[this.r["meetings.way"][k]],
        adopted: this.r["meetings.adopted"][k] === 1,
      });
    }
    return { day, people: [...people.values()], matters };
  }
}
