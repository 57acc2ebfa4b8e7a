import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const text = readFileSync(join(root, "examples/grafana/alert-mail.json"), "utf8");

interface Dashboard {
  readonly panels: readonly { readonly id: number; readonly targets: readonly { readonly expr: string }[] }[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}
const dashboard = JSON.parse(text) as Dashboard;
const metricsIn = (some: string) => new Set(some.match(/\boutbound_[a-z_]+/g));
const documented = metricsIn(readFileSync(join(root, "docs/proving.md"), "utf8").split("## Numbers")[1]!);
const written = metricsIn(readFileSync(join(root, "lib/reconcile/prometheus.ts"), "utf8"));

it("asks for metrics that are written, and the page describes all of them", () => {
  const asked = metricsIn([...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))].join(" "));
  expect(asked.size).toBeGreaterThan(5);
  expect([...asked].filter((name) => !written.has(name))).toEqual([]);
  expect([...documented].sort()).toEqual([...written].sort());
});

it("uses no variable that it does not define, and no id twice", () => {
  const defined = dashboard.templating.list.map(({ name }) => name);
  const used = new Set([...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!));
  expect([...used].filter((name) => !defined.includes(name))).toEqual([]);
  const ids = dashboard.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
