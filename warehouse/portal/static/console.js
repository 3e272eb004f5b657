// Answers SQL in the reader's browser: DuckDB-WASM over the published database, both loaded at the first
// question and not before. Nothing is fetched from other hosts: extensions are off.
"use strict";

const MOST_ROWS = 500;

class Console {
  constructor(form) {
    this.form = form;
    this.field = form.elements.sql;
    this.state = document.getElementById("state");
    this.answer = document.getElementById("answer");
    this.save = document.getElementById("save");
    this.root = new URL(form.dataset.root, location.href);
  }

  start() {
    this.take(new URLSearchParams(location.search).get("sql"));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.run(); });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.run();
    });
    document.getElementById("ready").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.take(new URL(link.href).searchParams.get("sql"));
      this.form.scrollIntoView();
      this.run();
    });
  }

  take(sql) {
    if (sql) this.field.value = sql;
  }

  async connect() {
    const at = (file) => new URL(file, this.root).href;
    const duckdb = await import(at("vendor/duckdb.js"));
    const packed = await fetch(at("vendor/duckdb.wasm.gz"));
    if (!packed.ok) throw new Error(`vendor/duckdb.wasm.gz: HTTP ${packed.status}`);
    const unpacked = packed.body.pipeThrough(new DecompressionStream("gzip"));
    const wasm = await new Response(unpacked, { headers: { "Content-Type": "application/wasm" } }).blob();
    const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(at("vendor/duckdb.worker.js")));
    await database.instantiate(URL.createObjectURL(wasm));
    const file = await fetch(at(this.form.dataset.database));
    if (!file.ok) throw new Error(`${this.form.dataset.database}: HTTP ${file.status}`);
    await database.registerFileBuffer("baskych.duckdb", new Uint8Array(await file.arrayBuffer()));
    const connection = await database.connect();
    await connection.query("set autoinstall_known_extensions = false; set autoload_known_extensions = false");
    await connection.query("attach 'baskych.duckdb' as baskych (read_only); use baskych");
    return connection;
  }

  async run() {
    if (!location.protocol.startsWith("http")) {
      this.state.textContent = this.form.dataset.disk;
      return;
    }
    const button = this.form.querySelector("button");
    button.disabled = true;
    try {
      this.state.textContent = this.form.dataset.loading;
      this.connection ??= await this.connect();
      this.state.textContent = this.form.dataset.running;
      this.show(await this.connection.query(this.field.value));
    } catch (error) {
      this.answer.replaceChildren();
      this.save.hidden = true;
      this.state.textContent = `${this.form.dataset.failed} ${error.message}`;
    } finally {
      button.disabled = false;
    }
  }

  show(result) {
    const names = result.schema.fields.map((field) => field.name);
    const isTime = result.schema.fields.map((field) => /^(Timestamp|Date)/.test(String(field.type)));
    const rows = result.toArray().map((row) => names.map((name, place) => text(row[name], isTime[place])));
    this.answer.replaceChildren(table(names, rows.slice(0, MOST_ROWS)));
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const said = this.form.dataset.rows
      .replace("{found}", number.format(rows.length))
      .replace("{shown}", number.format(Math.min(rows.length, MOST_ROWS)));
    history.replaceState(null, "", `?sql=${encodeURIComponent(this.field.value.trim())}#console`);
    this.state.textContent = `${said} ${this.form.dataset.linked}`;
    URL.revokeObjectURL(this.save.href);
    this.save.href = URL.createObjectURL(new Blob([csv([names, ...rows])], { type: "text/csv" }));
    this.save.hidden = false;
  }
}

function text(value, isTime) {
  if (value === null || value === undefined) return null;
  if (isTime) return new Date(Number(value)).toISOString().replace("T00:00:00.000Z", "");
  if (typeof value === "object" && typeof value.toArray === "function") return [...value.toArray()].join(", ");
  return String(value);
}

function csv(rows) {
  const cell = (value) => (value === null ? "" : /[",\r\n]/.test(value) || value === "" ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function table(names, rows) {
  const box = document.createElement("div");
  box.className = "table";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", document.getElementById("console").textContent);
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const value of row) {
      const words = document.createElement("bdi");
      words.textContent = value ?? "—";
      line.insertCell().append(words);
    }
  }
  box.append(made);
  return box;
}

new Console(document.getElementById("ask")).start();
