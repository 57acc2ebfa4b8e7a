import { addressOf, dataState, flowState, seededServices } from "../../bench/flows";
import { stateFile } from "../../bench/state-file";
import { flowSchema } from "../../lib/systems/ovh-vrops/flow.schema";

interface State {
  readonly version: number;
  readonly terraform_version: string;
  readonly resources: readonly {
    readonly type: string;
    readonly provider: string;
    readonly instances: readonly { readonly index_key?: number; readonly attributes: Record<string, unknown> }[];
  }[];
}
const read = (text: string) => JSON.parse(text) as State;

test("instances of a `count` have their index, resources of their own have none", () => {
  const one = { type: "terraform_data", name: "one", counted: false, instances: [{ id: "x" }] };
  const { version, terraform_version, resources } = read(stateFile([dataState(2), one], "1.11.4"));
  expect([version, terraform_version]).toEqual([4, "1.11.4"]);
  expect(resources.map(({ instances }) => instances.map(({ index_key }) => index_key))).toEqual([[0, 1], [undefined]]);
  expect(resources[0]!.provider).toBe('provider["terraform.io/builtin/terraform"]');
});

test("a flow of the state has every attribute of the schema, and leads where the simulated one does", () => {
  const ids = ["pcc-192-0-2-10/41", "pcc-192-0-2-10/42"];
  const { resources } = read(stateFile([flowState(ids)], "1.11.4"));
  const [{ provider, instances }] = resources as [State["resources"][number]];
  expect(provider).toBe('provider["registry.terraform.io/cdktf-outbound/outbound"]');
  const flows = seededServices(2).services[0]!.flows;
  instances.forEach(({ attributes }, index) => {
    expect(Object.keys(attributes).sort()).toEqual(Object.keys(flowSchema.attributes).sort());
    expect(attributes).toMatchObject({
      id: ids[index],
      flow_id: 41 + index,
      ip: flows[index]!.ip,
      port: flows[index]!.port,
    });
  });
});

test("ten thousand flows lead to ten thousand addresses", () => {
  expect(new Set(Array.from({ length: 10_000 }, (_, index) => addressOf(index))).size).toBe(10_000);
  expect(addressOf(9_999)).toBe("10.0.39.249");
});
