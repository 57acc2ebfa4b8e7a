import { faultFromJson } from "../../lib/sandbox/fault-json";

describe("a fault sent as JSON", () => {
  it("is taken as it is", async () => {
    const fault = { path: "/x", effect: { kind: "status", status: 500, body: { a: 1 } } };
    expect(await faultFromJson(fault)).toEqual(fault);
  });

  it.each([[undefined], [{ path: "x", effect: { kind: "stale" } }], [{ path: "/x" }], [{ path: "/x", efect: {} }]])(
    "%j is refused",
    (json) => expect(faultFromJson(json)).rejects.toThrow("sandbox/fault-invalid"),
  );
});
