"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = data.components;
  const STATES = ["present", "unknown", "withheld", "missing"];
  const SAID = { present: "present", unknown: "unknown, said so", withheld: "withheld", missing: "missing" };
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
  const ticks = (text) => text.split("`").map((it, i) => (i % 2 ? el("code", {}, it) : it));
  // What only may be there is not stated rather than missing.
  const said = (state, weight) => (state === "missing" && weight !== "must" ? "not stated" : SAID[state] || state);
  const look = (state, weight) => (said(state, weight).startsWith("not ") ? "na" : state);
  const badge = (state, weight = "must") => el("span", { class: "badge " + look(state, weight) }, said(state, weight));
  const label = (it) => it.name + (it.version ? " " + it.version : "") || it.ref;
  const table = (head, rows) =>
    el("div", { class: "scroll" }, el("table", {},
      el("thead", {}, el("tr", {}, head.map((it) => el("th", { scope: "col", class: it.n ? "n" : undefined }, it.n || it)))),
      el("tbody", {}, rows)));
  const cell = (content, n) => el("td", n ? { class: "n" } : {}, content);

  const title = data.product.name + (data.product.version ? " " + data.product.version : "");
  document.title = title + ": " + data.profile.title;
  at("profile").append(data.profile.title + " · " + data.profile.edition);
  at("title").append(title);
  at("made").append([data.timestamp, data.tool.name + " " + data.tool.version, all.length + " components", "read from " + data.inputs.join(", ")].filter(Boolean).join(" · "));
  at("note").append(...ticks(data.profile.note));

  // Counts as a bar with a legend: parts are [class, count, name].
  const bar = (name, about, parts) => {
    const total = parts.reduce((sum, [, count]) => sum + count, 0);
    const there = parts.filter(([, count]) => count);
    if (!total) return "";
    return el("div", { class: "card" }, el("h3", {}, name), el("p", { class: "clause" }, about),
      el("div", { class: "bar", "aria-hidden": "true" }, there.map(([color, count]) => el("i", { class: color, width: (100 * count) / total + "%" }))),
      el("ul", { class: "legend" }, there.map(([color, count, word]) =>
        el("li", {}, el("span", { class: "dot " + color, "aria-hidden": "true" }), count + " " + word))));
  };
  const card = (name, weight, counts) => at("cards").append(bar(name,
    weight === "must" ? "has to be there" : weight === "may" ? "may be there" : "has to be there if it exists",
    STATES.map((it) => [look(it, weight), counts[it], said(it, weight)])));
  for (const sum of data.summary) {
    card("Product and document", sum.weight, sum.document);
    card("Fields of components", sum.weight, sum.components);
  }
  // Approvals and evidence share the colours of the states.
  const STATUS = { denied: "missing", unreviewed: "unknown", approved: "present", "first-party": "na" };
  const LEVEL = { E5: "present", E4: "present", E3: "fair", E2: "fair", E1: "na", E0: "unknown" };
  const levelOf = (it) => (it.failure !== undefined ? "missing" : LEVEL[it.level]);
  const levelBadge = (it) => el("span", { class: "badge " + levelOf(it) }, it.failure !== undefined ? it.level + ", failed" : it.level);
  if (data.approvals) {
    at("cards").append(bar("Approvals", data.approvals.list || "", Object.keys(STATUS).map((it) => [STATUS[it], data.approvals.counts[it], it])));
  }
  if (data.provenance) {
    const holds = (level) => all.filter((it) => it.provenance && it.provenance.failure === undefined && it.provenance.level === level).length;
    at("cards").append(bar("Provenance", "evidence, by level",
      [["missing", data.provenance.failed, "failed"], ...data.provenance.levels.map((it) => [LEVEL[it.level], holds(it.level), it.level])]));
  }

  const gaps = [];
  for (const it of data.document) {
    if (it.state === "missing" && it.requirement.weight === "must") gaps.push(gap(it.requirement));
  }
  for (const it of data.requirements) {
    if (it.counts.missing && it.requirement.weight === "must") gaps.push(gap(it.requirement, it.counts.missing));
  }
  function gap(row, count) {
    const show = count && el("p", {}, el("button", { class: "link", type: "button", on: () => {
      byStatus.value = row.id;
      update();
      at("components").scrollIntoView();
      byStatus.focus({ preventScroll: true });
    } }, "Show " + (count === 1 ? "the component" : "the " + count + " components")));
    return el("div", { class: "gap" }, el("h3", {}, row.field), el("p", {}, ticks(row.supply)), el("p", { class: "clause" }, row.clause), show || "");
  }
  at("gaps").append(gaps.length
    ? el("div", { class: "gaps" }, gaps)
    : el("p", {}, "Nothing that has to be there is missing: all of it is there, or said to be unknown or withheld."));

  const requiredBy = all.map(() => []);
  all.forEach((it, from) => it.dependencies.forEach((to) => requiredBy[to].push(from)));

  const short = (person) => person.replace(/ *<.*>$/, "");
  const must = new Set(data.requirements.filter((it) => it.requirement.weight === "must").map((it) => it.requirement.id));
  const needed = (id) => must.has(id);
  const gapsOf = (it) => it.missing.filter(needed).length;
  const COLUMNS = [
    ["Component", (it) => it.name.toLowerCase(), (it, i) => [el("button", { class: "link", type: "button", on: () => explore(i, true) }, it.name || it.reference),
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
    at("count").textContent = shown.length === all.length ? all.length + " components" : shown.length + " of " + all.length + " components";
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
  // A table of any length; on paper it is whole.
  const whole = [];
  function paged(head, rows, of) {
    const body = el("tbody", {});
    const pager = el("div", { class: "pager" });
    const show = (to, size) => {
      body.replaceChildren(...rows.slice(to * size, (to + 1) * size).map(of));
      turn(pager, to, rows.length, size, (next) => show(next, size));
    };
    whole.push((paper) => show(0, paper ? Math.max(1, rows.length) : PAGE));
    show(0, PAGE);
    const named = (it) => el("th", { scope: "col", class: it.n ? "n" : undefined }, it.n || it);
    return [el("div", { class: "scroll paged" }, el("table", {}, el("thead", {}, el("tr", {}, head.map(named))), body)), pager];
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
  // On paper there are no pages to turn.
  addEventListener("beforeprint", () => {
    shown = all.map((it, i) => i);
    page = 0;
    draw(all.length);
    whole.forEach((show) => show(true));
  });
  addEventListener("afterprint", () => {
    update();
    whole.forEach((show) => show(false));
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
  const list = (name, indices) => el("div", { class: "pane" }, el("h3", {}, name + " (" + indices.length + ")"),
    indices.length ? el("ul", {}, indices.map((i) => el("li", {}, go(i)))) : el("p", { class: "quiet" }, "none"));
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
      el("div", { class: "panes" }, list("Required by", requiredBy[i]), here, list("Depends on", it.dependencies)));
    if (focus) {
      at("explorer").scrollIntoView();
      at("node").focus({ preventScroll: true });
    }
  }

  function why(it) {
    return [it.reason, it.detail, it.nearest && "approved is " + it.nearest].filter(Boolean).join("; ");
  }
  function open(id, ...content) {
    at(id).append(...content.flat());
    at(id).hidden = false;
    document.querySelector('nav a[href="#' + id + '"]').hidden = false;
  }
  const rank = Object.keys(STATUS);
  if (data.approvals) {
    const rows = all.map((it, i) => i).filter((i) => all[i].approval && all[i].approval.status !== "first-party");
    rows.sort((a, b) => rank.indexOf(all[a].approval.status) - rank.indexOf(all[b].approval.status) || a - b);
    open("approvals", data.approvals.list ? el("p", { class: "quiet" }, "By ", el("code", {}, data.approvals.list), ". First-party code needs no approval and is not listed.") : "",
      rows.length ? paged(["Package", "Status", "Reason", "Reviewed by", "On", "Until", "Note"], rows, (i) => {
        const it = all[i].approval;
        return el("tr", {}, cell(go(i)), el("td", { class: "short" }, el("span", { class: "badge " + STATUS[it.status] }, it.status)), cell(why(it)),
          cell(it.by.join(", ")), el("td", { class: "date" }, it.on || ""), el("td", { class: "date" }, it.expires || ""), cell([it.basis, it.note].filter(Boolean).join(": ")));
      }) : el("p", {}, "There is no package that needs approval."));
  }
  if (data.provenance) {
    const rows = all.map((it, i) => i).filter((i) => all[i].provenance && (all[i].provenance.checked || all[i].provenance.failure !== undefined));
    const bad = (i) => (all[i].provenance.failure !== undefined ? 0 : 1);
    rows.sort((a, b) => bad(a) - bad(b) || a - b);
    const AXIS = ["verified", "failed", "claimed", "unverifiable", "absent"];
    open("provenance",
      table(["Level", "What holds", { n: "Packages" }], data.provenance.levels.map((it) => el("tr", {},
        el("td", { class: "short" }, el("span", { class: "badge " + LEVEL[it.level] }, it.level)), cell(it.about), cell(String(it.components), true)))),
      el("h3", { class: "next" }, "Kinds of evidence"),
      table(["Evidence", ...AXIS.map((it) => ({ n: it }))], data.provenance.axes.map((it) => el("tr", {}, cell(it.axis), AXIS.map((state) => cell(String(it.counts[state]), true))))),
      el("h3", { class: "next" }, "Packages with evidence that was checked"),
      rows.length ? paged(["Package", "Evidence", "SLSA", "Built from", "Signed by, or what does not hold"], rows, (i) => {
        const it = all[i].provenance;
        return el("tr", {}, cell(go(i)), el("td", { class: "short" }, levelBadge(it)), cell(it.slsaBuildLevel ? "L" + it.slsaBuildLevel : ""),
          cell([it.repository || "", it.commit ? el("span", { class: "sub" }, el("code", {}, it.commit)) : ""]), cell(it.failure !== undefined ? it.failure : [it.signer || "", it.signedAt ? el("span", { class: "sub" }, it.signedAt) : ""]));
      }) : el("p", {}, "Nothing but digests of the lockfile was there to check."),
      el("ul", { class: "basis" }, data.provenance.basis.map((it) => el("li", {}, "Judged by " + it))));
  }
  if (data.since) {
    const kinds = [...new Set(data.since.changes.map((it) => it.title))];
    at("since-h").textContent = "Changes since " + data.since.old;
    open("since", kinds.length ? kinds.map((kind) => {
      const rows = data.since.changes.filter((it) => it.title === kind);
      return [el("h3", { class: "next" }, kind + " (" + rows.length + ")"), paged(["Package", "Before", "After", "Through"], rows, (it) =>
        el("tr", {}, cell(it.package), cell(it.before.join(", ")), cell(it.after.join(", ")), cell(it.broughtBy.join(", "))))];
    }).flat(Infinity) : el("p", {}, "No dependency changed."));
  }

  const most = Math.max(1, ...data.licenses.map((it) => it.components));
  at("license-list").append(table(["Licence", { n: "Components" }, ""], data.licenses.map((it) =>
    el("tr", {}, cell(it.license || el("em", {}, "none stated")), cell(String(it.components), true),
      el("td", { "aria-hidden": "true", width: "45%" }, el("span", { class: "meter", width: (100 * it.components) / most + "%" }))))));
  at("field-list").append(
    el("h3", {}, "Product and document"),
    table(["Field", "Asked for", "Clause", "State", "Found, or how to supply it"], data.document.map((it) =>
      el("tr", {}, cell(it.requirement.field), cell(it.requirement.weight), cell(it.requirement.clause), cell(badge(it.state, it.requirement.weight)),
        cell(it.state === "missing" ? ticks(it.requirement.supply) : it.found)))),
    el("h3", {}, "Components"),
    table(["Field", "Asked for", "Clause", { n: "Present" }, { n: "Unknown" }, { n: "Withheld" }, { n: "Missing or not stated" }, "Looked for"], data.requirements.map((it) =>
      el("tr", {}, cell(it.requirement.field), cell(it.requirement.weight), cell(it.requirement.clause),
        STATES.map((state) => cell(String(it.counts[state]), true)), cell(ticks(it.requirement.source))))));
  at("quality-list").append(data.quality.length
    ? table(["Type", "Indicator", { n: "Looked at" }, { n: "Failing" }, "What that means"], data.quality.map((it) =>
      el("tr", {}, cell(it.type), cell(it.indicator), cell(String(it.checked), true), cell(String(it.failing.length), true), cell(it.about))))
    : el("p", {}, "There are no packages of a kind that has indicators."));

  heads();
  update();
  if (all.length) explore(starts.length ? starts[0] : 0, false);
  document.documentElement.dataset.ready = String(all.length);
})();
