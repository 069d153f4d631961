// A sentence at the edge of the page, for a few seconds.
export function toast(sentence) {
  const box = document.createElement("div");
  box.className = "toast";
  box.textContent = sentence;
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), 5000);
}
