"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = data.components;
  const STATES = ["present", "unknown", "withheld", "missing"];
  const SAID = { present: "present", unknown: "stated as unknown", withheld: "withheld", missing: "missing" };
  const PAGE = 50;
  const SHORT = new Set(["Version", "Scope", "Approval", "Evidence"]);
  const at = (id) => document.getElementById(id);

  // Everything that comes from data enters the page here, as text.
  const el = (tag, options, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(options || {})) {
      if (key === "on") node.addEventListener("click", value);
      else if (key === "width") node.style.width = value;
      else if (value !== undefined && value !== false) node.setAttribute(key, value);
    }
    node.append(...children.flat(Infinity).filter((it) => it !== undefined && it !== ""));
    return node;
  };
  // An optional field that is missing is not stated.
  const said = (state, weight) => (state === "missing" && weight !== "must" ? "not stated" : SAID[state] || state);
  const look = (state, weight) => (said(state, weight).startsWith("not ") ? "na" : state);
  const badge = (state, weight = "must") => el("span", { class: "badge " + look(state, weight) }, said(state, weight));
  const label = (it) => it.name + (it.version ? " " + it.version : "") || it.ref;
  // Approvals and evidence share the colours of the states.
  const STATUS = { denied: "missing", unreviewed: "unknown", approved: "present", "first-party": "na" };
  const LEVEL = { E5: "present", E4: "present", E3: "fair", E2: "fair", E1: "na", E0: "unknown" };
  const levelOf = (it) => (it.failure !== undefined ? "missing" : LEVEL[it.level]);
  const levelBadge = (it) => el("span", { class: "badge " + levelOf(it) }, it.failure !== undefined ? it.level + ", failed" : it.level);
  const requiredBy = all.map(() => []);
  all.forEach((it, from) => it.dependencies.forEach((to) => requiredBy[to].push(from)));

  const short = (person) => person.replace(/ *<.*>$/, "");
  const must = new Set(data.requirements.filter((it) => it.requirement.weight === "must").map((it) => it.requirement.id));
  const needed = (id) => must.has(id);
  const gapsOf = (it) => it.missing.filter(needed).length;
  const COLUMNS = [
    ["Component", (it) => it.name.toLowerCase(), (it, i) => [el("button", { class: "link", type: "button", on: () => explore(i, true) }, it.name || it.ref),
      it.role === "dependency" ? "" : el("span", { class: "sub" }, it.role === "root" ? "the product" : it.role)]],
    ["Version", (it) => it.version, (it) => it.version],
    ["Licence", (it) => it.licenses.join(", "), (it) => it.licenses.join(", ") || el("span", { class: "quiet" }, "none stated")],
    ...(all.some((it) => it.supplier) ? [["Supplier", (it) => it.supplier, (it) => it.supplier]] : []),
    ["Scope", (it) => it.scope, (it) => it.scope],
    ...(data.approvals ? [["Approval", (it) => (it.approval ? it.approval.status : ""), (it) => (it.approval
      ? [el("span", { class: "badge " + STATUS[it.approval.status] }, it.approval.status),
        el("span", { class: "sub" }, [it.approval.by.map(short).join(", "), it.approval.on].filter(Boolean).join(", "))]
      : el("span", { class: "quiet" }, "not checked"))]] : []),
    ...(data.provenance ? [["Evidence", (it) => (it.provenance ? it.provenance.level : ""), (it) => (it.provenance
      ? levelBadge(it.provenance) : el("span", { class: "quiet" }, it.role === "dependency" ? "not checked" : ""))]] : []),
    ["Missing", gapsOf, (it) => (gapsOf(it)
      ? it.missing.filter(needed).map(fieldOf).join(", ")
      : it.unknown.length + it.withheld.length ? badge(it.unknown.length ? "unknown" : "withheld") : el("span", { class: "badge present" }, "nothing"))],
  ];
  const fields = new Map(data.requirements.map((it) => [it.requirement.id, it.requirement.field]));
  function fieldOf(id) { return fields.get(id) || id; }

  let sorted = { column: 0, up: true };
  let page = 0;
  let shown = [];
  const haystack = all.map((it) => [it.name, it.version, it.licenses.join(" "), it.purl, it.supplier].join("\n").toLowerCase());
  const search = at("search");
  const byStatus = at("by-status");
  const filters = [["by-scope", (it) => [it.scope]], ["by-role", (it) => [it.role]], ["by-license", (it) => (it.licenses.length ? it.licenses : ["none stated"])],
    ["by-workspace", (it) => it.workspaces.map((i) => data.workspaces[i])], ["by-approval", (it) => (it.approval ? [it.approval.status] : [])],
    ["by-level", (it) => (it.provenance ? [it.provenance.level, ...(it.provenance.failure !== undefined ? ["failed"] : [])] : [])]];
  const option = (value, name) => el("option", { value }, name);
  byStatus.append(option("", "all"), option("*", "anything missing"),
    ...data.requirements.filter((it) => it.counts.missing).map((it) => option(it.requirement.id, said("missing", it.requirement.weight) + ": " + it.requirement.field)));
  for (const [id, values] of filters) {
    const names = [...new Set(all.flatMap(values))].sort();
    at(id).append(option("", "all"), ...names.map((it) => option(it, it)));
    at(id).parentElement.hidden = !names.length;
  }

  const collator = new Intl.Collator("en", { numeric: true });
  function update() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.map(([id, values]) => [at(id).value, values]).filter(([value]) => value);
    const status = byStatus.value;
    shown = all.map((it, i) => i).filter((i) => {
      const it = all[i];
      return words.every((word) => haystack[i].includes(word)) &&
        wanted.every(([value, values]) => values(it).includes(value)) &&
        (!status || (status === "*" ? gapsOf(it) : it.missing.includes(status)));
    });
    const key = COLUMNS[sorted.column][1];
    const keys = new Map(shown.map((i) => [i, key(all[i])]));
    const compare = (a, b) => typeof a === "number" ? a - b : collator.compare(a, b);
    shown.sort((a, b) => (sorted.up ? 1 : -1) * compare(keys.get(a), keys.get(b)) || a - b);
    page = 0;
    draw(PAGE);
  }
  function draw(size) {
    const first = page * size;
    at("rows").replaceChildren(...shown.slice(first, first + size).map((i) =>
      el("tr", {}, COLUMNS.map(([name, , content]) => el("td", { class: SHORT.has(name) ? "short " + name.toLowerCase() : undefined }, content(all[i], i))))));
    at("count").textContent = (shown.length === all.length ? "" : shown.length + " of ") + all.length + (all.length === 1 ? " component" : " components");
    turn(at("pager"), page, shown.length, size, (to) => { page = to; draw(size); });
  }
  // The buttons that turn pages; none when there is one page.
  function turn(mount, here, count, size, go) {
    const last = Math.max(0, Math.ceil(count / size) - 1);
    const step = (name, to, off) => el("button", { class: "box", type: "button", disabled: off ? "" : undefined, on: () => {
      go(to);
      const next = [...mount.children].find((it) => it.textContent === name && !it.disabled);
      if (next) next.focus({ preventScroll: true });
    } }, name);
    mount.replaceChildren(...(last ? [step("Previous", here - 1, here === 0), el("span", {}, "page " + (here + 1) + " of " + (last + 1)), step("Next", here + 1, here === last)] : []));
  }
  function heads() {
    at("head").replaceChildren(...COLUMNS.map(([name], i) => {
      const here = sorted.column === i;
      return el("th", { scope: "col", "aria-sort": here ? (sorted.up ? "ascending" : "descending") : undefined },
        el("button", { type: "button", on: () => {
          sorted = { column: i, up: here ? !sorted.up : true };
          heads();
          update();
          at("head").children[i].firstChild.focus();
        } }, name + (here ? (sorted.up ? " ↑" : " ↓") : "")));
    }));
  }
  search.addEventListener("input", update);
  for (const id of ["by-status", ...filters.map(([id]) => id)]) at(id).addEventListener("change", update);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  // Long tables of the page are shown page by page.
  const tables = [...document.querySelectorAll(".paged")].map((region) => {
    const rows = [...region.querySelectorAll("tbody tr")];
    const pager = el("div", { class: "pager" });
    region.after(pager);
    const show = (here, size) => {
      rows.forEach((row, i) => { row.hidden = i < here * size || i >= (here + 1) * size; });
      turn(pager, here, rows.length, size, (next) => show(next, size));
    };
    show(0, PAGE);
    return show;
  });
  // On paper there are no pages to turn; the style sheet limits the rows.
  addEventListener("beforeprint", () => {
    shown = all.map((it, i) => i);
    page = 0;
    draw(all.length);
    tables.forEach((show) => show(0, Infinity));
  });
  addEventListener("afterprint", () => {
    update();
    tables.forEach((show) => show(0, PAGE));
  });

  // The shortest way from the project to each component.
  const roots = all.flatMap((it, i) => (it.role === "root" ? [i] : []));
  const starts = roots.length ? roots : all.flatMap((it, i) => (requiredBy[i].length ? [] : [i]));
  const before = new Map(starts.map((i) => [i, -1]));
  for (let queue = [...starts], next = 0; next < queue.length; next += 1) {
    for (const to of all[queue[next]].dependencies) {
      if (!before.has(to)) {
        before.set(to, queue[next]);
        queue.push(to);
      }
    }
  }
  const go = (i) => el("button", { class: "link", type: "button", on: () => explore(i, true) }, label(all[i]));
  // What a dependency declares, and what is wrong with it.
  const edge = (it) => [it.to === undefined || it.name ? it.name : "", it.range, it.phase, it.need].filter(Boolean).join(", ");
  const problem = (it) => (it.problem ? el("span", { class: "badge missing" }, it.problem) : "");
  const list = (name, items) => el("div", { class: "pane" }, el("h3", {}, name + " (" + items.length + ")"),
    items.length ? el("ul", {}, items.map(([i, it]) => el("li", {}, i === undefined ? "" : go(i), " ", el("span", { class: "quiet" }, edge(it)), " ", problem(it)))) : el("p", { class: "quiet" }, "none"));
  function explore(i, focus) {
    const it = all[i];
    const way = [];
    for (let step = i; step !== undefined && step !== -1; step = before.get(step)) way.unshift(step);
    const fact = (name, value) => (value ? [el("dt", {}, name), el("dd", {}, value)] : []);
    const here = el("div", { class: "pane here" }, el("h3", {}, label(it)), el("dl", {},
      fact("Package URL", it.purl), fact("Licence", it.licenses.join(", ")), fact("Supplier", it.supplier), fact("Scope", it.scope),
      fact("Origin", it.origin), fact("Fetched from", it.source), it.hashes.flatMap((hash) => fact(hash.alg, hash.content)),
      fact("Workspaces", it.workspaces.map((i) => data.workspaces[i]).join(", ")),
      it.approval ? [fact("Approval", it.approval.status), fact("Reason", why(it.approval)), fact("Reviewed by", it.approval.by.join(", ")),
        fact("Reviewed on", it.approval.on), fact("Until", it.approval.expires), fact("Note", it.approval.note)] : [],
      it.provenance ? it.provenance.statements.map(([name, text]) => fact(name === "level" ? "Evidence" : name, text)) : [],
      fact("Missing", it.missing.filter(needed).map(fieldOf).join(", ")), fact("Not stated", it.missing.filter((id) => !needed(id)).map(fieldOf).join(", ")), fact("Unknown", it.unknown.map(fieldOf).join(", ")), fact("Withheld", it.withheld.map(fieldOf).join(", "))));
    at("node").replaceChildren(
      el("ol", { class: "path", "aria-label": "Shortest way from the project" }, way.map((step) => el("li", {}, step === i ? el("strong", {}, label(it)) : go(step)))),
      el("div", { class: "panes" }, list("Required by", [...new Set(requiredBy[i])].flatMap((from) => all[from].edges.filter((it) => it.to === i).map((it) => [from, it]))), here, list("Depends on", it.edges.map((it) => [it.to, it]))));
    if (focus) {
      at("explorer").scrollIntoView();
      at("node").focus({ preventScroll: true });
    }
  }

  function why(it) {
    return [it.reason, it.detail, it.nearest && "nearest approved version: " + it.nearest].filter(Boolean).join("; ");
  }
  // Links to components open the explorer.
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-component]");
    if (!link) return;
    event.preventDefault();
    explore(Number(link.dataset.component), true);
  });
  for (const gap of document.querySelectorAll(".lacking")) {
    gap.append(" ", el("button", { class: "link", type: "button", on: () => {
      byStatus.value = gap.dataset.requirement;
      update();
      at("components").scrollIntoView();
      byStatus.focus({ preventScroll: true });
    } }, "Show"));
  }
  search.form.hidden = false;
  at("explorer").hidden = false;

  heads();
  update();
  if (all.length) explore(starts.length ? starts[0] : 0, false);
  document.documentElement.dataset.ready = String(all.length);
})();
