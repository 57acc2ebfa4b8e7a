import { difference, settingsOf } from "./world";

const world = (settings: object, name = "one") =>
  settingsOf([{ system: "vrops", type: "outbound_vrops_plugin", id: "1", name, foreign: false, settings }] as never);

it("takes an empty setting for one that is not there, and everything else for what it is", () => {
  expect(world({ name: "x", description: "", owner: null })).toEqual(world({ name: "x" }));
  expect(world({ name: "x", enabled: false })).not.toEqual(world({ name: "x" }));
  expect(world({ name: "x", port: 0 })).not.toEqual(world({ name: "x" }));
});

it("does not know ids that each world makes anew", () => {
  expect(world({ pluginId: "1", id: 7 })).toEqual(world({ pluginId: "2", id: 8 }));
});

it("tells what is there twice", () => {
  expect(difference(["a", "a", "b"], ["a", "c"])).toEqual(["there is a", "there is b", "there is no c"]);
});

it("takes values with names in any order for the same, and other lists not", () => {
  const [host, port] = [
    { name: "SMTP_HOST", value: "h" },
    { name: "SMTP_PORT", value: "25" },
  ];
  expect(world({ configValues: [host, port] })).toEqual(world({ configValues: [port, host] }));
  expect(world({ configValues: [host, port] })).not.toEqual(world({ configValues: [host, host] }));
  expect(world({ receivers: ["a", "b"] })).not.toEqual(world({ receivers: ["b", "a"] }));
});
