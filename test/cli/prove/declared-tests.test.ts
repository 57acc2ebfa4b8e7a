import type { Declaration } from "../../../lib/cli/mail/declared";
import { chainsOfTests } from "../../../lib/cli/prove/declared-tests";
import { systems } from "../../../lib/systems";

const ADDRESS = "outbound_test_email.test";
const declaration = (more: Partial<Declaration> = {}): Declaration => ({
  address: ADDRESS,
  kind: "send",
  directory: "/stack",
  unknown: [],
  values: {
    smtp_host: "smtp.example.com",
    smtp_port: 587,
    from_address: "alerts@example.com",
    to: ["oncall@example.com"],
  },
  ...more,
});
const via = (...names: string[]) => ({ ...declaration().values, via: names.map((system) => ({ system, id: "1" })) });
const only = (...args: Parameters<typeof chainsOfTests>) => {
  const [chain, ...others] = chainsOfTests(...args);
  expect(others).toEqual([]);
  return chain!;
};

it("takes values from the plan, and the source of each secret from the code", () => {
  const configured = declaration({
    values: { ...declaration().values, username: "alerts" },
    unknown: [{ path: "smtp_host" }],
    password: { variable: "SMTP_PASSWORD" },
  });
  const planned = declaration({
    address: `${ADDRESS}["a"]`,
    values: { ...declaration().values, username: "alerts" },
    password: { declared: "something" },
  });
  expect(only("send", [planned], [configured], systems)).toMatchObject({
    address: `${ADDRESS}["a"]`,
    test: { password: { variable: "SMTP_PASSWORD" } },
  });
});

it("goes by the code alone where no plan could be made", () => {
  expect(only("probe", [], [declaration()], systems)).toMatchObject({ test: { kind: "send" } });
});

describe("an action", () => {
  const action = (more: Partial<Declaration> = {}) =>
    declaration({ address: "action.outbound_send_test_email.proof", ...more });

  it("is walked like a resource, by the code where the plan does not invoke it", () => {
    expect(only("send", [], [action()], systems)).toMatchObject({
      address: "action.outbound_send_test_email.proof",
      test: { kind: "send", values: { smtp_host: "smtp.example.com" } },
    });
  });

  it("has the settings that the plan tells where it is invoked", () => {
    const values = { ...declaration().values, smtp_host: "planned.example.com" };
    const configured = action({ unknown: [{ path: "smtp_host" }], password: { variable: "SMTP_PASSWORD" } });
    expect(only("send", [action({ values })], [configured], systems)).toMatchObject({
      test: { values: { smtp_host: "planned.example.com" } },
    });
  });

  it("is left alone where only Terraform could evaluate it, and not where a variable is missing", () => {
    expect(chainsOfTests("probe", [], [action({ unknown: [{ path: "to[0]" }] })], systems)).toEqual([]);
    const unset = action({ unknown: [{ path: "smtp_host", variable: "TF_VAR_host" }] });
    expect(only("probe", [], [unset], systems)).toMatchObject({
      test: { unknown: expect.stringContaining("TF_VAR_host") as string },
    });
  });
});

it("what nobody can tell makes one chain unknown, by name, and leaves the others", () => {
  const unknown = declaration({
    values: { ...declaration().values, smtp_host: undefined },
    unknown: [{ path: "smtp_host" }],
  });
  const [first, second] = chainsOfTests(
    "probe",
    [unknown, declaration({ address: "outbound_test_email.other" })],
    [],
    systems,
  );
  expect(first!.test).toMatchObject({
    unknown: expect.stringContaining("smtp_host is known after the apply only") as string,
  });
  expect(second!.test).toMatchObject({ title: "outbound_test_email.other" });
});

it("sends by the platforms that mail the declared receivers, and never by those that page people", () => {
  const { test, leftOut } = only("send", [declaration({ values: via("vrops", "alertops", "uipath") })], [], systems);
  expect(test).toMatchObject({ values: { via: [{ system: "vrops" }, { system: "uipath" }] } });
  expect(leftOut).toEqual([expect.stringMatching(/^the own test of alertops is left out: .*pages/)]);
});

it("is left with none where all of them would", () => {
  expect(only("send", [declaration({ values: via("alertops") })], [], systems).test).toMatchObject({
    values: { via: null },
  });
});
