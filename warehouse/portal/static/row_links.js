// Names rows of a table in addresses as row_links.py does, and offers to copy the address of each row shown.
"use strict";

const LONGEST_PART = 60;
const KEPT_PART = 40;

function escapedPart(text) {
  const percent = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*~]/g, percent);
}

function crc32(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}

function rowPart(value) {
  if (value === null || value === undefined) return "~";
  const text = String(value);
  const letters = [...text];
  if (letters.length <= LONGEST_PART) return escapedPart(text);
  return `${escapedPart(letters.slice(0, KEPT_PART).join(""))}~${crc32(text)}`;
}

class RowLinks {
  constructor(table, status, words) {
    this.table = table;
    this.status = status;
    this.words = words; // what the form says: data-link, data-copied, …
    this.grain = words.grain.split(",");
  }

  // The id of the row that the address names, or "".
  get named() {
    return location.hash.startsWith("#row=") ? location.hash.slice(1) : "";
  }

  idOf(row) {
    return `row=${this.grain.map((column) => rowPart(row[column])).join(",")}`;
  }

  // Whether `row` has this id: the first column that differs settles it, so that many rows are soon looked through.
  hasId(row, id) {
    const parts = id.slice("row=".length).split(",");
    return this.grain.every((column, place) => rowPart(row[column]) === parts[place]);
  }

  offer(line) {
    const heads = [...this.table.tHead.rows[0].cells].map((head) => head.textContent);
    const key = this.grain.map((column) => line.cells[heads.indexOf(column)].textContent).join(", ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = "#";
    button.setAttribute("aria-label", this.words.link.replace("{row}", key));
    button.addEventListener("click", () => this.copy(line));
    line.cells[0].prepend(button, " ");
  }

  async copy(line) {
    history.replaceState(null, "", `#${line.id}`); // to go there would take the keyboard away
    this.mark(line);
    const address = new URL(location.href); // of this release: the next one may lack the row
    address.pathname = address.pathname.replace("/latest/", `/${this.words.version}/`);
    const copying = navigator.clipboard?.writeText(address.href) ?? Promise.reject();
    const isCopied = await copying.then(() => true, () => false); // a browser may not let us
    this.status.textContent = isCopied ? this.words.copied : this.words.above;
  }

  mark(line) {
    for (const other of this.table.querySelectorAll(".named")) other.classList.remove("named");
    line.classList.add("named");
    if (line.contains(document.activeElement)) return; // it was copied there
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "center", inline: "start" });
  }
}
