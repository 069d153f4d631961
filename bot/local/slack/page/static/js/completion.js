// Completes commands at the start of a message, and people and channels anywhere in it.
const MOST = 8;

export class Completion {
  constructor(form, text, directory) {
    this.text = text;
    this.box = form.querySelector(".completion");
    this.directory = directory;
    this.entries = [];
    this.at = -1;
    this.box.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
  }

  update() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    const command = /^\/(\S*)$/.exec(before);
    const running = /^(\/\S+)\s/.exec(before);
    const name = /(?:^|\s)([@#])([\p{L}\p{N}_\-]*(?: [\p{L}\p{N}_\-]*)?)$/u.exec(before);
    if (command) this.show("Commands", this.commands(command[1]), command[0].length);
    else if (running) this.hint(running[1]);
    else if (name) this.show(name[1] === "@" ? "People and apps" : "Channels", this.names(name[1], name[2]), name[2].length + 1);
    else this.close();
  }

  commands(typed) {
    const words = typed.toLowerCase();
    return this.directory.commands
      .filter(({ name, description }) => name.slice(1).startsWith(words) || (words.length > 1 && description.toLowerCase().includes(words)))
      .map((command) => ({ insert: `${command.name} `, html: commandRow(command, this.directory.app) }));
  }

  names(sign, typed) {
    const words = typed.toLowerCase();
    const all = sign === "@" ? this.directory.people : this.directory.channels;
    return all
      .filter(({ name, handle = name }) => handle.toLowerCase().startsWith(words) || name.toLowerCase().split(/[\s-]/).some((part, index, parts) => parts.slice(index).join(" ").startsWith(words)))
      .slice(0, MOST)
      .map((entry) => ({ insert: `${sign}${entry.handle ?? entry.name} `, html: nameRow(entry, sign) }));
  }

  hint(name) {
    const command = this.directory.commands.find((other) => other.name === name.toLowerCase());
    if (!command) return this.close();
    this.entries = [];
    this.at = -1;
    this.box.replaceChildren(row([commandRow(command, this.directory.app)]));
    this.open();
  }

  show(title, entries, length) {
    if (!entries.length) return this.close();
    this.entries = entries;
    this.length = length;
    const heading = element("div", "completion-title", title);
    heading.setAttribute("role", "presentation");
    this.box.replaceChildren(heading, ...entries.map((entry, index) => {
      const option = row([entry.html]);
      option.setAttribute("role", "option");
      option.id = `${this.box.id}-${index}`;
      option.dataset.index = index;
      return option;
    }));
    this.open();
    this.select(0);
  }

  open() {
    this.box.hidden = false;
    this.text.setAttribute("aria-expanded", "true");
  }

  close() {
    this.box.hidden = true;
    this.text.setAttribute("aria-expanded", "false");
    this.entries = [];
    this.text.removeAttribute("aria-activedescendant");
  }

  select(index) {
    this.at = (index + this.entries.length) % this.entries.length;
    for (const option of this.box.querySelectorAll("[role=option]")) {
      const chosen = Number(option.dataset.index) === this.at;
      option.setAttribute("aria-selected", String(chosen));
      if (chosen) {
        this.text.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
  }

  take(index) {
    const end = this.text.selectionStart;
    this.text.setRangeText(this.entries[index].insert, end - this.length, end, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // True when the key was for the list.
  key(event) {
    if (this.box.hidden) return false;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return true;
    }
    if (!this.entries.length) return false;
    const entry = this.entries[this.at];
    if (event.key === "Enter" && entry?.insert.trim() === this.text.value) return false;
    if (event.key === "ArrowDown") this.select(this.at + 1);
    else if (event.key === "ArrowUp") this.select(this.at - 1);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.take(this.at);
    else return false;
    event.preventDefault();
    return true;
  }
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function row(children) {
  const made = element("div", "completion-option");
  made.append(...children.flat());
  return made;
}

function face({ color, initials, app }, size = "avatar-small", isApp = app) {
  const made = element("span", `avatar ${size}${isApp ? " avatar-app" : ""}`, initials);
  made.style.setProperty("--avatar", color);
  made.setAttribute("aria-hidden", "true");
  return made;
}

function commandRow(command, app) {
  const words = element("span", "command");
  const first = element("b", "", command.name);
  first.append(" ", element("span", "usage", command.usage));
  words.append(first, " ", element("span", "summary", command.description));
  return [face(app, "avatar-modal", true), words, " ", element("span", "from", app.name)];
}

function nameRow(entry, sign) {
  if (sign === "#") return [element("span", "", `# ${entry.name}`)];
  return [face(entry), element("b", "", entry.name), element("span", "from", entry.app ? "App" : entry.handle)];
}
