// Searches all services in the reader's own browser. The index is scripts beside this page (see
// search_index.py), so that it also works from a disk. Everything shown is put in as text, never as HTML.
"use strict";

const baskychSearch = {
  settings: null,
  wordShards: new Map(),
  serviceShards: new Map(),
  keys(settings) { this.settings = settings; startSearch(); },
  words(key, group) { this.wordShards.set(key, group); },
  services(number, rows) { this.serviceShards.set(number, rows); },
};

const SHOWN = 50;

function folded(text) {
  const bare = text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return Array.from(bare, (letter) => baskychSearch.settings.letters[letter] ?? letter).join("");
}

function words(text) {
  const found = folded(text).match(/[\p{L}\p{N}_]+/gu) ?? [];
  return found.filter((word) => word.length >= baskychSearch.settings.shortest);
}

function load(root, file) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}search/${file}`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(file));
    document.head.append(script);
  });
}

async function servicesWith(root, word) {
  const wanted = Object.keys(baskychSearch.settings.keys).filter((key) => key.startsWith(word) || word.startsWith(key));
  const missing = wanted.filter((key) => !baskychSearch.wordShards.has(key));
  await Promise.all(missing.map((key) => load(root, `words-${baskychSearch.settings.keys[key]}.js`)));
  const found = new Map(); // number of a service -> 2 where it has the very word, 1 where a longer one
  for (const key of wanted) {
    for (const [known, numbers] of Object.entries(baskychSearch.wordShards.get(key))) {
      if (!known.startsWith(word)) continue;
      for (const number of numbers) found.set(number, Math.max(found.get(number) ?? 0, known === word ? 2 : 1));
    }
  }
  return found;
}

async function found(root, query) {
  const each = await Promise.all([...new Set(words(query))].map((word) => servicesWith(root, word)));
  if (!each.length) return [];
  const numbers = [...each[0].keys()].filter((number) => each.every((one) => one.has(number)));
  const weight = (number) => each.reduce((sum, one) => sum + one.get(number), 0);
  return numbers.sort((a, b) => weight(b) - weight(a) || a - b);
}

async function rowsOf(root, numbers) {
  const size = baskychSearch.settings.shardRows;
  const shards = new Set(numbers.map((number) => Math.floor(number / size)));
  const missing = [...shards].filter((shard) => !baskychSearch.serviceShards.has(shard));
  await Promise.all(missing.map((shard) => load(root, `services-${shard}.js`)));
  return numbers.map((number) => baskychSearch.serviceShards.get(Math.floor(number / size))[number % size]);
}

function entry(form, row) {
  const [country, service, stage, language, name, ky, ru, en, ...bodies] = row;
  const order = ["ky", "ru", "en"];
  const own = order.indexOf(form.dataset.language);
  const named = [ky, ru, en][own];
  const item = document.createElement("li");
  const mark = document.createElement("span");
  mark.className = `stage stage-${stage ?? 0}`;
  const number = document.createElement("b");
  number.textContent = stage ?? "?";
  number.title = stage ? `${form.dataset.stage} ${stage}` : form.dataset.undetermined;
  mark.append(number);
  const text = document.createElement("span");
  const link = document.createElement("a");
  link.href = `${form.dataset.root}${form.dataset.language}/${country}/services/${service}/index.html`;
  link.textContent = named ?? name;
  link.lang = named ? form.dataset.language : language;
  text.append(link);
  const by = document.createElement("span");
  by.className = "by";
  by.textContent = bodies[own] ?? bodies.find(Boolean) ?? "";
  item.append(mark, text, by);
  return item;
}

async function show(form, query) {
  const status = document.getElementById("status");
  const numbers = await found(form.dataset.root, query);
  const rows = await rowsOf(form.dataset.root, numbers.slice(0, SHOWN));
  if (query !== document.getElementById("query").value) return; // typed on meanwhile
  document.getElementById("results").replaceChildren(...rows.map((row) => entry(form, row)));
  const more = numbers.length > SHOWN ? ` ${form.dataset.first}` : "";
  const total = new Intl.NumberFormat(form.dataset.language).format(numbers.length);
  status.textContent = !words(query).length ? "" : numbers.length ? `${form.dataset.some}: ${total}.${more}` : form.dataset.none;
}

function startSearch() {
  const form = document.getElementById("search");
  const field = document.getElementById("query");
  const again = () => show(form, field.value);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    again();
  });
  field.addEventListener("input", again);
  field.value ||= new URLSearchParams(location.search).get("q") ?? ""; // what was typed while this loaded stays
  again();
}
