import { vropsData } from "../../../lib/systems/ovh-vrops/vrops.data";
import { closeWorlds, SERVICE, startWorld } from "./support";

afterEach(closeWorlds);

const config = { service_name: SERVICE } as never;

test("tells the address to allow on the SMTP side", async () => {
  const world = await startWorld();
  expect(await vropsData.read(config, world.context())).toEqual({
    id: SERVICE,
    service_name: SERVICE,
    state: "enabled",
    enabled: true,
    url: `https://${SERVICE}.example.net/vrops`,
    public_ip: "192.0.2.77",
    version: "8.10.2",
    upgrades: [],
  });
});

test("of a vROps that is off tells that, and nothing else", async () => {
  const world = await startWorld();
  world.intervene("disable-vrops");
  expect(await vropsData.read(config, world.context())).toMatchObject({ enabled: false, state: "disabled", url: null });
});
