// A sentence at the edge of the page, for a few seconds, above an open modal, too.
const SECONDS = 5;

export function toast(sentence) {
  const toasts = document.getElementById("toasts");
  const box = document.createElement("div");
  box.className = "toast";
  box.textContent = sentence;
  if (toasts.matches(":popover-open")) toasts.hidePopover();
  toasts.showPopover();
  toasts.append(box);
  setTimeout(() => {
    box.remove();
    if (!toasts.children.length) toasts.hidePopover();
  }, SECONDS * 1000);
}
