import { topology as mail } from "../../lib/mail/resource/topology";
import { systems } from "../../lib/systems";
import { buildTopology, alertPaths } from "../../lib/topology";
import { MASK } from "../../lib/plan";

const types = systems.flatMap(({ name, topology = {}, resources }) =>
  Object.keys(topology).map((type) => ({
    system: name,
    type,
    known: resources.some(({ schema }) => schema.type === type),
  })),
);

it("every system says what its resources mean for the way of the alerts, and only of its own", () => {
  expect(systems.filter(({ topology = {} }) => Object.keys(topology).length === 0).map(({ name }) => name)).toEqual([]);
  expect(types.filter(({ known }) => !known)).toEqual([]);
});

describe("a plan may know nothing, give nothing or hide everything", () => {
  const all = [...types.map(({ type }) => type), ...Object.keys(mail)];
  const attributesOf = (type: string) =>
    Object.keys(
      systems.flatMap(({ resources }) => resources).find(({ schema }) => schema.type === type)?.schema.attributes ?? {
        to: 1,
        via: 1,
        declared_flows: 1,
        username: 1,
      },
    );

  it.each(all)("%s", (type) => {
    const names = attributesOf(type);
    for (const values of [
      {},
      Object.fromEntries(names.map((name) => [name, null])),
      Object.fromEntries(names.map((name) => [name, [MASK]])),
    ]) {
      const topology = buildTopology([{ address: `${type}.x`, type, values }]);
      expect(Object.values(topology).flat()).not.toEqual([]);
      expect(Array.isArray(alertPaths(topology))).toBe(true);
    }
  });
});
