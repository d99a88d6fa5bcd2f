// The host of the map in a notebook, and in pages of Solara: what anywidget calls. See workshop/widget.py.

import { NeighbourhoodMap, Player } from "./map.js";

export function render({ model, el }) {
  const make = (tag, more = {}) => Object.assign(document.createElement(tag), more);
  const say = (key, more = {}) => (model.get("words")[key] || "").replace(/\{(\w+)\}/g, (_, name) => more[name]);
  const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const box = make("div");
  const canvas = make("canvas");
  const foot = make("div");
  const toggle = make("button", { type: "button" });
  const scrub = make("input", { type: "range", min: "0", step: "1" });
  const today = make("span");
  const told = make("p");
  box.style.cssText = "width: 100%; min-width: 260px; font: 14px system-ui, sans-serif;";
  canvas.style.cssText = "display: block; width: 100%;";
  foot.style.cssText = "display: flex; gap: 12px; align-items: center; padding: 6px 0;";
  scrub.style.flex = "1";
  told.style.cssText = "min-height: 1.4em; margin: 0;";
  scrub.setAttribute("aria-label", say("replay.scrub"));
  foot.append(toggle, today, scrub);
  if (!model.get("controls")) foot.style.display = "none";
  box.append(canvas, foot, told);
  el.append(box);

  const map = new NeighbourhoodMap(canvas, { lang: model.get("lang"), words: model.get("words"), reducedMotion });
  let player = null;
  const fit = () => {
    if (!box.clientWidth) return;
    canvas.style.height = `${model.get("height")}px`;
    map.setSize(box.clientWidth, model.get("height"), window.devicePixelRatio || 1);
    map.draw();
  };
  const show = () => player && model.get("day") !== player.day && player.seek(model.get("day"));
  const onDay = (day) => {
    scrub.value = day;
    today.textContent = say("replay.day", { day: day + 1, days: map.days });
    if (model.get("day") === day || !model.get("controls")) return;
    model.set("day", day);
    model.save_changes();
  };
  const onPlaying = (on) => (toggle.textContent = say(on ? "replay.pause" : "replay.play"));
  const load = () => {
    const bytes = model.get("recording");
    map.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    scrub.max = map.days - 1;
    player ||= new Player([map], { onDay, onPlaying, reducedMotion });
    onPlaying(player.playing);
    fit();
    player.seek(model.get("day"));
  };
  map.onHover = (picked) => (told.textContent = picked ? map.text(picked).join(" · ") : "");
  map.onPick = (picked) => {
    map.highlight(picked);
    model.set("picked", picked ? { kind: picked.kind, row: picked.row ?? -1 } : {});
    model.save_changes();
  };
  toggle.onclick = () => player.toggle();
  scrub.oninput = () => player.seek(Number(scrub.value));
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  model.on("change:recording", load);
  model.on("change:day", show);
  load();
  return () => {
    observer.disconnect();
    player.stop();
    model.off("change:recording", load);
    model.off("change:day", show);
  };
}

export default { render };
