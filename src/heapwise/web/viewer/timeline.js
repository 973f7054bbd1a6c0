// Resident set and heap over time, the peak marked; dragging selects a span for everything below.

import { size, duration } from "./data.js";

const HIGH = 150;
const EDGE = 22;

const SPAN_ROW = 21;

/**
 * Draws ticks {time_s, rss_bytes, heap_bytes}, a bracket for each of spans {function, start_s, end_s, ...}
 * and a mark for each of pauses {time_s, took_ms}; calls onBrush([from_s, to_s] or null).
 */
export class Timeline {
  constructor(canvas, ticks, peak, limit, onBrush, spans, pauses) {
    Object.assign(this, { canvas, ticks, peak, limit, onBrush, spans, pauses });
    this.rows = rowsOf(spans);
    this.high = HIGH + SPAN_ROW * (Math.max(-1, ...this.rows) + 1);
    this.brush = null;
    this.length = Math.max(...ticks.time_s, 0.001);
    this.top = Math.max(...ticks.rss_bytes, ...ticks.heap_bytes, 1) * 1.08;
    let from = null;
    const time = (event) =>
      Math.min(Math.max(event.offsetX / canvas.clientWidth, 0), 1) * this.length;
    canvas.addEventListener("pointerdown", (event) => {
      from = time(event);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (from === null) return;
      this.brush = [Math.min(from, time(event)), Math.max(from, time(event))];
      this.draw();
    });
    canvas.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const to = time(event);
      const wide = Math.abs(to - from) * (canvas.clientWidth / this.length) > 3;
      from = null;
      this.set(wide ? this.brush : null);
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  set(brush) {
    this.brush = brush;
    this.onBrush(brush);
    this.draw();
  }

  /** Arrows move the span by a twentieth, with Shift they widen it, Escape clears it. */
  key(event) {
    const step = this.length / 20;
    const sign = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === "Escape") this.set(null);
    else if (sign !== 0) {
      const [from, to] = this.brush || [0, step];
      const clamp = (t) => Math.min(Math.max(t, 0), this.length);
      if (event.shiftKey) this.set([from, Math.max(clamp(to + sign * step), from)]);
      else this.set([clamp(from + sign * step), clamp(to + sign * step)]);
    } else return;
    event.preventDefault();
  }

  draw() {
    const { canvas, ticks } = this;
    const wide = canvas.clientWidth;
    if (wide === 0) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.style.height = `${this.high}px`;
    canvas.width = wide * ratio;
    canvas.height = this.high * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.font = "12px system-ui, sans-serif";
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    const x = (t) => (t / this.length) * wide;
    const y = (bytes) => HIGH - EDGE - (bytes / this.top) * (HIGH - EDGE - 6);
    const line = (values, name, fill) => {
      pen.beginPath();
      ticks.time_s.forEach((t, i) => (i ? pen.lineTo(x(t), y(values[i])) : pen.moveTo(x(t), y(values[i]))));
      pen.strokeStyle = color(name);
      pen.lineWidth = 1.5;
      pen.stroke();
      if (!fill) return;
      pen.lineTo(x(ticks.time_s.at(-1)), y(0));
      pen.lineTo(x(ticks.time_s[0]), y(0));
      pen.globalAlpha = 0.15;
      pen.fillStyle = color(name);
      pen.fill();
      pen.globalAlpha = 1;
    };
    if (ticks.time_s.length > 0) {
      line(ticks.heap_bytes, "heap", true);
      line(ticks.rss_bytes, "rss", false);
    }
    if (this.limit && this.limit < this.top) {
      pen.setLineDash([6, 4]);
      pen.strokeStyle = color("peak");
      pen.strokeRect(-1, y(this.limit), wide + 2, 0);
      pen.setLineDash([]);
    }
    pen.strokeStyle = color("peak");
    pen.beginPath();
    pen.moveTo(x(this.peak.time_s), 0);
    pen.lineTo(x(this.peak.time_s), HIGH - EDGE);
    pen.stroke();
    pen.fillStyle = color("peak");
    const right = x(this.peak.time_s) > wide - 170;
    pen.textAlign = right ? "right" : "left";
    pen.fillText(`peak ${size(this.peak.bytes)}`, x(this.peak.time_s) + (right ? -5 : 5), 13);
    pen.textAlign = "left";
    pen.fillStyle = color("soft");
    pen.fillText("0", 4, HIGH - 7);
    pen.textAlign = "right";
    pen.fillText(duration(this.length), wide - 4, HIGH - 7);
    this.drawSpans(pen, x, color);
    if (this.brush) {
      pen.globalAlpha = 0.2;
      pen.fillStyle = color("accent");
      pen.fillRect(x(this.brush[0]), 0, Math.max(x(this.brush[1]) - x(this.brush[0]), 2), this.high);
      pen.globalAlpha = 1;
    }
  }

  /** Under the curve: where the collector stopped the program, and which function ran when. */
  drawSpans(pen, x, color) {
    pen.fillStyle = color("peak");
    this.pauses.time_s.forEach((t, i) => {
      const took = x(this.pauses.took_ms[i] / 1000);
      pen.fillRect(x(t) - took, HIGH - EDGE, Math.max(took, 1), 4);
    });
    pen.strokeStyle = color("accent");
    pen.textAlign = "left";
    const labelled = [];
    this.spans.function.forEach((name, i) => {
      const [from, to] = [x(this.spans.start_s[i]), x(this.spans.end_s[i])];
      const y = HIGH + this.rows[i] * SPAN_ROW + 8;
      pen.beginPath();
      pen.moveTo(from + 0.5, y);
      pen.lineTo(from + 0.5, y + 9);
      pen.lineTo(Math.max(to, from + 2) - 0.5, y + 9);
      pen.lineTo(Math.max(to, from + 2) - 0.5, y);
      pen.stroke();
      const text = `${name} ${size(this.spans.before_bytes[i])} → ${size(this.spans.highest_bytes[i])} → ${size(this.spans.after_bytes[i])}`;
      const room = pen.measureText(text).width;
      // In the bracket, else after it, else before it: never across its ends.
      const inside = to - from > room + 8;
      const after = inside ? from + 4 : to + 6;
      const at = after + room < pen.canvas.clientWidth ? after : Math.max(4, from - room - 6);
      if (at < (labelled[this.rows[i]] ?? 0)) return;
      labelled[this.rows[i]] = at + room + 8;
      pen.fillStyle = color("soft");
      pen.fillText(text, at, y + 5);
    });
  }
}

/** One row a function, in order of their first spans. */
function rowsOf(spans) {
  const rows = new Map();
  return spans.function.map((name, i) => {
    const key = `${name} ${spans.file[i]}`;
    if (!rows.has(key)) rows.set(key, rows.size);
    return rows.get(key);
  });
}
