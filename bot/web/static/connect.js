// Shows and hides a masked field, and keeps a form from being sent twice. Without this script the page works the same.
for (const button of document.querySelectorAll("button.reveal")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
    button.setAttribute("aria-pressed", String(!shown));
  });
}
for (const form of document.forms) {
  form.addEventListener("submit", () => {
    for (const input of form.querySelectorAll("button.reveal[aria-pressed=true]")) input.click();
    const submit = form.querySelector("button[type=submit]");
    submit.disabled = true;
    if (submit.dataset.busy) submit.textContent = submit.dataset.busy;
  });
}
// Coming back with the browser's back button: the form can be sent again.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
