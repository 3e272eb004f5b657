// Sorts and filters a table of the page over its whole Parquet file, of which it reads only the parts that it
// needs (HTTP ranges), and shows the row that the address names. Without a server (from a disk) the first rows
// of the page stay as they are.
"use strict";

const SHOWN_ROWS = 100;
const LONGEST_CELL = 120;

function cellText(value) {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}

function compared(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1; // what is missing comes last
  if (b === null || b === undefined) return -1;
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b, document.documentElement.lang);
  return a < b ? -1 : 1;
}

class Preview {
  constructor(box) {
    this.box = box;
    this.table = box.querySelector("table");
    this.form = document.getElementById("filter");
    this.status = document.getElementById("filtered");
    this.columns = [...this.table.querySelectorAll("thead th code")].map((code) => code.textContent);
    this.order = null; // { column, isDescending }
    this.links = new RowLinks(this.table, this.status, this.form.dataset);
    this.isReadable = "reader" in box.dataset && location.protocol.startsWith("http");
  }

  start() {
    for (const line of this.table.tBodies[0].rows) this.links.offer(line);
    window.addEventListener("hashchange", () => this.goToNamed());
    if (this.isReadable) this.offerOrder();
    this.goToNamed();
  }

  offerOrder() {
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.show(); });
    this.form.addEventListener("reset", () => { this.order = null; this.mark(); setTimeout(() => this.show()); });
    for (const head of this.table.querySelectorAll("thead th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => this.sortBy(button.textContent));
      head.append(button);
    }
  }

  sortBy(column) {
    const isDescending = this.order?.column === column && !this.order.isDescending;
    this.order = { column, isDescending };
    this.mark();
    this.show();
  }

  mark() {
    for (const head of this.table.querySelectorAll("thead th")) {
      const isIt = head.textContent === this.order?.column;
      if (isIt) head.setAttribute("aria-sort", this.order.isDescending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  async open() {
    this.parquet ??= await import(new URL(this.box.dataset.reader, location.href));
    this.file ??= await this.parquet.asyncBufferFromUrl({ url: new URL(this.box.dataset.file, location.href).href });
    this.metadata ??= await this.parquet.parquetMetadataAsync(this.file);
  }

  read(options) {
    return this.parquet.parquetReadObjects({ file: this.file, metadata: this.metadata, compressors: this.parquet.compressors, ...options });
  }

  async chosen() {
    const { column, words } = Object.fromEntries(new FormData(this.form));
    const wanted = words.trim().toLowerCase();
    let places = Array.from({ length: Number(this.metadata.num_rows) }, (_, place) => place);
    if (wanted) {
      const values = await this.read({ columns: [column] });
      const holds = (value) => value !== null && value !== undefined && String(value).toLowerCase().includes(wanted);
      places = places.filter((place) => holds(values[place][column]));
    }
    if (this.order) {
      const by = this.order.column;
      const values = await this.read({ columns: [by] });
      const sign = this.order.isDescending ? -1 : 1;
      places.sort((a, b) => sign * compared(values[a][by], values[b][by]) || a - b);
    }
    return places;
  }

  async rowsAt(places) {
    const rows = new Map();
    let rowStart = 0;
    for (const group of this.metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const here = places.filter((place) => rowStart <= place && place < rowEnd);
      if (here.length) {
        const first = Math.min(...here);
        const read = await this.read({ rowStart: first, rowEnd: Math.max(...here) + 1 });
        for (const place of here) rows.set(place, read[place - first]);
      }
      rowStart = rowEnd;
    }
    return places.map((place) => rows.get(place));
  }

  async goToNamed() {
    const id = this.links.named;
    if (!id) return;
    if (!document.getElementById(id) && this.isReadable) await this.tell(() => this.showNamed(id));
    const line = document.getElementById(id);
    if (line) return this.links.mark(line);
    if (!this.isReadable) this.status.textContent = this.form.dataset.elsewhere;
    this.status.scrollIntoView({ block: "center" }); // it says why there is none
  }

  async showNamed(id) {
    const keys = await this.read({ columns: this.links.grain });
    const place = keys.findIndex((key) => this.links.hasId(key, id));
    if (place < 0) return this.form.dataset.lost;
    const places = Array.from({ length: Math.min(SHOWN_ROWS, keys.length - place) }, (_, next) => place + next);
    return this.fill(this.form.dataset.named, places, places.length);
  }

  show() {
    return this.tell(async () => {
      const places = await this.chosen();
      return this.fill(this.form.dataset.found, places.slice(0, SHOWN_ROWS), places.length);
    });
  }

  // Does what reads the file; says what comes of it.
  async tell(reading) {
    this.status.textContent = this.form.dataset.reading;
    try {
      await this.open();
      this.status.textContent = await reading();
    } catch (error) {
      this.status.textContent = `${this.form.dataset.failed} (${error.message})`;
    }
  }

  async fill(words, places, found) {
    const rows = await this.rowsAt(places);
    this.table.tBodies[0].replaceChildren(...rows.map((row) => this.line(row)));
    const number = new Intl.NumberFormat(document.documentElement.lang);
    return words
      .replace("{shown}", number.format(rows.length))
      .replace("{found}", number.format(found))
      .replace("{total}", number.format(Number(this.metadata.num_rows)));
  }

  line(row) {
    const line = document.createElement("tr");
    for (const column of this.columns) {
      const cell = document.createElement("td");
      const text = cellText(row[column]);
      const words = document.createElement(text === null ? "span" : "bdi");
      words.textContent = text ?? "—";
      if (text === null) words.className = "none";
      cell.append(words);
      line.append(cell);
    }
    line.id = this.links.idOf(row);
    this.links.offer(line);
    return line;
  }
}

const previewed = document.querySelector(".preview");
if (previewed) new Preview(previewed).start();
