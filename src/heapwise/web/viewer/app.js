// The page: verdict, resident bar, timeline, then flame graph and lines, all under the same filters.

import { readData, size, share, duration } from "./data.js";
import { layout } from "./layout.js";
import { Flame } from "./flame.js";
import { Timeline } from "./timeline.js";
import { Lines } from "./lines.js";
import { element, make, showBar } from "./dom.js";

const FIGURES = { peak: "at the peak", end: "at the end", total: "ever allocated" };
function showVerdict(data) {
  const { verdict } = data;
  element("headline").textContent = verdict.headline;
  element("holders").replaceChildren(
    ...verdict.holders.map((held) => {
      const item = make("li");
      item.append(make("b", size(held.bytes)), make("span", share(held.bytes, data.summary.peak_bytes)));
      item.append(make("code", held.place));
      if (held.source) item.append(make("pre", held.source));
      return item;
    })
  );
  element("aftermath").replaceChildren(...verdict.aftermath.map((text) => make("li", text)));
  element("advice-panel").hidden = verdict.advice.length === 0;
  element("advice").replaceChildren(...verdict.advice.map(advised));
  element("advice-limits").replaceChildren(...verdict.advice_limits.map((text) => make("li", text)));
  element("advice-total").textContent = verdict.together;
  element("command").textContent = data.command;
  element("command").title = data.command;
  element("limits").replaceChildren(...data.limits.map((text) => make("li", text)));
}

/** A finding: what it saves, and behind that why, how that was found, and the change. */
function advised({ said, facts, patch }, at) {
  const item = make("li");
  const more = make("details");
  more.open = at === 0;
  const list = make("dl");
  for (const [name, words] of facts) list.append(make("dt", name), make("dd", words));
  more.append(make("summary", said), list);
  if (patch) more.append(make("pre", patch));
  item.append(more);
  return item;
}


class Page {
  constructor(data) {
    this.data = data;
    this.state = { figure: "peak", tab: "icicle", search: "", brush: null };
    Object.assign(this.state, this.fromHash());
    const { frames } = data;
    const name = (frame) => data.strings[frames.function[frame]];
    const place = (frame) =>
      frames.file[frame] === 0 ? name(frame) : `${data.strings[frames.file[frame]]}:${frames.line[frame]} ${name(frame)}`;
    this.place = place;
    const describe = (row) => {
      if (row === 0) return { name: "all", place: "", group: "interpreter" };
      const frame = data.tree.frame[row];
      return { name: name(frame), place: place(frame), group: ["interpreter", "library", "own"][frames.group[frame]] };
    };
    this.describe = describe;
    this.flame = new Flame(element("flame"), element("twin"), describe, (i) => this.tell(i), () => this.crumbs());
    const line = (frame) => `${data.strings[frames.file[frame]]}:${frames.line[frame]}`;
    this.lines = new Lines(element("lines"), place, line, data.source, data.lines);
    this.timeline = new Timeline(
      element("timeline"), data.ticks, { time_s: data.summary.peak_s, bytes: data.summary.peak_bytes },
      data.cgroup_limit_bytes, (brush) => this.set({ brush }), data.spans, data.pauses
    );
    this.timeline.brush = this.state.brush;
    this.controls();
    this.refresh();
  }

