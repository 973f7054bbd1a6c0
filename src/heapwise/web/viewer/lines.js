// The table of lines: what each line of the program held, sortable by any column.

import { size, count, duration, share, spark } from "./data.js";

const COLUMNS = [
  ["shown", "at this moment", size],
  ["peak", "peak", size],
  ["trend", "over time", spark],
  ["end", "end", size],
  ["total", "total", size],
  ["count", "count", count],
  ["life", "lifetime", duration],
  ["alive", "alive", (part) => share(part, 1)],
  ["native", "Python / native / mapped", (_, sum) => sum.parts],
  ["copied", "copied", (bytes) => (bytes ? size(bytes) : "")],
  ["cpu", "CPU", (seconds) => (seconds ? duration(seconds) : "")],
  ["cpuNative", "in native code", (part, sum) => (sum.cpu ? share(part, 1) : "")],
];
const UNKNOWN = {
  survival: 0, python_bytes: 0, native_bytes: 0, mapped_bytes: 0, copied_bytes: 0, cpu_ms: 0, cpu_native_ms: 0,
  mean_lifetime_ms: 0, trend_bytes: [],
};
const MOST_ROWS = 200;

/** What is known of a line over the whole run, whatever the filters. */
function about(details) {
  const known = details || UNKNOWN;
  const kinds = [known.python_bytes, known.native_bytes, known.mapped_bytes];
  const whole = kinds[0] + kinds[1] + kinds[2];
  return {
    trend: known.trend_bytes, alive: known.survival, life: known.mean_lifetime_ms / 1000, copied: known.copied_bytes,
    native: whole ? kinds[1] / whole : 0, parts: whole ? kinds.map((bytes) => share(bytes, whole)).join(" / ") : "",
    cpu: known.cpu_ms / 1000, cpuNative: known.cpu_ms ? known.cpu_native_ms / known.cpu_ms : 0,
  };
}

/** Fills a table with the lines of a tree. frames: frame -> its place; line: frame -> `file:line`. */
export class Lines {
  constructor(table, frames, line, source, details) {
    Object.assign(this, { table, frames, line, source, details });
    this.sort = "shown";
  }

  show(tree, shown, keep) {
    const sums = new Map();
    for (let row = 1; row < tree.parent.length; row++) {
      if (keep && !keep[row]) continue;
      const frame = tree.charged[row];
      if (frame < 0) continue;
      const line = this.line(frame);
      let sum = sums.get(line);
      if (!sum) {
        sum = { frame, shown: 0, peak: 0, end: 0, total: 0, count: 0, ...about(this.details[line]) };
        sums.set(line, sum);
      }
      sum.shown += shown[row];
      sum.peak += tree.peak[row];
      sum.end += tree.end[row];
      sum.total += tree.total[row];
      sum.count += tree.count[row];
    }
    this.rows = [...sums.values()];
    this.draw();
  }

  draw() {
    const { table, sort } = this;
    const head = document.createElement("tr");
    const first = document.createElement("th");
    first.textContent = "line";
    head.append(first);
    for (const [name, title] of COLUMNS) {
      const cell = document.createElement("th");
      if (name === sort) cell.setAttribute("aria-sort", "descending");
      const button = document.createElement("button");
      button.textContent = title;
      button.addEventListener("click", () => {
        this.sort = name;
        this.draw();
      });
      cell.append(button);
      head.append(cell);
    }
    const rank = (sum) => (sort === "trend" ? Math.max(0, ...sum.trend) : sum[sort]);
    const ranked = this.rows.sort((a, b) => rank(b) - rank(a) || a.frame - b.frame);
    const body = ranked.slice(0, MOST_ROWS).map((sum) => {
      const row = document.createElement("tr");
      const place = document.createElement("td");
      row.append(place);
      for (const [name, , text] of COLUMNS) {
        const cell = document.createElement("td");
        cell.textContent = text(sum[name], sum);
        if (name === "trend") cell.className = "trend";
        row.append(cell);
      }
      place.className = "place";
      place.textContent = this.frames(sum.frame);
      const source = this.source[sum.frame];
      if (source) {
        const text = document.createElement("span");
        text.textContent = source;
        place.append(text);
      }
      return row;
    });
    table.replaceChildren(head, ...body);
  }
}
