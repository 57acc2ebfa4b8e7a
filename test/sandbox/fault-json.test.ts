import { faultFromJson } from "../../lib/sandbox/fault-json";

describe("a fault sent as JSON", () => {
  it.each([
    { kind: "status", status: 500, body: { a: 1 } },
    { kind: "maintenance" },
    { kind: "fake-success" },
    { kind: "fake-success", status: 200 },
    { kind: "stale" },
    { kind: "stale", from: "last-write", writes: "all", ms: 100 },
    { kind: "omit", id: "41" },
  ])("is taken as it is: %j", async (effect) => {
    const fault = { method: "ANY", path: "/x", effect };
    expect(await faultFromJson(fault)).toEqual(fault);
  });

  it.each([[undefined], [{ path: "x", effect: { kind: "stale" } }], [{ path: "/x" }], [{ path: "/x", efect: {} }]])(
    "%j is refused",
    (json) => expect(faultFromJson(json)).rejects.toThrow("sandbox/fault-invalid"),
  );
});
