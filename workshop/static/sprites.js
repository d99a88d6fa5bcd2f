// The signs of the map, each drawn once and then copied. Roles differ in shape, stages of issues in sign and outline.

const INK = "#1b1b1b";
export const COLOURS = {
  resident: "#7d848b", active: "#0072B2", member: "#D55E00", worker: "#009E73", deputy: "#1b1b1b",
  gave: "#009E73", told: "#E69F00", met: "#AA4499", mall: "#0072B2", visit: "#6a6f75",
};

/** Inside a unit circle: the path of a shape. */
function shape(c, name, r) {
  c.beginPath();
  if (name === "dot") return c.arc(0, 0, r, 0, 2 * Math.PI);
  if (name === "sheet") return c.rect(-0.82 * r, -0.95 * r, 1.64 * r, 1.9 * r);
  const star = name === "star";
  const corners = { triangle: 3, diamond: 4, square: 4, star: 10 }[name];
  const turn = name === "square" ? Math.PI / 4 : -Math.PI / 2;
  const reach = { triangle: 1.28, diamond: 1.2, square: 1.25, star: 1.35 }[name] * r;
  const lift = name === "triangle" ? 0.2 * r : 0;
  for (let k = 0; k < corners; k += 1) {
    const angle = turn + (2 * Math.PI * k) / corners;
    const far = star && k % 2 ? 0.46 * reach : reach;
    c.lineTo(far * Math.cos(angle), far * Math.sin(angle) + lift);
  }
  return c.closePath();
}

function strokes(c, ...lines) {
  c.beginPath();
  for (const line of lines) line.forEach(([x, y], k) => (k ? c.lineTo(x, y) : c.moveTo(x, y)));
  c.stroke();
}

function dots(c, ...centres) {
  for (const [x, y, r] of centres) {
    c.beginPath();
    c.arc(x, y, r, 0, 2 * Math.PI);
    c.fill();
  }
}

/** People and those who serve: [shape, fill, outline, relative size]. */
const PEOPLE = {
  resident: ["dot", COLOURS.resident, null, 0.86],
  resident_active: ["dot", COLOURS.active, null, 1.15],
  child: ["dot", "#ffffff", "#9aa0a6", 0.62],
  child_active: ["dot", COLOURS.active, null, 0.9],
  member: ["triangle", "#ffffff", COLOURS.member, 1],
  member_active: ["triangle", COLOURS.member, "#7a3500", 1.2],
  worker: ["diamond", COLOURS.worker, "#ffffff", 1],
  official: ["square", "#0072B2", "#ffffff", 1],
  deputy: ["star", COLOURS.deputy, "#ffffff", 1],
};

/** Issues by stage: [shape, fill, ink of the sign, the sign]. */
const ISSUES = {
  arose: ["dot", "#ffffff", "#565b60", (c, r) => dots(c, [0, 0, 0.26 * r])],
  known: ["dot", "#E69F00", INK, (c, r) => (strokes(c, [[0, -0.55 * r], [0, 0.12 * r]]), dots(c, [0, 0.5 * r, 0.15 * r]))],
  agenda: ["dot", "#E5B5D0", INK, (c, r) => dots(c, [-0.45 * r, 0, 0.15 * r], [0, 0, 0.15 * r], [0.45 * r, 0, 0.15 * r])],
  refused: ["dot", "#E5B5D0", INK, (c, r) => strokes(c, [[-0.5 * r, 0], [0.5 * r, 0]])],
  decided: ["dot", "#8FCBEF", INK, (c, r) => strokes(c, [[-0.2 * r, -0.5 * r], [0.32 * r, 0], [-0.2 * r, 0.5 * r]])],
  work: ["dot", "#0072B2", "#ffffff", (c, r) => (strokes(c, [[-0.42 * r, 0.5 * r], [0.2 * r, -0.18 * r]]), strokes(c, [[-0.12 * r, -0.5 * r], [0.52 * r, 0.14 * r]]))],
  resolved: ["dot", "#00805D", "#ffffff", (c, r) => strokes(c, [[-0.48 * r, 0.02 * r], [-0.12 * r, 0.4 * r], [0.5 * r, -0.38 * r]])],
  paper: ["sheet", "#ffffff", INK, (c, r) => strokes(c, [[-0.4 * r, -0.45 * r], [0.4 * r, 0.45 * r]], [[0.4 * r, -0.45 * r], [-0.4 * r, 0.45 * r]])],
  reopened: ["dot", "#E69F00", INK, (c, r) => {
    c.beginPath();
    c.arc(0, 0, 0.45 * r, -0.2 * Math.PI, 1.35 * Math.PI);
    c.stroke();
    strokes(c, [[0.06 * r, -0.42 * r], [0.44 * r, -0.24 * r], [0.6 * r, -0.66 * r]]);
  }],
  faded: ["dot", "#ffffff", "#9aa0a6", () => {}],
};

