// Puts a floating list beside what opened it, inside the window.
const GAP = 4;
const EDGE = 8;

export function placeBeside(floating, anchor, { sameWidth = false } = {}) {
  const box = anchor.getBoundingClientRect();
  if (sameWidth) {
    floating.style.minWidth = `${Math.max(box.width, 200)}px`;
    floating.style.maxWidth = `${Math.max(box.width, 360)}px`;
  }
  floating.style.maxHeight = "";
  const size = floating.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const upwards = size.height > below && above > below;
  const height = Math.min(size.height, upwards ? above : below);
  if (height < size.height) floating.style.maxHeight = `${height}px`;
  const top = upwards ? box.top - GAP - height : box.bottom + GAP;
  const left = Math.min(box.left, innerWidth - size.width - EDGE);
  floating.style.top = `${Math.max(top, EDGE)}px`;
  floating.style.left = `${Math.max(left, EDGE)}px`;
}
