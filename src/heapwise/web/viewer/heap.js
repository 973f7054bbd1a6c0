// The page of a snapshot: tables of who holds how much, then the dominator tree and its reverse.

import { readData, size, share, count } from "./data.js";
import { layout } from "./layout.js";
import { Flame } from "./flame.js";
import { element, make, showBar } from "./dom.js";

const TABLES = {
  types: {
    columns: [["retained_bytes", "retained", size], ["shallow_bytes", "shallow", size], ["count", "count", count]],
    hint: "Retained: what would go if all of a type went. Click a type for the paths that keep its objects.",
  },
  holders: {
    columns: [["retained_bytes", "retained", size], ["shallow_bytes", "shallow", size]],
    hint: "The outermost objects that retain most, as the program would name them.",
  },
  lines: {
    columns: [["retained_bytes", "retained", size], ["shallow_bytes", "shallow", size], ["count", "count", count]],
    hint: "What the objects retain that a line allocated, as far as the recording saw them made.",
  },
};
const TREES = {
  tree: "A box keeps all that hangs below it: if it went, its width would go. Click or Enter zooms, Esc zooms out.",
  up: "First the types of most bytes, below each who keeps its objects, and who keeps those. Click or Enter zooms.",
};
const MOST_ROWS = 300;

class HeapPage {
  constructor(data) {
    this.data = data;
    this.state = { tab: "types", search: "", sort: "retained_bytes" };
    Object.assign(this.state, this.fromHash());
    this.flame = new Flame(element("flame"), element("twin"), (row) => this.describe(row), (i) => this.tell(i), () => {});
    for (const tab of [...Object.keys(TABLES), ...Object.keys(TREES)])
      element(`tab-${tab}`).addEventListener("click", () => this.set({ tab }));
    element("tab-lines").hidden = data.tables.lines.name.length === 0;
    const search = element("search");
    search.value = this.state.search;
    search.addEventListener("input", () => this.set({ search: search.value }));
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && document.activeElement !== search) {
        search.focus();
        event.preventDefault();
      }
    });
    addEventListener("hashchange", () => {
      Object.assign(this.state, this.fromHash());
      this.refresh();
    });
    this.refresh();
  }

  fromHash() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const tab = parts.get("view");
    return { tab: TABLES[tab] || TREES[tab] ? tab : "types", search: parts.get("search") || "" };
  }

  set(change) {
    Object.assign(this.state, change);
    const parts = new URLSearchParams({ view: this.state.tab });
    if (this.state.search) parts.set("search", this.state.search);
    history.replaceState(null, "", `#${parts}`);
    this.refresh();
  }

  refresh() {
    const { tab } = this.state;
    for (const name of [...Object.keys(TABLES), ...Object.keys(TREES)])
      element(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
    element("table-panel").hidden = !TABLES[tab];
    element("graph").hidden = !TREES[tab];
    if (TABLES[tab]) this.showTable(tab);
    else this.showTree(tab);
  }

  showTable(tab) {
    const table = this.data.tables[tab];
    const { columns, hint } = TABLES[tab];
    const wanted = this.state.search.toLowerCase();
    const most = Math.max(1, ...table.retained_bytes);
    const rows = table.name.map((_, i) => i).filter((i) => table.name[i].toLowerCase().includes(wanted));
    const sort = table[this.state.sort] ? this.state.sort : "retained_bytes";
    rows.sort((a, b) => table[sort][b] - table[sort][a]);
    const head = make("tr");
    head.append(make("th", "name"));
    for (const [name, title] of columns) {
      const cell = make("th", undefined, name === sort ? { "aria-sort": "descending" } : {});
      const button = make("button", title);
      button.addEventListener("click", () => {
        this.state.sort = name;
        this.refresh();
      });
      cell.append(button);
      head.append(cell);
    }
    const body = rows.slice(0, MOST_ROWS).map((i) => {
      const line = make("tr");
      const place = make("td", undefined, { class: "place" });
      if (tab === "types") {
        const button = make("button", table.name[i], { class: "plain" });
        button.addEventListener("click", () => this.showPaths(i));
        place.append(button);
      } else place.append(table.name[i]);
      if (table.note && table.note[i]) place.append(make("span", table.note[i]));
      const bar = make("i", undefined, { class: "measure" });
      bar.style.width = `${(100 * table.retained_bytes[i]) / most}%`;
      place.append(bar);
      line.append(place, ...columns.map(([name, , show]) => make("td", show(table[name][i]))));
      return line;
    });
    element("table").replaceChildren(head, ...body);
    element("table-hint").textContent = hint + (rows.length > MOST_ROWS ? ` ${rows.length - MOST_ROWS} more rows: search.` : "");
    element("paths").replaceChildren();
  }

  showPaths(i) {
    const paths = this.data.paths[i] || [];
    const list = make("ul");
    for (const path of paths) {
      const item = make("li");
      item.append(make("b", `${count(path.count)} × `), make("code", path.expression), ` ${size(path.retained_bytes)}`);
      list.append(item);
    }
    const name = this.data.tables.types.name[i];
    element("paths").replaceChildren(
      make("b", paths.length ? `Who keeps ${name}:` : `heapwise why FILE ${name} tells who keeps these.`), list
    );
  }

  describe(row) {
    const tree = this.data[this.state.tab === "up" ? "up" : "tree"];
    const name = tree.name[row] || "";
    const own = name.startsWith("module") || name.startsWith("in module") || name.startsWith("<");
    return { name, place: tree.path[row] || name, group: row === 0 ? "interpreter" : own ? "library" : "own" };
  }

  showTree(tab) {
    const tree = this.data[tab];
    const wanted = this.state.search.toLowerCase();
    const hits = wanted ? Uint8Array.from(tree.name, (name) => (name.toLowerCase().includes(wanted) ? 1 : 0)) : null;
    this.flame.root = 0;
    this.flame.show(layout(tree.parent, tree.own), hits);
    element("graph-hint").textContent = TREES[tab];
    this.tell(0);
  }

  tell(i) {
    const laid = this.flame.tree;
    if (!laid || i < 0) return;
    const told = this.describe(laid.rows[i]);
    element("told").replaceChildren(
      make("b", `${size(laid.value[i])} (${share(laid.value[i], laid.value[0])}) `), make("span", `${told.name} `),
      make("br"), make("code", told.place, { class: "soft" })
    );
  }
}

readData().then((data) => {
  element("command").textContent = data.command;
  element("headline").textContent = data.headline;
  element("holders").replaceChildren(
    ...data.first.map((held) => {
      const item = make("li");
      item.append(make("b", size(held.bytes)), make("span", share(held.bytes, data.shallow_bytes)), make("code", held.place));
      return item;
    })
  );
  element("limits").replaceChildren(...data.limits.map((text) => make("li", text)));
  showBar(data.resident.name, data.resident.bytes, data.resident.source, "");
  window.heapwisePage = new HeapPage(data);
  document.body.dataset.ready = "yes";
});
