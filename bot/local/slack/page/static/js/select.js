// Selects with a list to type in: static lists are filtered here, external ones ask the app on opening and on each key.
import { placeBeside } from "./place.js";

const DEBOUNCE_MS = 150;
let open = null;
let asked = 0;

const parts = (select) => ({
  input: select.querySelector(".select-input"),
  list: select.querySelector(".select-list"),
  values: select.querySelector(".select-values"),
});
const options = (list) => [...list.querySelectorAll(".option:not([hidden])")];
const isExternal = (select) => select.dataset.source === "external";
const isMany = (select) => "many" in select.dataset;

function openList(select) {
  if (open === select) return;
  closeList();
  open = select;
  const { input, list } = parts(select);
  select.dataset.busy = "open";
  input.setAttribute("aria-expanded", "true");
  list.showPopover();
  if (isExternal(select)) ask(select, "");
  else filter(select, "");
  placeBeside(list, select, { sameWidth: true });
  const chosen = list.querySelector('[aria-selected="true"]');
  if (chosen && !isMany(select)) activate(select, chosen);
}

function closeList({ keepText = false } = {}) {
  if (!open) return;
  const select = open;
  const { input, list } = parts(select);
  open = null;
  asked += 1;
  delete select.dataset.busy;
  if (list.matches(":popover-open")) list.hidePopover();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  if (!keepText) input.value = input.dataset.shown ?? "";
}

function filter(select, query) {
  const { list } = parts(select);
  const words = query.trim().toLowerCase();
  for (const option of list.querySelectorAll(".option")) {
    option.hidden = !option.dataset.text.toLowerCase().includes(words);
  }
  for (const group of list.querySelectorAll(".option-group")) {
    let next = group.nextElementSibling;
    while (next?.matches(".option") && next.hidden) next = next.nextElementSibling;
    group.hidden = !next?.matches(".option");
  }
  empty(list, options(list).length ? "" : "No results");
  activate(select, options(list)[0]);
}

function empty(list, sentence, { loading = false } = {}) {
  list.querySelector(".option-empty")?.remove();
  if (!sentence) return;
  const line = document.createElement("div");
  line.className = "option-empty";
  line.setAttribute("role", loading ? "presentation" : "option");
  if (!loading) line.setAttribute("aria-disabled", "true");
  line.textContent = sentence;
  list.append(line);
}

async function ask(select, query) {
  const { list } = parts(select);
  const number = ++asked;
  const least = Number(select.dataset.minQuery);
  if (query.length < least) {
    list.replaceChildren();
    empty(list, `Type ${least - query.length} more ${least - query.length === 1 ? "letter" : "letters"}`);
    return;
  }
  list.setAttribute("aria-busy", "true");
  if (!options(list).length) empty(list, "Loading…", { loading: true });
  const answer = await fetch(`${select.dataset.options}&query=${encodeURIComponent(query)}`).catch(() => null);
  if (number !== asked || open !== select) return;
  list.removeAttribute("aria-busy");
  if (answer?.ok) list.innerHTML = await answer.text();
  else {
    list.replaceChildren();
    empty(list, "The app did not answer in time");
  }
  const chosen = new Set([...parts(select).values.querySelectorAll("input")].map((input) => input.value));
  for (const option of options(list)) option.setAttribute("aria-selected", String(chosen.has(option.dataset.value)));
  activate(select, options(list)[0]);
  placeBeside(list, select, { sameWidth: true });
}

