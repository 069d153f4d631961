// The list of messages: stays at the end when it was there, forgets dismissed ones, follows permalinks.
import { toast } from "./toast.js";

const DISMISSED = "dismissed";
const NEAR = 80;

export function startMessages() {
  for (const scroller of document.querySelectorAll("[data-scroller]")) stickToEnd(scroller);
  hideDismissed();
  document.addEventListener("htmx:afterSwap", hideDismissed);
  document.addEventListener("htmx:oobAfterSwap", hideDismissed);

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) return forget(dismiss.closest(".message"));
    const copy = event.target.closest("[data-copy], [data-copy-text]");
    if (copy) {
      const text = copy.dataset.copyText ?? new URL(copy.dataset.copy, location.href).href;
      navigator.clipboard?.writeText(text).then(() => toast("Copied"));
      return;
    }
    follow(event);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(".thread") && !event.defaultPrevented) {
      document.querySelector("[data-thread-close]")?.click();
    }
    const message = event.target.closest?.(".message");
    if (message && event.target === message && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      neighbour(message, event.key === "ArrowDown")?.focus();
    }
    const fromEnd = event.target.matches(".composer-text") ? !event.target.value : event.target.matches("[data-scroller]");
    if (event.key === "ArrowUp" && fromEnd) {
      event.preventDefault();
      [...event.target.closest(".pane").querySelectorAll(".message")].pop()?.focus();
    }
    if (event.key === "Escape" && message) document.getElementById("composer-text")?.focus();
  });
}

function neighbour(message, forward) {
  const all = [...message.closest(".scroller").querySelectorAll(".message:not([hidden])")];
  return all[all.indexOf(message) + (forward ? 1 : -1)] ?? (forward ? message.closest(".pane").querySelector(".composer-text") : null);
}

function stickToEnd(scroller) {
  let atEnd = true;
  const toEnd = () => scroller.scrollTo({ top: scroller.scrollHeight });
  scroller.addEventListener("scroll", () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  });
  if (location.hash && document.querySelector(location.hash)) {
    document.querySelector(location.hash).scrollIntoView({ block: "center" });
    atEnd = false;
  } else toEnd();
  const settle = () => atEnd && toEnd();
  new MutationObserver(settle).observe(scroller, { childList: true, subtree: true, characterData: true });
  new ResizeObserver(settle).observe(scroller);
  scroller.addEventListener("load", settle, true);
  document.fonts?.ready.then(settle);
}

const remembered = () => JSON.parse(sessionStorage.getItem(DISMISSED) ?? "[]");

function forget(message) {
  if (message.dataset.messageKey) sessionStorage.setItem(DISMISSED, JSON.stringify([...remembered(), message.dataset.messageKey]));
  const pane = message.closest(".pane");
  if (message.dataset.messageKey) message.hidden = true;
  else message.remove();
  pane.querySelector(".composer-text")?.focus();
}

function hideDismissed() {
  for (const key of remembered()) {
    const message = document.querySelector(`[data-message-key="${CSS.escape(key)}"]`);
    if (message) message.hidden = true;
  }
}

// Links to messages of this workspace stay in this tab and with this person.
function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith("/archives/")) return;
  event.preventDefault();
  url.searchParams.set("as", document.body.dataset.person);
  location.assign(url);
}
