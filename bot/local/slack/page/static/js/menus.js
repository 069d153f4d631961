// Menus: a button with data-menu opens the list with that id. Arrow keys move, letters jump, Escape returns.
import { placeBeside } from "./place.js";

let open = null;

export function closeMenu({ refocus = false } = {}) {
  if (!open) return;
  const { button, menu } = open;
  open = null;
  if (menu.matches(":popover-open")) menu.hidePopover();
  button.setAttribute("aria-expanded", "false");
  button.closest(".message")?.classList.remove("menu-open");
  if (refocus) button.focus();
}

function openMenu(button) {
  const menu = document.getElementById(button.dataset.menu);
  closeMenu();
  open = { button, menu };
  button.setAttribute("aria-expanded", "true");
  button.closest(".message")?.classList.add("menu-open");
  menu.showPopover();
  placeBeside(menu, button);
  (menu.querySelector("[aria-current]") ?? items(menu)[0])?.focus();
}

const items = (menu) => [...menu.querySelectorAll('[role="menuitem"]')];

export function startMenus() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-menu]");
    if (button) {
      if (open?.button === button) closeMenu({ refocus: true });
      else openMenu(button);
      return;
    }
    const item = event.target.closest('.menu [role="menuitem"]');
    if (item) closeMenu({ refocus: !item.matches("a") });
    else if (open && !open.menu.contains(event.target)) closeMenu();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !open && event.target.matches?.("[data-menu]")) {
      event.preventDefault();
      openMenu(event.target);
      return;
    }
    if (!open) return;
    const list = items(open.menu);
    const at = list.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      list[(steps[event.key] + list.length) % list.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      closeMenu({ refocus: true });
    } else if (event.key === "Tab") {
      closeMenu();
    } else if (/^\p{L}$/u.test(event.key)) {
      const after = [...list.slice(at + 1), ...list.slice(0, at + 1)];
      after.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  });

  addEventListener("resize", () => closeMenu());
  document.addEventListener("scroll", (event) => {
    if (open && event.target !== open.menu) closeMenu();
  }, true);
}
