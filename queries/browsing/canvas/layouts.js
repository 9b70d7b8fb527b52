// Where entities stand: in rings, by kind, on a map – and near their parent when they come by an expansion.
// By closeness, positions come from the server.

const ROOM = { wide: 122, high: 80 }; // pixels that an entity takes with its name
const ROUNDS = 80;

export function ringPlaces(nodes, edges, focus) {
  const near = adjacency(nodes, edges);
  const start = nodes.find((node) => focus.includes(node.id)) ?? [...nodes].sort((a, b) => (near.get(b.id)?.size ?? 0) - (near.get(a.id)?.size ?? 0))[0];
  if (!start) return new Map();
  const hops = new Map([[start.id, 0]]);
  for (const queue = [start.id]; queue.length; ) {
    const id = queue.shift();
    for (const other of near.get(id)) if (!hops.has(other)) hops.set(other, hops.get(id) + 1), queue.push(other);
  }
  const last = Math.max(...hops.values()) + 1;
  const rings = new Map();
  for (const node of nodes) {
    const ring = hops.get(node.id) ?? last;
    rings.set(ring, [...(rings.get(ring) ?? []), node]);
  }
  const placed = new Map();
  let r = 0;
  for (const [ring, members] of [...rings].sort(([a], [b]) => a - b)) {
    if (ring === 0) {
      placed.set(members[0].id, { x: 0, y: 0 });
      continue;
    }
    r = Math.max(r + 150, (members.length * ROOM.wide * 0.92) / (2 * Math.PI));
    members.sort((a, b) => (a.label === b.label ? a.name.localeCompare(b.name) : a.label.localeCompare(b.label)));
    members.forEach((node, n) => {
      const angle = -Math.PI / 2 + (2 * Math.PI * n) / members.length;
      placed.set(node.id, { x: r * Math.cos(angle), y: r * Math.sin(angle) * 0.86 });
    });
  }
  return placed;
}

export function kindPlaces(nodes) {
  const kinds = new Map();
  for (const node of nodes) kinds.set(node.label, [...(kinds.get(node.label) ?? []), node]);
  const deep = Math.max(4, Math.ceil(Math.sqrt(nodes.length / 2)));
  const placed = new Map();
  let x = 0;
  for (const [, members] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    members.sort((a, b) => a.name.localeCompare(b.name));
    members.forEach((node, n) => placed.set(node.id, { x: x + Math.floor(n / deep) * ROOM.wide, y: (n % deep) * ROOM.high }));
    x += Math.ceil(members.length / deep) * ROOM.wide + 70;
  }
  return placed;
}

const isPlaced = (node) => node.lon !== null && node.lat !== null;

// How longitude and latitude become places on the canvas, for what is drawn and for the map under it; null where nothing has a position.
export function mapFrame(nodes) {
  const known = nodes.filter(isPlaced);
  if (!known.length) return null;
  const lons = known.map((node) => node.lon);
  const lats = known.map((node) => node.lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (240 * Math.sqrt(known.length + 1)) / (Math.max((east - west) * squeeze, north - south) || 1);
  return { at: (lon, lat) => ({ x: (lon - west) * squeeze * scale, y: (north - lat) * scale }) };
}

// By longitude and latitude; what has none stands in rows below.
export function mapPlaces(nodes, frame) {
  const placed = new Map();
  const known = nodes.filter(isPlaced);
  const rest = nodes.filter((node) => !isPlaced(node));
  if (frame) {
    for (const node of known) placed.set(node.id, frame.at(node.lon, node.lat));
    spread(known.map((node) => node.id), placed, new Set());
  }
  const low = Math.max(0, ...[...placed.values()].map((spot) => spot.y)) + (known.length ? 160 : 0);
  const across = Math.max(8, Math.ceil(Math.sqrt(rest.length * 2)));
  rest.forEach((node, n) => placed.set(node.id, { x: (n % across) * ROOM.wide, y: low + Math.floor(n / across) * ROOM.high }));
  return placed;
}

// Puts new entities around their parent, on the side where there is most room, and lets them settle; old ones are held still.
export function placeNear(parent, fresh, old) {
  const spots = new Map(old.map((node) => [node.id, { x: node.x, y: node.y }]));
  const away = old.reduce((sum, node) => {
    const [dx, dy] = [parent.x - node.x, parent.y - node.y];
    const far = dx * dx + dy * dy;
    return far > 0 && far < 490000 ? { x: sum.x + dx / far, y: sum.y + dy / far } : sum;
  }, { x: 0, y: 0 });
  const middle = away.x || away.y ? Math.atan2(away.y, away.x) : 0;
  const wide = Math.min(2 * Math.PI, 0.6 + fresh.length * 0.42);
  fresh.forEach((node, n) => {
    const angle = middle + (fresh.length > 1 ? wide * (n / (fresh.length - (wide > 6.2 ? 0 : 1)) - 0.5) : 0);
    const r = 130 + (n % 2) * 60 + Math.max(0, fresh.length - 10) * 6;
    spots.set(node.id, { x: parent.x + r * Math.cos(angle), y: parent.y + r * Math.sin(angle) });
  });
  spread(fresh.map((node) => node.id), spots, new Set(old.map((node) => node.id)));
  for (const node of fresh) Object.assign(node, spots.get(node.id));
}

// Pushes entities apart whose names would lie over each other; those `held` stay where they are.
export function spread(ids, spots, held) {
  const all = [...spots.keys()];
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const id of ids) {
      const spot = spots.get(id);
      for (const other of all) {
        if (other === id) continue;
        const there = spots.get(other);
        const dx = spot.x - there.x;
        const dy = spot.y - there.y;
        const over = { x: ROOM.wide - Math.abs(dx), y: ROOM.high - Math.abs(dy) };
        if (over.x <= 0 || over.y <= 0) continue;
        moved = true;
        const share = held.has(other) ? 1 : 0.5;
        if (over.x / ROOM.wide < over.y / ROOM.high) spot.x += share * over.x * (dx < 0 || (dx === 0 && id < other) ? -1 : 1) * 0.6;
        else spot.y += share * over.y * (dy < 0 || (dy === 0 && id < other) ? -1 : 1) * 0.6;
      }
    }
    if (!moved) return;
  }
}

function adjacency(nodes, edges) {
  const near = new Map(nodes.map((node) => [node.id, new Set()]));
  for (const edge of edges) {
    near.get(edge.source)?.add(edge.target);
    near.get(edge.target)?.add(edge.source);
  }
  return near;
}

