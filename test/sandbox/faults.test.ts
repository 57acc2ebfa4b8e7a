import { Faults, type Fault, type FaultTarget } from "../../lib/sandbox/faults";

const target = (fields: Partial<FaultTarget> = {}): FaultTarget => ({
  system: "ovh",
  method: "GET",
  path: "/v1/dedicatedCloud/pcc-192-0-2-10/task/7",
  now: 0,
  ...fields,
});
const status: Fault["effect"] = { kind: "status", status: 503 };

function strikes(fault: Fault, targets: readonly Partial<FaultTarget>[]): boolean[] {
  const faults = new Faults();
  faults.add(fault);
  return targets.map((fields) => faults.strike(target(fields)) !== undefined);
}

describe("faults", () => {
  it.each<[string, string, boolean]>([
    ["/**/task/*", "/v1/dedicatedCloud/pcc-192-0-2-10/task/7", true],
    ["/**/task/*", "/v1/dedicatedCloud/pcc-192-0-2-10/task/7/more", false],
    ["/v1/*/task", "/v1/a/b/task", false],
    ["/v1/a.c", "/v1/abc", false],
    ["/**", "/anything/at/all", true],
  ])("%s against %s: %s", (path, asked, hit) => {
    expect(strikes({ path, effect: status }, [{ path: asked }])).toEqual([hit]);
  });

  it("hits once by default, only the named method and system", () => {
    const fault: Fault = { system: "ovh", method: "post", path: "/**", effect: status };
    expect(strikes(fault, [{}, { method: "POST", system: "vrops" }, { method: "POST" }, { method: "POST" }])).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it.each(["ANY", "any", undefined])("hits every method when it names %s", (method) => {
    const fault: Fault = { ...(method && { method }), path: "/**", effect: status, times: "always" };
    expect(strikes(fault, [{}, { method: "POST" }, { method: "DELETE" }])).toEqual([true, true, true]);
  });

  it("lets the first ones pass, hits the next ones, then is over", () => {
    expect(strikes({ path: "/**", effect: status, after: 1, times: 2 }, [{}, {}, {}, {}])).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("never ends when told so, until it is cleared", () => {
    const faults = new Faults();
    const { id } = faults.add({ path: "/**", effect: status, times: "always" });
    for (let i = 0; i < 5; i++) expect(faults.strike(target())).toEqual({ effect: status });
    expect(faults.list()).toMatchObject([{ id, hits: 5 }]);
    expect(faults.clear(id)).toBe(true);
    expect(faults.clear(id)).toBe(false);
    expect(faults.strike(target())).toBeUndefined();
  });
});
