import { Laboratory } from "./systematic";

let laboratory: Laboratory;
beforeAll(async () => {
  laboratory = await Laboratory.start();
});
afterAll(() => laboratory.close());

it("knows the routes by which each system is written to", async () => {
  const routes = await laboratory.routes();
  const written = (system: string) =>
    new Set(routes.filter((one) => one.system === system).map(({ method }) => method));
  expect(written("ovh")).toEqual(new Set(["POST", "DELETE"]));
  expect(written("vrops")).toEqual(new Set(["POST", "PUT", "DELETE"]));
  expect([...written("uipath")]).toEqual(expect.arrayContaining(["POST", "DELETE"]));
  expect([...written("uptrends")]).toEqual(expect.arrayContaining(["POST", "DELETE"]));
  expect([...written("alertops")]).toEqual(expect.arrayContaining(["POST", "DELETE"]));
  const uptrends = routes.filter(({ system }) => system === "uptrends").map(({ path }) => path);
  expect(uptrends.filter((path) => path.includes("/Member/"))).toHaveLength(4);
  expect(uptrends.filter((path) => path.includes("/Integration"))).toHaveLength(3);
  expect(routes.filter(({ path }) => /[0-9a-f]{8}-[0-9a-f]{4}-/.test(path.replace(/\/acme.*/, "")))).toEqual([]);
});

it.each(["reset after", "reset before", "503", "truncated"])(
  "plays a life in which a creation has %s",
  async (effect) => {
    const route = { system: "vrops", method: "POST", path: "/suite-api/api/alertplugins" };
    await expect(laboratory.play(route, effect)).resolves.toEqual({ hits: 1, wrong: [] });
  },
);
