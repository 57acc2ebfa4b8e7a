import { createUptrendsSimulator } from "../../../lib/systems/uptrends/simulator";
import { startSimulated, type Simulated } from "../../support/simulated";

/**
 * What the vendor's own Terraform provider (2.0) asks, request by request, when it makes, changes and destroys a definition
 * with levels, an integration and members. It names a type for all its requests, also where it sends no body.
 *
 * @see https://github.com/ITRS-Group/terraform-provider-itrs-uptrends
 */
interface Step {
  readonly method: string;
  /** `{name}`: what an earlier answer told. */
  readonly path: string;
  readonly body?: object;
  readonly status: number;
  /** What the answer holds at least. */
  readonly answer?: object;
  /** The field of the answer that is kept, under this name. */
  readonly keep?: readonly [field: string, name: string];
}

const LEVEL = "/AlertDefinition/{definition}/EscalationLevel/1";

const levelBody = (errors: number) => ({
  EscalationMode: "AlertOnErrorCount",
  Id: 1,
  ThresholdErrorCount: errors,
  ThresholdMinutes: 5,
  IsActive: true,
  Message: "",
  NumberOfReminders: 0,
  ReminderDelay: 10,
  IncludeTraceRoute: false,
  AlertDefinitionGuid: "{definition}",
});

const memberships = [
  ["/AlertDefinition/{definition}/Member", "Monitor", "monitor", {}],
  ["/AlertDefinition/{definition}/Member", "MonitorGroup", "monitorGroup", {}],
  [`${LEVEL}/Member`, "Operator", "operator", { Escalationlevel: 1 }],
  [`${LEVEL}/Member`, "OperatorGroup", "operatorGroup", { Escalationlevel: 1 }],
] as const;

const steps: readonly Step[] = [
  {
    method: "POST",
    path: "/AlertDefinition",
    body: { AlertName: "Shop is down", IsActive: true },
    status: 201,
    answer: { AlertName: "Shop is down", IsActive: true },
    keep: ["AlertDefinitionGuid", "definition"],
  },
  { method: "PATCH", path: LEVEL, body: levelBody(2), status: 204 },
  {
    method: "POST",
    path: `${LEVEL}/Integration`,
    body: { IntegrationGuid: "{integration}", IsActive: true, SendOkAlerts: false, SendReminderAlerts: false },
    status: 201,
  },
  ...memberships.map(([place, segment, name, more]) => ({
    method: "POST",
    path: `${place}/${segment}/{${name}}`,
    status: 201,
    answer: { AlertDefinition: "{definition}", [segment]: `{${name}}`, ...more },
  })),
  // A second plan.
  { method: "GET", path: "/AlertDefinition/{definition}", status: 200, answer: { AlertName: "Shop is down" } },
  { method: "GET", path: "/AlertDefinition/{definition}/EscalationLevel", status: 200 },
  { method: "GET", path: `${LEVEL}/Integration/{integration}`, status: 200 },
  ...memberships.map(([path]) => ({ method: "GET", path, status: 200 })),
  { method: "GET", path: "/Operator/{operator}", status: 200, answer: { FullName: "Jane Doe" } },
  { method: "GET", path: "/OperatorGroup/{operatorGroup}", status: 200 },
  { method: "GET", path: "/Monitor/{monitor}", status: 200, answer: { Name: "Shop" } },
  { method: "GET", path: "/MonitorGroup/{monitorGroup}", status: 200 },
  // A change.
  { method: "PATCH", path: "/AlertDefinition/{definition}", body: { AlertName: "Shop", IsActive: true }, status: 204 },
  { method: "PATCH", path: LEVEL, body: levelBody(3), status: 204 },
  // Destroy.
  ...memberships.map(([place, segment, name]) => ({
    method: "DELETE",
    path: `${place}/${segment}/{${name}}`,
    status: 204,
  })),
  { method: "DELETE", path: `${LEVEL}/Integration/{integration}`, status: 204 },
  { method: "DELETE", path: "/AlertDefinition/{definition}", status: 204 },
  { method: "GET", path: "/AlertDefinition", status: 200 },
];

let simulated: Simulated;
beforeEach(async () => (simulated = await startSimulated(createUptrendsSimulator)));
afterEach(() => simulated.close());

