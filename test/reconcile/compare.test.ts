import { compareInventory } from "../../lib/reconcile/compare";
import type { Entry } from "../../lib/reconcile/detection";
import type { InventoryItem } from "../../lib/systems/kit/inventory";

const TYPE = "outbound_vrops_notification_rule";
const item = (importId: string, receivers: string[] = [], builtIn = false): InventoryItem => ({
  type: TYPE,
  importId,
  name: importId,
  attributes: {},
  secrets: [],
  receivers,
  builtIn,
});
const managed = (id: string): Entry => ({ bucket: "in-sync", type: TYPE, kind: "rule", address: `x.${id}`, id });
const rules = (...items: InventoryItem[]) => [{ type: TYPE, title: "rules", items }];

describe("compareInventory", () => {
  it("finds what no code declares", () =>
    expect(compareInventory(rules(item("a"), item("b")), [managed("a")])).toMatchObject({
      entries: [{ bucket: "unmanaged", id: "b", cause: "outside" }],
      coverage: [{ title: "rules", managed: 1, total: 2 }],
    }));

  it("does not call unmanaged what another stack has in this place", () =>
    expect(
      compareInventory(rules(item("a", ["x@example.com"]), item("b")), [], {
        manage: (key) => key === `${TYPE} a`,
        withUnread: () => [],
      }),
    ).toMatchObject({
      entries: [{ bucket: "unmanaged", id: "b" }],
      coverage: [{ managed: 1, total: 2 }],
      receivers: { managed: 1, total: 1 },
    }));

  it("calls nothing unmanaged that may belong to a stack which nobody could look at", () => {
    const others = { manage: () => false, withUnread: (type: string) => (type === TYPE ? ["prod-eu"] : []) };
    const [entry] = compareInventory(rules(item("a")), [], others).entries;
    expect(entry).toMatchObject({ bucket: "unknown", id: "a" });
    expect(entry!.reason).toContain("may belong to prod-eu");
  });

  it("knows ids by any spelling", () =>
    expect(compareInventory(rules(item("ABC")), [managed("abc")]).entries).toEqual([]));

  it("does not take an equal id of another type for managed", () =>
    expect(compareInventory(rules(item("a")), [{ ...managed("a"), type: "other" }]).entries).toHaveLength(1));

  it("neither counts nor misses what comes with something else", () =>
    expect(compareInventory(rules(item("a", [], true), item("b", [], true)), [managed("b")])).toMatchObject({
      entries: [],
      coverage: [{ managed: 1, total: 1 }],
    }));

  it("counts each receiver once, whatever its spelling, and as reached by code when any managed rule reaches it", () =>
    expect(
      compareInventory(rules(item("a", ["Ada@example.com"]), item("b", ["ada@example.com", "bob@example.com"])), [
        managed("a"),
      ]).receivers,
    ).toEqual({ managed: 1, total: 2 }));

  it("says of what could not be listed that it is unknown, and claims no coverage", () =>
    expect(compareInventory([{ type: TYPE, title: "rules", unknown: "403" }], [managed("a")])).toEqual({
      entries: [{ bucket: "unknown", type: TYPE, kind: "notification rule", name: "rules", reason: "403" }],
      coverage: [],
      receivers: { managed: 0, total: 0 },
      warnings: new Map(),
    }));

  it("tells what is wrong with what exists, be it managed or not", () => {
    const silent = (id: string) => ({ ...item(id), warning: `${id} is silent` });
    const { entries, warnings } = compareInventory(rules(silent("A"), silent("b"), item("c")), [
      managed("a"),
      managed("c"),
    ]);
    expect([...warnings]).toEqual([[`${TYPE} a`, "A is silent"]]);
    expect(entries).toMatchObject([{ id: "b", bucket: "unmanaged", warning: "b is silent" }]);
  });
});
