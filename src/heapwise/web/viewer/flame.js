// The flame graph: canvas for the eye, a tree of buttons for keyboard and screen reader.

import { size, share } from "./data.js";

const ROW = 20;
const LEAST_PIXELS = 0.5;
const LEAST_TEXT_PIXELS = 34;
const MOST_TWINS = 150;

/** Draws a laid-out tree. `describe(row)` names a row: {name, place, group}. */
export class Flame {
  constructor(canvas, twin, describe, onSelect, onZoom) {
    Object.assign(this, { canvas, twin, describe, onSelect, onZoom });
    this.inverted = false;
    this.root = 0;
    this.selected = 0;
    this.hits = null;
    this.scroll = 0;
    canvas.addEventListener("mousemove", (event) => this.select(this.at(event)));
    canvas.addEventListener("click", (event) => this.zoom(this.at(event)));
    canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  show(tree, hits) {
    const row = this.tree ? this.tree.rows[this.root] : 0;
    this.tree = tree;
    this.hits = hits;
    this.root = Math.max(0, tree.rows.indexOf(row));
    this.selected = this.root;
    this.draw();
  }

  zoom(index) {
    if (index < 0) return;
    this.root = index;
    this.selected = index;
    this.onZoom(index);
    this.draw();
  }

  select(index) {
    if (index < 0 || index === this.selected) return;
    this.selected = index;
    this.onSelect(index);
    this.draw();
  }

  /** The box below a mouse event; -1 beside all. */
  at(event) {
    const tree = this.tree;
    const wide = this.canvas.clientWidth;
    const level = this.inverted
      ? this.levels() - 1 - Math.floor(event.offsetY / ROW)
      : Math.floor(event.offsetY / ROW);
    const scale = tree.value[this.root] / wide;
    const x = tree.x[this.root] + event.offsetX * scale;
    const above = this.ancestors();
    if (level < above.length) return above[level];
    let i = this.root;
    for (let depth = above.length - 1; depth < level; depth++) {
      let child = i + 1;
      while (child < tree.end[i] && !(x < tree.x[child] + tree.value[child])) child = tree.end[child];
      if (child >= tree.end[i] || tree.x[child] > x) return -1;
      i = child;
    }
    return i;
  }

  /** The root of the view and all above it, outermost first. */
  ancestors() {
    const found = [];
    for (let i = this.root; i >= 0; i = this.tree.up[i]) found.unshift(i);
    return found;
  }

  levels() {
    const tree = this.tree;
    let deepest = tree.depth[this.root];
    const least = (tree.value[this.root] / this.canvas.clientWidth) * LEAST_PIXELS;
    for (let i = this.root; i < tree.end[this.root]; ) {
      if (tree.value[i] < least) i = tree.end[i];
      else {
        if (tree.depth[i] > deepest) deepest = tree.depth[i];
        i++;
      }
    }
    return deepest + 1;
  }

  draw() {
    const { canvas, tree } = this;
    if (!tree || canvas.clientWidth === 0) return;
    const wide = canvas.clientWidth;
    const levels = this.levels();
    const high = Math.max(3, levels) * ROW + 2;
    const ratio = window.devicePixelRatio || 1;
    canvas.style.height = `${high}px`;
    canvas.width = wide * ratio;
    canvas.height = high * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.font = "12px ui-monospace, 'DejaVu Sans Mono', monospace";
    pen.textBaseline = "middle";
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    const palette = { own: color("own"), library: color("library"), interpreter: color("interpreter") };
    const ink = color("ink");
    const back = color("back");
    const top = (depth) => (this.inverted ? (levels - 1 - depth) * ROW : depth * ROW) + 1;
    const box = (i, left, width) => {
      const told = this.describe(tree.rows[i]);
      pen.fillStyle = this.hits && this.hits[tree.rows[i]] ? color("hit") : palette[told.group];
      pen.fillRect(left, top(tree.depth[i]), Math.max(width - 0.5, 0.5), ROW - 1);
      if (i === this.selected) {
        pen.strokeStyle = ink;
        pen.strokeRect(left + 0.5, top(tree.depth[i]) + 0.5, Math.max(width - 1.5, 1), ROW - 2);
      }
      if (width < LEAST_TEXT_PIXELS) return;
      pen.fillStyle = this.hits && this.hits[tree.rows[i]] ? back : ink;
      const room = Math.floor((width - 8) / 7.3);
      const text = told.name.length > room ? told.name.slice(0, Math.max(room - 1, 0)) + "…" : told.name;
      pen.fillText(text, left + 4, top(tree.depth[i]) + ROW / 2);
    };
    const above = this.ancestors();
    for (const i of above) box(i, 0, wide);
    const scale = wide / tree.value[this.root];
    const visible = above.slice();
    for (let i = this.root + 1; i < tree.end[this.root]; ) {
      const width = tree.value[i] * scale;
      if (width < LEAST_PIXELS) {
        i = tree.end[i];
        continue;
      }
      box(i, (tree.x[i] - tree.x[this.root]) * scale, width);
      if (visible.length < MOST_TWINS) visible.push(i);
      i++;
    }
    this.mirror(visible);
  }

  /** The same boxes as a list that a screen reader can read. */
  mirror(visible) {
    const tree = this.tree;
    const whole = tree.value[0];
    const rows = visible.map((i) => {
      const told = this.describe(tree.rows[i]);
      const item = document.createElement("div");
      item.setAttribute("role", "row");
      item.setAttribute("aria-level", String(tree.depth[i] + 1));
      const cell = document.createElement("span");
      cell.setAttribute("role", "gridcell");
      cell.textContent = `${told.name}, ${size(tree.value[i])}, ${share(tree.value[i], whole)}`;
      item.append(cell);
      return item;
    });
    this.twin.replaceChildren(...rows);
  }

  key(event) {
    const tree = this.tree;
    const i = this.selected;
    const moves = {
      ArrowDown: () => (this.inverted ? tree.up[i] : i + 1 < tree.end[i] ? i + 1 : i),
      ArrowUp: () => (this.inverted ? (i + 1 < tree.end[i] ? i + 1 : i) : tree.up[i]),
      ArrowRight: () => this.sibling(i, 1),
      ArrowLeft: () => this.sibling(i, -1),
    };
    if (moves[event.key]) {
      const to = moves[event.key]();
      if (to >= 0) this.select(to);
    } else if (event.key === "Enter") this.zoom(i);
    else if (event.key === "Escape") this.zoom(0);
    else return;
    event.preventDefault();
  }

  sibling(i, step) {
    const tree = this.tree;
    const parent = tree.up[i];
    if (parent < 0) return i;
    let before = -1;
    for (let child = parent + 1; child < tree.end[parent]; child = tree.end[child]) {
      if (step > 0 && before === i) return child;
      if (step < 0 && child === i) return before < 0 ? i : before;
      before = child;
    }
    return i;
  }
}
