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

/** A list of all signs with their names in these words. */
export function legend(words) {
  const sprites = new Sprites();
  const dpr = Math.max(1, window.devicePixelRatio || 1);
  const whole = document.createElement("div");
  whole.className = "linli-legend";
  for (const [title, entries] of GROUPS) {
    const group = document.createElement("section");
    const heading = document.createElement("h3");
    heading.textContent = words[title];
    const list = document.createElement("ul");
    for (const [kind, name] of entries) {
      const item = document.createElement("li");
      const sign = document.createElement("canvas");
      const side = 22;
      sign.width = sign.height = side * dpr;
      sign.style.width = sign.style.height = `${side}px`;
      sign.setAttribute("aria-hidden", "true");
      const radius = (kind === "people" ? 5 : kind === "glows" ? 9 : 8.5) * dpr;
      const c = sign.getContext("2d");
      sprites.put(c, kind, name, radius, sign.width / 2, sign.height / 2);
      if (kind === "glows") sprites.put(c, "people", "resident", 4 * dpr, sign.width / 2, sign.height / 2);
      const label = document.createElement("span");
      label.textContent = words[`${kind}.${name}`];
      item.append(sign, label);
      list.append(item);
    }
    group.append(heading, list);
    whole.append(group);
  }
  return whole;
}
