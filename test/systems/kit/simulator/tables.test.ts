import { Tables } from "../../../../lib/systems/kit/simulator/tables";

interface Row {
  readonly name: string;
}

const API = { at: 0, foreign: false };
const ALL = { writes: "all", since: 0, notBefore: -Infinity } as const;

function things() {
  const tables = new Tables();
  const rows = tables.table<Row>();
  const write = (act: () => void) => tables.writing(API, act);
  const names = () => rows.list().map(({ name }) => name);
  const namesBefore = (writes: number | "all") =>
    tables.reading({ position: tables.before({ ...ALL, writes }) }, names);
  return { tables, rows, write, names, namesBefore };
}

describe("the tables of a simulator", () => {
  it("show a reader the state before so many writes, rows in their old places", () => {
    const { rows, write, names, namesBefore } = things();
    for (const name of ["a", "b", "c"]) write(() => void rows.set(name, { name }));
    write(() => void rows.delete("b"));
    write(() => rows.patch("a", { name: "z" }));
    expect(names()).toEqual(["z", "c"]);
    expect(namesBefore(1)).toEqual(["a", "c"]);
    expect(namesBefore(2)).toEqual(["a", "b", "c"]);
    expect(namesBefore(4)).toEqual(["a"]);
    expect(namesBefore("all")).toEqual([]);
  });

  it("take all changes of a request for one write, also those that come long after its answer", async () => {
    const { tables, rows, write, namesBefore } = things();
    write(() => void rows.set("old", { name: "old" }));
    await tables.writing(API, async () => {
      rows.set("a", { name: "creating" });
      await new Promise((resolve) => setImmediate(resolve));
      rows.patch("a", { name: "delivered" });
    });
    expect(tables.written).toBe(2);
    expect(namesBefore(1)).toEqual(["old"]);
  });

  it("count no write that changes nothing", () => {
    const { tables, rows, write } = things();
    write(() => void rows.delete("nothing"));
    write(() => rows.patch("nothing", { name: "x" }));
    expect(tables.written).toBe(0);
    expect(tables.before(ALL)).toBeUndefined();
  });

  it("look back no further than they are told", () => {
    const { tables, rows, write } = things();
    write(() => void rows.set("a", { name: "a" }));
    expect(tables.before({ ...ALL, since: tables.written })).toBeUndefined();
    expect(tables.before({ ...ALL, notBefore: 1 })).toBeUndefined();
  });

  it("forget the beginning of a long history, and nothing of its end", () => {
    const { rows, write, namesBefore, names } = things();
    for (let count = 0; count < 12_000; count++) write(() => void rows.set("a", { name: String(count) }));
    expect(names()).toEqual(["11999"]);
    expect(namesBefore(1)).toEqual(["11998"]);
    expect(namesBefore(1_000)).toEqual(["10999"]);
  });

  it("know what was there or came from outside, whatever is done to it later", () => {
    const { tables, rows, write } = things();
    tables.seed(() => void rows.set("seed", { name: "seed" }));
    tables.writing({ at: 0, foreign: true }, () => void rows.set("colleague", { name: "colleague" }));
    write(() => void rows.set("api", { name: "api" }));
    write(() => rows.patch("seed", { name: "edited" }));
    expect(["seed", "colleague", "api"].map((key) => rows.isForeign(key))).toEqual([true, true, false]);
  });

  it("begin anew with their seeds and sequences", () => {
    const { tables, rows, write, names } = things();
    const next = tables.sequence(41);
    tables.seed(() => void rows.set("seed", { name: "seed" }));
    write(() => void rows.set(next(), { name: "made" }));
    write(() => void rows.delete("seed"));
    tables.reset();
    expect(names()).toEqual(["seed"]);
    expect(next()).toBe(41);
    expect(tables.written).toBe(0);
  });

  it("leave out of a list what they are told, and nothing of what is read by itself", () => {
    const { tables, rows, write, names } = things();
    for (const name of ["a", "b"]) write(() => void rows.set(name, { name }));
    expect(tables.reading({ omitted: "newest" }, names)).toEqual(["a"]);
    expect(tables.reading({ omitted: { key: "a" } }, names)).toEqual(["b"]);
    expect(tables.reading({ omitted: "newest" }, () => rows.get("b"))).toEqual({ name: "b" });
  });
});
