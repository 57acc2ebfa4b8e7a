import { asAttribute, renderProse, type Prose } from "../../../../lib/core/prose";
import { allCauses } from "../../../../lib/mail/diagnosis/refusals/all-causes";
import { allRows } from "../../../../lib/mail/diagnosis/refusals/engine";
import { allRemedies } from "../../../../lib/mail/diagnosis/remedies";

const text = (prose: Prose) => renderProse(prose, asAttribute);
const sentences = (prose: string) => prose.split(/(?<=[.?!])\s+(?=[A-Z`])/);

const fixes: readonly (readonly [string, Prose])[] = [
  ...allCauses.flatMap(({ id, fix, unless = [] }) =>
    [fix, ...unless.map((other) => other.fix)].map((one) => [id, one] as const),
  ),
  ...allRows.flatMap(({ id, fix }) => (fix === undefined ? [] : [[id, fix] as const])),
];
const summaries: readonly (readonly [string, Prose])[] = [
  ...allCauses.map(({ id, summary }) => [id, summary] as const),
  ...allRows.flatMap(({ id, summary }) => (summary === undefined ? [] : [[id, summary] as const])),
];

it.each(fixes)("%s says what to do in one sentence or two", (_, fix) => {
  const said = text(fix);
  expect(said).toMatch(/^[A-Z].*[.]$/);
  expect(sentences(said).length).toBeLessThanOrEqual(3);
});

it.each(summaries)("%s says what happened on one line, without a full stop", (_, summary) => {
  expect(text(summary)).toMatch(/^[A-Z][^\n]*[^.\n]$/);
});

it("gives every cause an id of its own, which no other remedy has for something else", () => {
  const ids = allCauses.map(({ id }) => id);
  expect(ids).toHaveLength(new Set(ids).size);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  const others = allRemedies.map(({ code }) => code.slice("mail/".length));
  expect(ids.filter((id) => others.includes(id)).sort()).toEqual(["not-smtp", "token-refused"]);
});

it("refers to every setting by a reference, and never in quotes", () => {
  const literals = [...fixes, ...summaries].flatMap(([id, prose]) =>
    prose
      .filter((part): part is string => typeof part === "string" && /`|[a-z]+_[a-z]+/.test(part))
      .map((part) => `${id}: ${part}`),
  );
  expect(literals).toEqual([]);
});