async function send({ method, path, body }: Pick<Step, "method" | "path" | "body">) {
  const { UPTRENDS_URL, UPTRENDS_USERNAME, UPTRENDS_PASSWORD } = simulated.simulator.environment(simulated.url);
  const login = Buffer.from(`${UPTRENDS_USERNAME}:${UPTRENDS_PASSWORD}`).toString("base64");
  const answer = await fetch(UPTRENDS_URL + path, {
    method,
    headers: { accept: "application/json", "content-type": "application/json", authorization: `Basic ${login}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? undefined : JSON.parse(text)) as unknown };
}

const guidOf = async (path: string, field: string, value: string) =>
  ((await send({ method: "GET", path })).body as Record<string, string>[]).find((one) =>
    Object.values(one).includes(value),
  )![field]!;

it("answers the requests of the vendor's own provider, from the first to the last", async () => {
  const known = new Map([
    ["integration", await guidOf("/Integration", "IntegrationGuid", "Phone")],
    ["monitor", await guidOf("/Monitor", "MonitorGuid", "Shop")],
    ["monitorGroup", await guidOf("/MonitorGroup", "MonitorGroupGuid", "Production")],
    ["operator", await guidOf("/Operator", "OperatorGuid", "Jane Doe")],
    ["operatorGroup", await guidOf("/OperatorGroup", "OperatorGroupGuid", "NOC")],
  ]);
  const filled = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replace(/\{(\w+)\}/g, (_, name: string) => known.get(name)!)) as T;
  for (const { answer, keep, status, ...step } of steps) {
    const got = await send(filled(step));
    expect({ ...step, ...got }).toMatchObject({
      status,
      ...(answer === undefined ? {} : { body: filled(answer) }),
    });
    if (keep !== undefined) known.set(keep[1], (got.body as Record<string, string>)[keep[0]]!);
  }
  expect((await send({ method: "GET", path: "/AlertDefinition" })).body).toEqual([]);
});

it("knows routes in the plural, as before 2022", async () => {
  const { body } = await send({ method: "POST", path: "/AlertDefinitions", body: { AlertName: "Shop" } });
  const { AlertDefinitionGuid: guid } = body as { AlertDefinitionGuid: string };
  const monitor = await guidOf("/Monitors", "MonitorGuid", "Shop");
  const place = `/AlertDefinitions/${guid}/Members`;
  expect(await send({ method: "POST", path: `${place}/Monitors/${monitor}` })).toMatchObject({ status: 201 });
  expect(await send({ method: "GET", path: `/AlertDefinition/${guid}/Member` })).toEqual({
    status: 200,
    body: [{ MonitorGuid: monitor }],
  });
  expect(await send({ method: "GET", path: `/AlertDefinitions/${guid}/EscalationLevels/2/Members` })).toEqual({
    status: 200,
    body: [],
  });
});

it("says in the vendor's form what it does not take", async () => {
  const { body } = await send({ method: "POST", path: "/AlertDefinition", body: { AlertName: "Shop" } });
  const { AlertDefinitionGuid: guid } = body as { AlertDefinitionGuid: string };
  const place = `/AlertDefinition/${guid}/Member`;
  const monitor = await guidOf("/Monitor", "MonitorGuid", "Shop");
  const unknown = "00000000-1111-4222-8333-444444444444";
  const told = { Messages: [{ Message: expect.stringMatching(/\w/) }] };
  await send({ method: "POST", path: `${place}/Monitor/${monitor}` });
  for (const [step, status] of [
    [{ method: "POST", path: `${place}/Monitor/${monitor}` }, 403],
    [{ method: "POST", path: `${place}/Monitor/${unknown}` }, 404],
    [{ method: "POST", path: `${place}/MonitorGroup/${monitor}` }, 404],
    [{ method: "DELETE", path: `${place}/Monitor/${unknown}` }, 404],
    [{ method: "GET", path: `/AlertDefinition/${unknown}/Member` }, 400],
    [{ method: "GET", path: `/AlertDefinition/${guid}/EscalationLevel/9/Member` }, 404],
    [{ method: "POST", path: "/AlertDefinition" }, 403],
  ] as const) {
    expect({ step, ...(await send(step)) }).toMatchObject({ step, status, body: told });
  }
});
