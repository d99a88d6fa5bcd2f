// Quasar names a slider, and says its value, on an element that cannot be focused; the focus goes to one inside it.
// Screen readers speak of what has the focus: so role, name and value move there, and move again whenever they change.

const SAID = ["role", "aria-label", "aria-valuenow", "aria-valuetext", "aria-valuemin", "aria-valuemax",
  "aria-orientation", "aria-disabled", "aria-readonly"];

const moveInto = (slider) => {
  const focused = slider.querySelector(".q-slider__track-container");
  if (!focused) return;
  for (const name of SAID) {
    const value = slider.getAttribute(name);
    if (value === null) continue;
    focused.setAttribute(name, value);
    slider.removeAttribute(name);
  }
};

const sliders = (node) => (node.nodeType === Node.ELEMENT_NODE
  ? [...(node.matches(".q-slider") ? [node] : []), ...node.querySelectorAll(".q-slider")] : []);

new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "attributes") {
      if (target.matches(".q-slider")) moveInto(target);
    } else {
      for (const node of addedNodes) sliders(node).forEach(moveInto);
    }
  }
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: SAID });

sliders(document.documentElement).forEach(moveInto);
