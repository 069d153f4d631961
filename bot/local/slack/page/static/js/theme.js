// Dark or light: the system's choice until the person makes one, which a cookie keeps.
export function startTheme() {
  const root = document.documentElement;
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const dark = root.dataset.theme === "dark" || (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-sidebar-toggle]");
    const open = toggle ? !document.body.classList.contains("sidebar-open") : false;
    if (!toggle && event.target.closest(".sidebar")) return;
    document.body.classList.toggle("sidebar-open", open);
    document.querySelector("[data-sidebar-toggle]")?.setAttribute("aria-expanded", String(open));
  });
}