  controls() {
    for (const tab of ["flame", "icicle", "table"])
      element(`tab-${tab}`).addEventListener("click", () => this.set({ tab }));
    const figure = element("figure");
    figure.replaceChildren(...Object.entries(FIGURES).map(([value, text]) => make("option", text, { value })));
    figure.addEventListener("change", () => this.set({ figure: figure.value, brush: null }));
    const search = element("search");
    search.value = this.state.search;
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.set({ search: search.value }), 120);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && document.activeElement !== search) {
        search.focus();
        event.preventDefault();
      }
    });
    addEventListener("hashchange", () => {
      Object.assign(this.state, this.fromHash());
      this.timeline.brush = this.state.brush;
      this.timeline.draw();
      search.value = this.state.search;
      this.refresh();
    });
  }

  set(change) {
    Object.assign(this.state, change);
    if ("brush" in change && this.timeline.brush !== change.brush) {
      this.timeline.brush = change.brush;
      this.timeline.draw();
    }
    history.replaceState(null, "", this.toHash());
    this.refresh();
  }

  toHash() {
    const { figure, tab, search, brush } = this.state;
    const parts = new URLSearchParams({ at: figure, view: tab });
    if (search) parts.set("search", search);
    if (brush) parts.set("from", brush.map((t) => t.toFixed(3)).join("-"));
    return `#${parts}`;
  }

  fromHash() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const span = (parts.get("from") || "").split("-").map(Number);
    return {
      figure: FIGURES[parts.get("at")] ? parts.get("at") : "peak",
      tab: ["flame", "icicle", "table"].includes(parts.get("view")) ? parts.get("view") : "icicle",
      search: parts.get("search") || "",
      brush: span.length === 2 && span.every((t) => t >= 0) ? span : null,
    };
  }

  /** Each row's own bytes under the filters: a figure, or the highest moment of the brushed span. */
  values() {
    const { tree, moments } = this.data;
    this.moment = -1;
    if (!this.state.brush) return tree[this.state.figure];
    const [from, to] = this.state.brush;
    let most = -1;
    for (let m = 0; m < moments.time_s.length; m++) {
      const within = moments.time_s[m] >= from && moments.time_s[m] <= to;
      if (within && moments.heap_bytes[m] > most) [most, this.moment] = [moments.heap_bytes[m], m];
    }
    if (this.moment < 0) {
      // No moment inside: the nearest before the span's end.
      for (let m = 0; m < moments.time_s.length && moments.time_s[m] <= to; m++) this.moment = m;
    }
    const own = new Float64Array(tree.parent.length);
    if (this.moment < 0) return own;
    for (let r = moments.start[this.moment]; r < moments.start[this.moment + 1]; r++)
      own[moments.row[r]] += moments.bytes[r];
    return own;
  }

  refresh() {
    const { tree, frames, strings } = this.data;
    const { search, tab } = this.state;
    const own = this.values();
    let hits = null;
    let keep = null;
    if (search) {
      const wanted = search.toLowerCase();
      const frameHit = frames.function.map(
        (f, i) => strings[f].toLowerCase().includes(wanted) || strings[frames.file[i]].toLowerCase().includes(wanted)
      );
      hits = new Uint8Array(tree.parent.length);
      keep = new Uint8Array(tree.parent.length);
      for (let row = 1; row < hits.length; row++) {
        hits[row] = frameHit[tree.frame[row]] ? 1 : 0;
        keep[row] = hits[row] || keep[tree.parent[row]];
      }
    }
    this.flame.inverted = tab === "flame";
    element("graph").hidden = tab === "table";
    element("lines-panel").hidden = tab !== "table";
    for (const name of ["flame", "icicle", "table"])
      element(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
    element("figure").value = this.state.figure;
    this.flame.show(layout(tree.parent, own), hits);
    this.lines.show(tree, own, keep);
    const matched = keep ? own.reduce((sum, bytes, row) => sum + (keep[row] ? bytes : 0), 0) : 0;
    element("matched").textContent = keep ? `${size(matched)} below a match` : "";
    this.crumbs();
    this.tell(this.flame.selected);
  }

  crumbs() {
    const parts = [];
    const { brush, search } = this.state;
    const remove = (text, change) => {
      const button = make("button", `${text} ×`);
      button.addEventListener("click", change);
      parts.push(button);
    };
    parts.push(make("span", `shown: ${size(this.flame.tree.value[0])} ${this.moment >= 0 ? `at ${duration(this.data.moments.time_s[this.moment])}` : FIGURES[this.state.figure]}`));
    if (brush) remove(`${duration(brush[0])} to ${duration(brush[1])}`, () => this.set({ brush: null }));
    if (search) {
      remove(`“${search}”`, () => {
        element("search").value = "";
        this.set({ search: "" });
      });
    }
    if (this.flame.root > 0)
      remove(`below ${this.describe(this.flame.tree.rows[this.flame.root]).name}`, () => this.flame.zoom(0));
    element("crumbs").replaceChildren(...parts);
  }

  tell(i) {
    const { tree } = this.flame;
    if (i < 0 || !tree) return;
    const told = this.describe(tree.rows[i]);
    const source = i > 0 ? this.data.source[this.data.tree.frame[tree.rows[i]]] : "";
    element("told").replaceChildren(
      make("b", `${size(tree.value[i])} (${share(tree.value[i], tree.value[0])}) `),
      make("code", told.place || "all stacks")
    );
    if (source) element("told").append(make("br"), make("code", source, { class: "soft" }));
  }
}

readData().then((data) => {
  showVerdict(data);
  showBar(data.resident.name, data.resident.bytes, data.resident.source, data.resident.note);
  window.heapwisePage = new Page(data);
  document.body.dataset.ready = "yes";
});
