import { EVERYWHERE, realmDigest } from "../../../lib/systems/kit/realm";

it("names a place the same in every run, in a form fit for files", () => {
  const name = realmDigest("acme", ["https://a", "tenant"]);
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  expect(realmDigest("acme", ["https://a", "tenant"])).toBe(name);
});

it("tells places apart, by system and by each of their parts", () => {
  const places = [
    ["acme", []],
    ["acme", ["a", "b"]],
    ["acme", ["b", "a"]],
    ["acme", ["ab"]],
    ["acme", ["a", "", "b"]],
    ["other", ["a", "b"]],
    ["acmea", ["b"]],
  ] as const;
  expect(new Set(places.map(([system, place]) => realmDigest(system, place))).size).toBe(places.length);
});

it("is one place for ids that are unique everywhere", () => {
  expect([EVERYWHERE.settings, EVERYWHERE.place()]).toEqual([[], []]);
});
