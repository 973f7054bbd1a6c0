// The data of the page: columns, as the report wrote them; decoded once.

/** Reads the embedded document: JSON, or gzipped JSON in base64 when it is large. */
export async function readData() {
  const element = document.getElementById("heapwise-data");
  if (element.dataset.encoding !== "gzip") return JSON.parse(element.textContent);
  const text = element.textContent.trim();
  const bytes = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** "37.1 MiB": three figures, binary units. */
export function size(bytes) {
  const steps = [["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]];
  const magnitude = Math.abs(bytes);
  for (const [unit, step] of steps) {
    if (magnitude >= step * 0.9995 && magnitude >= 1024) return `${figures(bytes / step)} ${unit}`;
  }
  return `${Math.round(bytes)} B`;
}

function figures(value) {
  const magnitude = Math.abs(value);
  return value.toFixed(magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0);
}

/** "73 %" */
export function share(part, whole) {
  if (!(whole > 0)) return "0 %";
  const percent = (100 * part) / whole;
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** "1.84 s" */
export function duration(seconds) {
  return seconds < 0.9995 ? `${Math.round(seconds * 1000)} ms` : `${figures(seconds)} s`;
}

/** A series as bars of eight heights, a blank for nothing. */
export function spark(values) {
  const highest = Math.max(0, ...values);
  return values.map((value) => " ▁▂▃▄▅▆▇█"[value > 0 ? Math.ceil((value * 8) / highest) : 0]).join("");
}

/** "1 234 567" */
export function count(number) {
  return Math.round(number).toLocaleString("en-US").replaceAll(",", " ");
}
