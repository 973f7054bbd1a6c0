// Trees as columns in pre-order: a box that is too narrow to see skips its whole subtree in one step.

/**
 * Lays out a tree. `parent` lists parents before children, row 0 is the root; `own` is each row's
 * own value. Returns columns in pre-order, heaviest sibling first: row, depth, end (index behind the
 * subtree), x (left edge, in units of value), value.
 */
export function layout(parent, own) {
  const n = parent.length;
  const value = Float64Array.from(own);
  for (let i = n - 1; i > 0; i--) value[parent[i]] += value[i];
  // Children in lists: first[i] is a child of i, next[c] its sibling.
  const heads = new Int32Array(n).fill(-1);
  const next = new Int32Array(n).fill(-1);
  const ranked = [];
  for (let i = 1; i < n; i++) if (value[i] > 0) ranked.push(i);
  ranked.sort((a, b) => value[a] - value[b] || b - a);
  for (const i of ranked) {
    next[i] = heads[parent[i]];
    heads[parent[i]] = i;
  }
  const rows = new Int32Array(ranked.length + 1);
  const depth = new Uint32Array(rows.length);
  const end = new Uint32Array(rows.length);
  const x = new Float64Array(rows.length);
  const sizes = new Float64Array(rows.length);
  const up = new Int32Array(rows.length).fill(-1);
  let used = 0;
  let deepest = 0;
  const visit = (row, above, level, left) => {
    rows[used] = row;
    up[used] = above;
    depth[used] = level;
    x[used] = left;
    sizes[used] = value[row];
    if (level > deepest) deepest = level;
    return used++;
  };
  visit(0, -1, 0, 0);
  const path = [{ at: 0, child: heads[0], left: 0 }];
  while (path.length > 0) {
    const top = path[path.length - 1];
    if (top.child < 0) {
      end[top.at] = used;
      path.pop();
      continue;
    }
    const child = top.child;
    top.child = next[child];
    const at = visit(child, top.at, path.length, top.left);
    top.left += value[child];
    path.push({ at, child: heads[child], left: x[at] });
  }
  return { rows, up, depth, end, x, value: sizes, deepest };
}
