import { ProblemError } from "../../../lib/core/problem";
import { connect } from "../../../lib/systems/ovh-vrops/connect";
import { connectionOf } from "../../../lib/systems/ovh-vrops/settings";
import { runtimeOf, settingsOf, type Block } from "./support";

const signatureVariables = {
  OVH_APPLICATION_KEY: "env-ak",
  OVH_APPLICATION_SECRET: "env-as",
  OVH_CONSUMER_KEY: "env-ck",
};

function resolved(block: Block, environment: Record<string, string> = {}, files: Record<string, string> = {}) {
  return connectionOf(settingsOf(block, runtimeOf({ environment, readFile: (path) => files[path] })));
}

function problem(...args: Parameters<typeof resolved>) {
  try {
    resolved(...args);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!;
    throw error;
  }
  throw new Error("no problem found");
}

test("attributes win over variables, variables over files, and files are merged key by key", () => {
  const { endpoint, credential } = resolved(
    { consumer_key: "attribute-ck" },
    { OVH_APPLICATION_SECRET: "env-as" },
    {
      "/etc/ovh.conf": "[default]\nendpoint = ovh-eu\n[ovh-ca]\napplication_key = etc-ak\nconsumer_key=etc-ck\n",
      "/home/somebody/.ovh.conf": "[default]\nendpoint=ovh-ca ; the one with the maple\n",
      "/project/ovh.conf": "; ours\n[ovh-ca]\r\napplication_key = project-ak\r\napplication_secret=project-as\n",
    },
  );
  expect(endpoint.baseUrl).toBe("https://ca.api.ovh.com/1.0");
  expect(credential).toEqual({
    method: "signature",
    applicationKey: "project-ak",
    applicationSecret: "env-as",
    consumerKey: "attribute-ck",
  });
});

test("without any endpoint it is Europe", () => {
  expect(resolved({}, signatureVariables).endpoint.name).toBe("ovh-eu");
});

test("only the section of the endpoint counts", () => {
  const files = { "/etc/ovh.conf": "[ovh-ca]\nclient_id=a\nclient_secret=b\n" };
  expect(problem({}, {}, files).code).toBe("ovh/no-credential");
});

test("a base URL names its section too", () => {
  const url = "https://127.0.0.1:8443/1.0";
  const files = { "/etc/ovh.conf": `[default]\nendpoint=${url}\n[${url}]\naccess_token=from-file\n` };
  expect(resolved({}, {}, files)).toMatchObject({
    endpoint: { baseUrl: url },
    credential: { accessToken: "from-file" },
  });
});

test("an empty variable is as good as none", () => {
  const files = { "/etc/ovh.conf": "[ovh-eu]\naccess_token=from-file\n" };
  expect(resolved({}, { OVH_ACCESS_TOKEN: "", OVH_CLIENT_ID: "" }, files).credential).toMatchObject({
    accessToken: "from-file",
  });
});

test("a service account brings its region's token URL", () => {
  const { credential } = resolved({ endpoint: "ovh-us", client_id: "id", client_secret: "secret" });
  expect(credential).toMatchObject({
    method: "service-account",
    tokenUrl: "https://us.ovhcloud.com/auth/oauth2/token",
  });
});

test("secrets are told to the redactor", () => {
  const runtime = runtimeOf({ environment: signatureVariables });
  connect(settingsOf({}, runtime), runtime);
  expect(runtime.redactor.redact("env-as env-ck env-ak")).not.toMatch(/env-/);
});

test("nothing at all: the problem names attributes, variables and the file's section", () => {
  expect(problem({})).toMatchObject({
    code: "ovh/no-credential",
    path: ["ovh"],
    fix: expect.stringMatching(/OVH_APPLICATION_KEY.*\[ovh-eu\] of ovh\.conf/),
  });
});

test.each<[Block, string]>([
  [{ application_key: "a", application_secret: "b" }, "consumer_key is missing"],
  [{ application_key: "a" }, "application_secret and consumer_key are missing"],
  [{ client_id: "a" }, "client_secret is missing"],
])("half a credential %j: %s", (settings, missing) => {
  const found = problem(settings);
  expect(found.code).toBe("ovh/half-a-credential");
  expect(found.summary).toContain(missing);
  expect(JSON.stringify(found)).not.toContain('"b"');
});

test("two ways in one place: the problem says where each stands, and no value", () => {
  const found = problem({}, { ...signatureVariables, OVH_CLIENT_ID: "env-id" });
  expect(found).toMatchObject({
    code: "ovh/several-credentials",
    got: "application_key from OVH_APPLICATION_KEY, application_secret from OVH_APPLICATION_SECRET, consumer_key from OVH_CONSUMER_KEY, client_id from OVH_CLIENT_ID",
  });
});

test.each<[string, Block, Record<string, string>, string]>([
  ["the block hides the environment", { access_token: "block" }, signatureVariables, "access-token"],
  ["the environment hides the file", {}, signatureVariables, "signature"],
])("a login in a higher place is the one: %s", (_, block, environment, method) => {
  const files = { "/project/ovh.conf": "[ovh-eu]\nclient_id=file-id\nclient_secret=file-secret\n" };
  expect(resolved(block, environment, files).credential.method).toBe(method);
});

test("a file that may not be read is none, as for OVHcloud's own tools", () => {
  const readFile = (path: string) => {
    if (path === "/etc/ovh.conf") throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    return path === "/project/ovh.conf" ? "[ovh-eu]\naccess_token=from-file\n" : undefined;
  };
  expect(settingsOf({}, runtimeOf({ readFile })).login).toEqual({ kind: "access-token", access_token: "from-file" });
});

test.each<[Block, string, string]>([
  [{ endpoint: "ovh_eu" }, "ovh/unknown-endpoint", 'Did you mean "ovh-eu"?'],
  [
    { endpoint: "https://eu.api.ovh.com" },
    "ovh/endpoint-without-version",
    'Did you mean "https://eu.api.ovh.com/1.0"?',
  ],
  [
    { endpoint: "kimsufi-eu", client_id: "a", client_secret: "b" },
    "ovh/no-service-accounts",
    "Use `ovh.application_key`, `ovh.application_secret` and `ovh.consumer_key`, or correct `ovh.endpoint`.",
  ],
  [
    { endpoint: "https://127.0.0.1/1.0", client_id: "a", client_secret: "b" },
    "ovh/no-token-url",
    "Set it, for example to https://www.ovh.com/auth/oauth2/token.",
  ],
  [{ access_token: "abcd", api_rate_limit: 0 }, "ovh/bad-rate-limit", "Raise it, or leave it out."],
])("%j is refused as %s", (settings, code, fix) => {
  expect(problem(settings)).toMatchObject({ code, fix });
});
