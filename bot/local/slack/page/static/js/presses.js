// What happens around telling the app: the question before, links that also tell, keys in inputs, problems after.
import { ask } from "./dialogs.js";
import { toast } from "./toast.js";

const WARNING = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3 18 17H2zM10 8.2v4M10 14.5v.01"/></svg>';

export function startPresses() {
  document.addEventListener("htmx:confirm", async (event) => {
    const question = event.detail.elt.dataset?.confirm;
    if (!question) return;
    event.preventDefault();
    if (await ask(JSON.parse(question))) event.detail.issueRequest(true);
  });

  document.addEventListener("click", (event) => {
    event.target.closest("[data-press-link]")?.dispatchEvent(new CustomEvent("pressed"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input.input[hx-trigger='entered']")) {
      event.preventDefault();
      event.target.dispatchEvent(new CustomEvent("entered"));
    }
  });

  document.addEventListener("htmx:beforeRequest", (event) => clearProblem(event.target));

  document.addEventListener("press-failed", (event) => {
    const { container, action_id, sentence, code } = event.detail;
    const inModal = document.querySelector(`#modal [data-surface="${CSS.escape(container)}"]`);
    if (inModal) {
      document.getElementById("modal-problem").textContent = sentence;
      return;
    }
    const surface = document.querySelector(`[data-surface="${CSS.escape(container)}"]`);
    const element = surface?.querySelector(`[data-action-id="${CSS.escape(action_id)}"]`);
    if (!element) return toast(sentence);
    const mark = document.createElement("span");
    mark.className = "press-problem";
    mark.dataset.client = "problem";
    mark.setAttribute("role", "alert");
    mark.title = sentence;
    mark.innerHTML = WARNING;
    mark.append(document.createElement("code"));
    mark.lastChild.textContent = code;
    element.after(mark);
  });

  document.addEventListener("toast", (event) => toast(event.detail.value));
  document.addEventListener("htmx:responseError", (event) => toast(event.detail.xhr.status === 409 ? event.detail.xhr.responseText : "Something went wrong in the local Slack."));
  document.addEventListener("htmx:sseError", () => { document.getElementById("offline").hidden = false; });
  document.addEventListener("htmx:sseOpen", () => { document.getElementById("offline").hidden = true; });
  document.addEventListener("htmx:sendError", () => toast("The local Slack does not answer. Is it still running?"));
}

function clearProblem(element) {
  const problem = element.nextElementSibling;
  if (problem?.matches?.(".press-problem")) problem.remove();
}
