// The page of `bomtrail fleet serve`: asks the JSON interface and builds elements. Texts of SBOMs are only ever text nodes.
"use strict";

const byId = (id) => document.getElementById(id);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const child of children) made.append(child);
  return made;
}

async function ask(question, parameters = {}) {
  const response = await fetch(`/api/v1/${question}?${new URLSearchParams(parameters)}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function say(text, isError = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("error", isError);
}

const day = (seen) => seen.releasedAt.slice(0, 10);
const release = (seen) => `${seen.release ?? "-"} (${day(seen)})`;
const short = (reference) => reference.replace(/^pkg:[^/]*\//, "");
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

// On a narrow page a row is shown as a card, which takes its role from it; so each role is named.
function table(caption, columns, rows) {
  const isNumber = (column) => typeof rows[0]?.[column] === "number";
  const row = (...cells) => element("tr", { role: "row" }, ...cells);
  const head = columns.map((it, column) =>
    element("th", { role: "columnheader", scope: "col", ...(isNumber(column) ? { class: "number" } : {}) }, it));
  const body = rows.map((cells) =>
    row(...cells.map((cell, column) => {
      const content = typeof cell === "number" ? String(cell) : cell ?? "-";
      if (column === 0) return element("th", { role: "rowheader", scope: "row" }, content);
      const attributes = typeof cell === "number" ? { class: "number" } : {};
      return element("td", { role: "cell", "data-label": columns[column], ...attributes }, content);
    })));
  const id = caption.toLowerCase().replaceAll(" ", "-");
  return element("section", {},
    element("h2", { id }, caption),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": id },
      element("table", { role: "table", "aria-labelledby": id },
        element("thead", { role: "rowgroup" }, row(...head)),
        element("tbody", { role: "rowgroup" }, ...body))));
}

const link = (query, text) => element("a", { href: `/?${new URLSearchParams({ q: query })}` }, text);

function path(sighting) {
  if (sighting.path.length === 0) return element("span", { class: "soft" }, "not reached from the product");
  return element("ol", { class: "path mono" }, ...sighting.path.map((it) => element("li", {}, short(it))));
}

function status(found) {
  return found.current
    ? element("span", { class: "badge bad" }, "still shipped")
    : element("span", { class: "badge good" }, `fixed in ${release(found.fixed)}`);
}

function approval(sighting) {
  if (!sighting.approval) return null;
  return sighting.decision ? `${sighting.approval} (${sighting.decision})` : sighting.approval;
}

function places(answer) {
  const rows = answer.found.flatMap((found) => found.sightings.map((sighting) => [
    found.product,
    element("span", { class: "mono" }, short(found.package)),
    status(found),
    element("span", { class: "whole" }, release(found.first)),
    element("span", { class: "whole" }, release(found.last)),
    sighting.phase,
    approval(sighting),
    path(sighting),
  ]));
  return table("Products with it", ["Product", "Package", "Status", "First seen", "Last seen", "Phase", "Approval", "Path"], rows);
}

function timeline(answer) {
  const items = answer.events.map((event) =>
    element("li", { class: event.event },
      element("time", { datetime: day(event.release) }, day(event.release)), " ",
      element("strong", {}, event.product), ` ${event.release.release ?? "-"} `,
      event.event === "appeared" ? "has " : "no longer has ",
      element("span", { class: "mono" }, short(event.package))));
  return element("section", {}, element("h2", {}, "Timeline"), element("ol", { class: "timeline" }, ...items));
}

function exports(query) {
  const links = [["csv", "CSV"], ["json", "JSON"], ["markdown", "Markdown"]].map(([format, name]) =>
    element("a", {
      class: "button plain",
      download: `where.${format === "markdown" ? "md" : format}`,
      href: `/api/v1/where?${new URLSearchParams({ q: query, format })}`,
    }, `Download ${name}`));
  return element("div", { class: "actions" }, ...links);
}

async function showPackage(query) {
  document.title = `${query} - bomtrail fleet`;
  byId("title").textContent = query;
  const [{ answer: found }, { answer: history }] = await Promise.all([ask("where", { q: query }), ask("since", { q: query })]);
  if (found.found.length === 0) {
    const { names } = await ask("search", { q: query.replace(/(.)@.*$/, "$1") });
    say("No SBOM of the store has it.");
    if (names.length > 0) {
      const items = names.map((it) => element("li", {}, link(it, it)));
      byId("answer").append(element("h2", {}, "Similar names"), element("ul", { class: "mono" }, ...items));
    }
    return;
  }
  const all = new Set(found.found.map((it) => it.product));
  const current = new Set(found.found.filter((it) => it.current).map((it) => it.product));
  const more = found.unevaluated.length;
  say(`${count(all.size, "product")}, ${current.size} with it in the newest release.` +
    (more > 0 ? ` ${more} more of this name cannot be compared with the range.` : ""));
  byId("answer").append(exports(query), places(found), timeline(history));
}

async function showProducts() {
  const [{ answer: stale }, { answer: top }] = await Promise.all([ask("stale"), ask("top")]);
  const products = stale.products.toSorted((a, b) => a.product.localeCompare(b.product));
  say(products.length === 0 ? "The store is empty." : `${count(products.length, "product")} in the store.`);
  if (products.length === 0) return;
  byId("answer").append(
    table("Newest releases", ["Product", "Release", "Packages", "Behind other products"],
      products.map((it) => [it.product, release(it.newest), it.packages, it.behind])),
    table("Most used packages", ["Package", "Products"],
      top.ranked.slice(0, 20).map((it) => [link(it.subject, short(it.subject)), it.products])));
}

let latest = 0;
async function suggest() {
  const number = ++latest;
  const query = byId("q").value.trim();
  if (query.length < 2) return;
  const { names } = await ask("search", { q: query });
  if (number === latest) byId("names").replaceChildren(...names.map((it) => element("option", { value: it })));
}

const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
byId("q").value = query;
byId("q").addEventListener("input", () => suggest().catch(() => {}));
say("Loading…");
(query === "" ? showProducts() : showPackage(query)).catch((error) => say(error.message, true));
