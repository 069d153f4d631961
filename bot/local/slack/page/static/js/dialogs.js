// Modals and confirmations: opened and closed as the server says, focus kept inside and given back.
let returnTo = null;

export function startDialogs() {
  const modal = document.getElementById("modal");
  const body = document.getElementById("modal-body");

  const follow = () => {
    const view = body.querySelector(".view");
    if (view && !modal.open) {
      returnTo = document.activeElement === document.body ? null : document.activeElement;
      modal.showModal();
      focusFirst(view);
    } else if (!view && modal.open) {
      modal.close();
      (returnTo?.isConnected ? returnTo : document.getElementById("composer-text"))?.focus();
    } else if (view && (!modal.contains(document.activeElement) || document.activeElement === modal)) {
      focusFirst(view);
    }
    const invalid = body.querySelector("[aria-invalid]");
    if (invalid && body.dataset.errors !== errorsOf(body)) invalid.focus();
    body.dataset.errors = errorsOf(body);
    countAll(body);
  };
  new MutationObserver(follow).observe(body, { childList: true, subtree: true });
  follow();

  modal.addEventListener("cancel", (event) => {
    event.preventDefault();
    body.querySelector(".modal-foot .button:not([data-submit])")?.click();
  });
  modal.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input.input:not([hx-trigger='entered']), .picker input")) {
      event.preventDefault();
      body.querySelector("[data-submit]:not(:disabled)")?.click();
    }
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) body.querySelector("[data-submit]:not(:disabled)")?.click();
  });
  document.addEventListener("input", (event) => count(event.target));
  document.addEventListener("click", (event) => {
    const panel = document.getElementById("refusals-panel");
    if (event.target.closest("[data-refusals]")) {
      panel.togglePopover();
      panel.querySelector("[data-refusals-close]").focus();
    } else if (event.target.closest("[data-refusals-close]")) closeRefusals(panel);
  });
  document.addEventListener("keydown", (event) => {
    const panel = document.getElementById("refusals-panel");
    if (event.key === "Escape" && panel.matches(":popover-open")) closeRefusals(panel);
  });
}

function closeRefusals(panel) {
  panel.hidePopover();
  document.querySelector("[data-refusals]")?.focus();
}

const errorsOf = (body) => [...body.querySelectorAll(".field-error")].map((error) => error.id + error.textContent).join("\n");

function focusFirst(view) {
  const first = view.querySelector("[autofocus]") ?? view.querySelector(".modal-content :is(input:not([type=hidden]), textarea, .block button, .block a)") ?? view.querySelector("[data-submit]") ?? view.querySelector(".modal-foot .button");
  first?.focus();
}

function countAll(root) {
  for (const input of root.querySelectorAll("[data-max-length]")) count(input);
}

function count(input) {
  const counter = input.closest?.(".text-input")?.querySelector("[data-counter]");
  if (!counter) return;
  const left = Number(input.dataset.maxLength) - input.value.length;
  const shown = left <= Math.max(10, input.dataset.maxLength * 0.1) ? String(left) : "";
  if (counter.textContent !== shown) counter.textContent = shown;
  counter.classList.toggle("over", left < 0);
}

// Asks a Slack confirmation object's question; true for yes.
export function ask({ title, text, confirm, deny, style }) {
  const dialog = document.getElementById("confirm");
  const before = document.activeElement;
  dialog.innerHTML = '<form method="dialog" class="confirmation"><header class="modal-head"><h2 id="confirm-title"></h2></header><div class="modal-content"></div><footer class="modal-foot"><button class="button" value="no"></button><button class="button" value="yes"></button></footer></form>';
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector(".modal-content").innerHTML = text;
  const [no, yes] = dialog.querySelectorAll(".modal-foot .button");
  no.textContent = deny;
  yes.textContent = confirm;
  yes.classList.add(style === "danger" ? "button-danger" : "button-primary");
  dialog.returnValue = "no";
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      before?.focus();
      resolve(dialog.returnValue === "yes");
    }, { once: true });
  });
}
