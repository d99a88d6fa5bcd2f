// What the signs of the map mean, as HTML: the page of a replay and the workshop show the same.

import { Sprites } from "./sprites.js";

const GROUPS = [
  ["legend.people", [
    ["people", "resident"], ["people", "resident_active"], ["people", "child"], ["people", "member"],
    ["people", "member_active"], ["people", "worker"], ["people", "official"], ["people", "deputy"],
  ]],
  ["legend.acts", [["glows", "gave"], ["glows", "told"], ["glows", "met"], ["glows", "mall"], ["glows", "visit"]]],
  ["legend.issues", [
    ["issues", "arose"], ["issues", "known"], ["issues", "agenda"], ["issues", "refused"], ["issues", "decided"],
    ["issues", "work"], ["issues", "resolved"], ["issues", "paper"], ["issues", "reopened"], ["issues", "faded"],
    ["again", "known"],
  ]],
  ["legend.votes", [["votes", "adopted"], ["votes", "rejected"], ["votes", "deferred"]]],
];

const SHORT = [
  ["people", "resident"], ["people", "resident_active"], ["people", "member"], ["people", "worker"], ["people", "deputy"],
  ["glows", "gave"], ["glows", "met"], ["issues", "known"], ["issues", "work"], ["issues", "resolved"], ["issues", "paper"],
];

/** A list of all signs with their names in these words; `short`: only the main ones, in one line, in short words. */
export function legend(words, { short = false } = {}) {
  const whole = document.createElement("div");
  whole.className = short ? "linli-legend linli-short" : "linli-legend";
  for (const [title, entries] of short ? [["", SHORT]] : GROUPS) {
    const group = document.createElement("section");
    if (title) {
      const heading = document.createElement("p");
      heading.textContent = words[title];
      group.append(heading);
    }
    const list = document.createElement("ul");
    for (const [kind, name] of entries) list.append(entry(kind, name, words[`${short ? "short." : ""}${kind}.${name}`]));
    group.append(list);
    whole.append(group);
  }
  return whole;
}

function entry(kind, name, text) {
  const sprites = new Sprites();
  const dpr = Math.max(1, window.devicePixelRatio || 1);
  const sign = document.createElement("canvas");
  const side = 22;
  sign.width = sign.height = side * dpr;
  sign.style.width = sign.style.height = `${side}px`;
  sign.setAttribute("aria-hidden", "true");
  const radius = { people: 5, glows: 9 }[kind] || 8.5;
  const c = sign.getContext("2d");
  sprites.put(c, kind, name, radius * dpr, sign.width / 2, sign.height / 2);
  if (kind === "glows") sprites.put(c, "people", "resident", 4 * dpr, sign.width / 2, sign.height / 2);
  const label = document.createElement("span");
  label.textContent = text;
  const item = document.createElement("li");
  item.append(sign, label);
  return item;
}
