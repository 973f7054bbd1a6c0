// What both pages do to the document.

import { size, share } from "./data.js";

export const element = (id) => document.getElementById(id);

/** An element with text and attributes. */
export function make(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** One bar whose parts add up, and its legend. */
export function showBar(names, sizes, sources, note) {
  const whole = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const hues = [220, 35, 15, 265, 150, 0, 190, 90, 325, 60];
  const parts = names.map((name, i) => {
    const bar = make("span", undefined, { title: `${name}: ${size(sizes[i])}, ${sources[i]}` });
    bar.style.flexGrow = String(Math.max(sizes[i], 0));
    bar.style.background = `hsl(${hues[i % hues.length]} 45% 58%)`;
    return bar;
  });
  element("bar").replaceChildren(...parts);
  element("legend").replaceChildren(
    ...names.map((name, i) => {
      const item = make("li");
      const dot = make("i");
      dot.style.background = `hsl(${hues[i % hues.length]} 45% 58%)`;
      item.append(dot, `${name} ${size(sizes[i])} (${share(sizes[i], whole)})`, make("small", sources[i]));
      return item;
    })
  );
  element("resident-sum").textContent = `These parts add up to ${size(whole)}. ${note}`;
}
