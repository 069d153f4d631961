// The composer: Enter sends, Shift+Enter breaks the line, buttons wrap what is marked, `/` and `@` complete.
import { Completion } from "./completion.js";

const MAX_HEIGHT_SHARE = 0.4;

export function startComposers() {
  const directory = JSON.parse(document.getElementById("directory").textContent);
  for (const form of document.querySelectorAll("[data-composer]")) start(form, directory);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, dialog, [role=menu], [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === " ") return;
    document.querySelector("[data-composer] textarea")?.focus();
  });
}

function start(form, directory) {
  const text = form.querySelector("textarea");
  const send = form.querySelector(".send");
  const completion = new Completion(form, text, directory);
  const draft = `draft:${form.getAttribute("hx-post")}:${form.querySelector("[name=thread_ts]")?.value ?? ""}`;

  const refresh = () => {
    send.disabled = !text.value.trim();
    form.classList.toggle("typing", Boolean(text.value));
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, innerHeight * MAX_HEIGHT_SHARE)}px`;
    sessionStorage.setItem(draft, text.value);
  };
  const insert = (value, start = text.selectionStart, end = text.selectionEnd) => {
    text.focus();
    text.setRangeText(value, start, end, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };

  text.value = sessionStorage.getItem(draft) ?? "";
  refresh();
  text.addEventListener("input", () => {
    refresh();
    completion.update();
  });
  text.addEventListener("keydown", (event) => {
    if (event.isComposing || completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (text.value.trim()) form.requestSubmit();
    }
  });
  text.addEventListener("click", () => completion.update());
  text.addEventListener("blur", () => completion.close());

  form.addEventListener("htmx:configRequest", (event) => {
    if (event.target !== form) return;
    form.dataset.sent = text.value;
  });
  form.addEventListener("htmx:beforeSend", (event) => {
    if (event.target !== form) return;
    text.value = "";
    completion.close();
    refresh();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form || event.detail.successful) return;
    text.value ||= form.dataset.sent;
    refresh();
  });

  form.addEventListener("mousedown", (event) => {
    if (event.target.closest(".composer-format, [data-type]")) event.preventDefault();
  });
  form.addEventListener("click", (event) => {
    const wrap = event.target.closest("[data-wrap]")?.dataset.wrap;
    const line = event.target.closest("[data-line]")?.dataset.line;
    const typed = event.target.closest("[data-type]")?.dataset.type;
    if (wrap) {
      const marked = text.value.slice(text.selectionStart, text.selectionEnd);
      insert(wrap + marked + wrap);
      if (!marked) text.setSelectionRange(text.selectionStart - 1, text.selectionStart - 1);
    }
    if (line) {
      const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
      insert(line, start, start);
    }
    if (typed === "/" && !text.value) insert("/");
    else if (typed === "/") insert("/", 0, text.value.length);
    else if (typed) insert(/(^|\s)$/.test(text.value.slice(0, text.selectionStart)) ? typed : ` ${typed}`);
  });
}