/** What a council made of a plan. */
const VOTES = {
  adopted: ["#00805D", (c, r) => strokes(c, [[-0.48 * r, 0.02 * r], [-0.12 * r, 0.4 * r], [0.5 * r, -0.38 * r]])],
  rejected: ["#a33c00", (c, r) => strokes(c, [[-0.36 * r, -0.36 * r], [0.36 * r, 0.36 * r]], [[0.36 * r, -0.36 * r], [-0.36 * r, 0.36 * r]])],
  deferred: ["#55534c", (c, r) => dots(c, [-0.45 * r, 0, 0.15 * r], [0, 0, 0.15 * r], [0.45 * r, 0, 0.15 * r])],
};

function drawVote(c, name, r) {
  const [ink, sign] = VOTES[name];
  c.lineJoin = c.lineCap = "round";
  c.beginPath();
  c.rect(-0.8 * r, -0.8 * r, 1.6 * r, 1.6 * r);
  c.fillStyle = "#ffffff";
  c.fill();
  c.strokeStyle = c.fillStyle = ink;
  c.lineWidth = Math.max(1, 0.13 * r);
  c.stroke();
  c.lineWidth = Math.max(1.2, 0.24 * r);
  sign(c, 0.8 * r);
}

/** Glows: what somebody has just done. Each is also an outline of its own. */
const GLOWS = {
  gave: (c, r) => glow(c, r, COLOURS.gave, [[0.62, []]]),
  told: (c, r) => glow(c, r, COLOURS.told, [[0.6, []], [0.86, []]], "#8a5f00"),
  met: (c, r) => glow(c, r, COLOURS.met, [[0.7, [0.36, 0.22]]]),
  mall: (c, r) => (glow(c, r, COLOURS.mall, []), (c.strokeStyle = COLOURS.mall), strokes(c, [[-0.95 * r, 0], [-0.55 * r, 0]], [[0.55 * r, 0], [0.95 * r, 0]], [[0, -0.95 * r], [0, -0.55 * r]], [[0, 0.55 * r], [0, 0.95 * r]])),
  visit: (c, r) => glow(c, r, null, [[0.6, [0.16, 0.2]]], COLOURS.visit),
};

function glow(c, r, colour, rings, ink = colour) {
  if (colour) {
    const light = c.createRadialGradient(0, 0, 0.2 * r, 0, 0, r);
    light.addColorStop(0, `${colour}b0`);
    light.addColorStop(0.6, `${colour}55`);
    light.addColorStop(1, `${colour}00`);
    c.fillStyle = light;
    shape(c, "dot", r);
    c.fill();
  }
  c.strokeStyle = ink;
  for (const [far, dash] of rings) {
    c.setLineDash(dash.map((length) => length * r));
    shape(c, "dot", far * r);
    c.stroke();
  }
  c.setLineDash([]);
}

function drawPerson(c, name, r) {
  const [form, fill, outline, size] = PEOPLE[name];
  shape(c, form, r * size);
  c.fillStyle = fill;
  c.lineWidth = Math.max(1, 0.28 * r);
  c.lineJoin = "round";
  if (outline) {
    c.strokeStyle = outline;
    c.stroke();
  }
  c.fill();
  if (outline && fill === "#ffffff") c.stroke();
}

function drawIssue(c, name, r, again) {
  const [form, fill, ink, sign] = ISSUES[name];
  const size = name === "arose" || name === "faded" ? 0.62 * r : 0.84 * r;
  c.lineJoin = c.lineCap = "round";
  shape(c, form, size);
  c.fillStyle = fill;
  c.fill();
  c.lineWidth = Math.max(1, 0.13 * r);
  c.strokeStyle = ink === "#ffffff" ? INK : ink;
  if (name === "arose") c.setLineDash([0.32 * r, 0.2 * r]);
  c.stroke();
  c.setLineDash([]);
  if (again) {
    shape(c, "dot", 0.97 * r);
    c.stroke();
  }
  c.lineWidth = Math.max(1.2, 0.2 * r);
  c.strokeStyle = c.fillStyle = ink;
  sign(c, size);
}

/** Signs of one size of the map, made when they are first asked for. r in device pixels. */
export class Sprites {
  constructor() {
    this.made = new Map();
  }

  /** A canvas with the sign in its middle; `group` is people, issues, again (an issue come back), votes or glows. */
  of(group, name, r) {
    const size = Math.max(1.2, Math.round(r * 4) / 4);
    const key = `${group}/${name}/${size}`;
    let made = this.made.get(key);
    if (!made) {
      if (this.made.size > 400) this.made.clear(); // many sizes have been zoomed through
      made = document.createElement("canvas");
      made.width = made.height = 2 * Math.ceil(1.5 * size + 1);
      const c = made.getContext("2d");
      c.translate(made.width / 2, made.height / 2);
      c.lineWidth = Math.max(1, 0.12 * size);
      if (group === "people") drawPerson(c, name, size);
      else if (group === "glows") GLOWS[name](c, size);
      else if (group === "votes") drawVote(c, name, size);
      else drawIssue(c, name, size, group === "again");
      this.made.set(key, made);
    }
    return made;
  }

  /** Copy a sign onto a context, its middle at x, y. */
  put(c, group, name, r, x, y) {
    const made = this.of(group, name, r);
    c.drawImage(made, Math.round(x - made.width / 2), Math.round(y - made.height / 2));
  }
}
