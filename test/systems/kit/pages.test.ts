import { readPages, type Page, type PagePosition } from "../../../lib/systems/kit/pages";
import { problemsOf } from "../../support/system-room";

const endless = () => ({ code: "acme/endless", severity: "error", summary: "no end", fix: "report it" }) as const;
const items = Array.from({ length: 25 }, (_, index) => index);

/** Reads a list of 25 from a server that pages by ten, as `tells` has it. */
async function read(tells: (rows: number[], position: PagePosition) => Page<number>, enough?: number) {
  const positions: PagePosition[] = [];
  const all = await readPages(
    async (position) => {
      positions.push(position);
      return tells(items.slice(position.offset, position.offset + 10), position);
    },
    { endless, ...(enough === undefined ? {} : { enough }) },
  );
  return { all, positions };
}

it.each<[string, (rows: number[], position: PagePosition) => Page<number>, number]>([
  ["its total is reached", (rows) => ({ items: rows, total: 25 }), 3],
  ["a page is not full", (rows) => ({ items: rows, size: 10 }), 3],
  [
    "the last cursor is null",
    (rows, { offset }) => ({ items: rows, cursor: offset < 20 ? `after ${offset}` : null }),
    3,
  ],
  ["a page is empty, when nothing is told", (rows) => ({ items: rows }), 4],
])("ends a list when %s", async (_, tells, requests) => {
  const { all, positions } = await read(tells);
  expect(all).toEqual(items);
  expect(positions).toHaveLength(requests);
});

it("hands each page its number, its offset and what the one before named", async () => {
  const { positions } = await read((rows, { offset }) => ({
    items: rows,
    cursor: offset < 20 ? `after ${offset}` : null,
  }));
  expect(positions).toEqual([
    { number: 0, offset: 0, cursor: undefined },
    { number: 1, offset: 10, cursor: "after 0" },
    { number: 2, offset: 20, cursor: "after 10" },
  ]);
});

it("takes one page of a server that ignores paging", async () => {
  expect((await read(() => ({ items: items.slice(0, 10), size: 10 }))).all).toEqual(items.slice(0, 10));
});

it("reads no further than is enough", async () => {
  expect((await read((rows) => ({ items: rows, total: 25 }), 5)).positions).toHaveLength(1);
});

it("refuses a list without an end instead of cutting it: what is cut would look deleted", async () => {
  let count = 0;
  const problems = await problemsOf(readPages(async () => ({ items: [count++] }), { endless }));
  expect(problems).toMatchObject([{ code: "acme/endless" }]);
  expect(count).toBe(1_000);
});