function activate(select, option) {
  const { input, list } = parts(select);
  list.querySelector(".active")?.classList.remove("active");
  input.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.classList.add("active");
  option.id ||= `${list.id}-${[...list.querySelectorAll('[role="option"]')].indexOf(option)}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function step(select, by) {
  const { list } = parts(select);
  const all = options(list);
  const at = all.indexOf(list.querySelector(".active"));
  activate(select, all[(at + by + all.length) % all.length]);
}

function pick(select, option) {
  const { input } = parts(select);
  if (isMany(select)) {
    toggle(select, option.dataset.value, option.dataset.text);
    input.value = "";
    closeList();
    input.focus();
  } else {
    setValues(select, [option.dataset.value]);
    input.dataset.shown = option.dataset.text;
    markChosen(select);
    closeList();
  }
  select.dispatchEvent(new CustomEvent("picked", { bubbles: false }));
}

function toggle(select, value, text) {
  const chosen = [...parts(select).values.querySelectorAll("input")].map((input) => input.value).filter(Boolean);
  const tokens = select.querySelector(".select-tokens");
  if (chosen.includes(value)) {
    tokens.querySelector(`[data-remove="${CSS.escape(value)}"]`)?.closest(".token").remove();
    setValues(select, chosen.filter((other) => other !== value));
  } else {
    if (select.dataset.max && chosen.length >= Number(select.dataset.max)) return;
    const token = document.createElement("span");
    token.className = "token";
    token.textContent = text;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.dataset.remove = value;
    remove.setAttribute("aria-label", `Remove ${text}`);
    remove.textContent = "×";
    token.append(remove);
    tokens.append(token);
    setValues(select, [...chosen, value]);
  }
  parts(select).input.placeholder = "";
  markChosen(select);
}

function setValues(select, chosen) {
  const { values } = parts(select);
  values.replaceChildren(...["", ...chosen].map((value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: select.dataset.name, value });
    return input;
  }));
}

function markChosen(select) {
  const { list, values } = parts(select);
  const chosen = new Set([...values.querySelectorAll("input")].map((input) => input.value).filter(Boolean));
  for (const option of list.querySelectorAll(".option")) {
    option.setAttribute("aria-selected", String(chosen.has(option.dataset.value)));
  }
}

function clear(select) {
  setValues(select, []);
  const { input } = parts(select);
  input.dataset.shown = input.value = "";
  markChosen(select);
  select.querySelector("[data-clear]")?.remove();
  select.dispatchEvent(new CustomEvent("picked", { bubbles: false }));
  input.focus();
}

export function startSelects() {
  let timer = 0;

  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".select-list")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const option = event.target.closest(".select-list .option");
    const select = event.target.closest("[data-select]");
    const remove = event.target.closest("[data-remove]");
    if (option) return pick(select, option);
    if (remove) {
      toggle(select, remove.dataset.remove, "");
      select.dispatchEvent(new CustomEvent("picked", { bubbles: false }));
      return;
    }
    if (event.target.closest("[data-clear]")) return clear(select);
    if (select && !event.target.closest(".select-list")) {
      const { input } = parts(select);
      input.focus();
      if (!isMany(select)) input.select();
      openList(select);
    } else if (!select) closeList();
  });

  document.addEventListener("focusout", (event) => {
    if (open && open.contains(event.target) && !open.contains(event.relatedTarget)) closeList();
  });

  document.addEventListener("input", (event) => {
    const select = event.target.closest?.("[data-select]");
    if (!select) return;
    if (open !== select) openList(select);
    const query = event.target.value;
    clearTimeout(timer);
    if (isExternal(select)) timer = setTimeout(() => ask(select, query), DEBOUNCE_MS);
    else filter(select, query);
  });

  document.addEventListener("keydown", (event) => {
    const select = event.target.closest?.("[data-select]");
    if (!select || !event.target.matches(".select-input")) return;
    const isOpen = open === select;
    const active = parts(select).list.querySelector(".active");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) step(select, event.key === "ArrowDown" ? 1 : -1);
      else openList(select);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isOpen && active) pick(select, active);
      else if (!isOpen) openList(select);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopImmediatePropagation();
      closeList();
    } else if (event.key === "Backspace" && isMany(select) && !event.target.value) {
      const last = [...select.querySelectorAll("[data-remove]")].pop();
      if (last) last.click();
    } else if (event.key === "Tab" && isOpen && active && event.target.value !== (event.target.dataset.shown ?? "")) {
      pick(select, active);
    }
  });

  addEventListener("resize", () => closeList());
  document.addEventListener("scroll", (event) => {
    if (open && !open.contains(event.target)) closeList();
  }, true);
}
