import { call, make, table } from "./page.js";

function parameters(operation) {
  const rows = (operation.parameters ?? []).map(({ name, in: place, required, schema, description }) => ({ name, in: place, required: required ?? false, schema: JSON.stringify(schema), description }));
  return rows.length ? table(rows) : null;
}

function body(operation) {
  const content = Object.entries(operation.requestBody?.content ?? {});
  return content.map(([type, { schema }]) => make("div", {}, make("code", {}, type), make("pre", {}, JSON.stringify(schema, null, 2))));
}

const { paths, info } = await call("/openapi.json");
document.title = `${info.title} ${info.version}`;
for (const [path, operations] of Object.entries(paths).sort()) {
  for (const [verb, operation] of Object.entries(operations)) {
    const summary = make("summary", {}, make("span", { class: "verb" }, verb.toUpperCase()), make("code", {}, path), ` ${operation.summary ?? ""}`);
    document.getElementById("paths").append(make("details", {}, summary, make("p", {}, operation.description ?? ""), parameters(operation), ...body(operation)));
  }
}
