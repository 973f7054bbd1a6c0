// The table of lines: what each line of the program held, sortable by any column.

import { size, count } from "./data.js";

const COLUMNS = [
  ["shown", "at this moment", size],
  ["peak", "peak", size],
  ["end", "end", size],
  ["total", "total", size],
  ["count", "count", count],
];
const MOST_ROWS = 200;

/** Fills a table with the lines of a tree: {shown, peak, end, total, count} by charged frame. */
export class Lines {
  constructor(table, frames, source) {
    Object.assign(this, { table, frames, source });
    this.sort = "shown";
  }

  show(tree, shown, keep) {
    const sums = new Map();
    for (let row = 1; row < tree.parent.length; row++) {
      if (keep && !keep[row]) continue;
      const frame = tree.charged[row];
      if (frame < 0) continue;
      let sum = sums.get(frame);
      if (!sum) sums.set(frame, (sum = { frame, shown: 0, peak: 0, end: 0, total: 0, count: 0 }));
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
    const last = document.createElement("th");
    last.textContent = "line";
    head.append(last);
    const ranked = this.rows.sort((a, b) => b[sort] - a[sort] || a.frame - b.frame);
    const body = ranked.slice(0, MOST_ROWS).map((sum) => {
      const row = document.createElement("tr");
      for (const [name, , text] of COLUMNS) {
        const cell = document.createElement("td");
        cell.textContent = text(sum[name]);
        row.append(cell);
      }
      const place = document.createElement("td");
      place.className = "place";
      place.textContent = this.frames(sum.frame);
      const source = this.source[sum.frame];
      if (source) {
        const text = document.createElement("span");
        text.textContent = source;
        place.append(text);
      }
      row.append(place);
      return row;
    });
    table.replaceChildren(head, ...body);
  }
}
