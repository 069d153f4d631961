// What the server redraws keeps what the browser knows: focus, open lists, typed words, pressed states.
const OPEN = ":popover-open, [data-busy]";

function keeps(attribute, node) {
  if (attribute === "open" && node.tagName === "DIALOG") return true;
  if (attribute === "style" && node.matches("[popover], textarea")) return true;
  if (attribute === "hidden" && node.matches(".message")) return true;
  if (attribute === "aria-expanded" || attribute === "aria-activedescendant") return true;
  return attribute === "class" && node.matches(".menu-open, .htmx-request");
}

export function startMorphing() {
  Object.assign(window.Idiomorph.defaults, { ignoreActiveValue: true });
  Object.assign(window.Idiomorph.defaults.callbacks, {
    beforeNodeMorphed: (old, redrawn) => {
      if (!(old instanceof Element)) return true;
      // `ignoreActiveValue` leaves what has the focus alone, a button's label too: it is redrawn here.
      if (old === document.activeElement && old.matches("button") && redrawn.matches("button")) {
        old.replaceChildren(...redrawn.cloneNode(true).childNodes);
      }
      return !old.matches(OPEN);
    },
    beforeAttributeUpdated: (attribute, node) => !keeps(attribute, node),
    beforeNodeRemoved: (old) => !(old instanceof Element && old.matches("[data-client]")),
  });
}
