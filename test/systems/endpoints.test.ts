import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { endpointVariables, surroundingOf } from "../../lib/systems/endpoints";

it("says where systems are, and nothing of who logs in: that may be somebody else at the apply", () => {
  expect([...endpointVariables()].sort()).toEqual([
    "ALERTOPS_CA_CERTIFICATE",
    "ALERTOPS_NOTIFY_URL",
    "ALERTOPS_TEST_ALERTS",
    "ALERTOPS_URL",
    "OVH_CA_CERTIFICATE",
    "OVH_ENDPOINT",
    "OVH_TOKEN_URL",
    "UIPATH_CA_CERTIFICATE",
    "UIPATH_IDENTITY_URL",
    "UIPATH_ORGANIZATION",
    "UIPATH_TENANT",
    "UIPATH_URL",
    "UPTRENDS_CA_CERTIFICATE",
    "UPTRENDS_URL",
    "VROPS_CA_CERTIFICATE",
    "VROPS_URL",
  ]);
});

describe("what says so here", () => {
  const settings = (environment: Record<string, string>, files: Record<string, string> = {}) =>
    surroundingOf({
      environment,
      homeDirectory: "/home/a",
      workingDirectory: "/stack",
      readFile: (path) => files[path],
      redactor: new Redactor(),
      log: silentLogger,
    }).endpoints;
  const conf = (endpoint: string, more = "") =>
    `[default]\nendpoint=${endpoint}\n[${endpoint}]\napplication_secret=s3cret\nconsumer_key=key\n${more}`;

  it("is nothing where nobody says anything, and an empty variable says nothing", () => {
    expect([settings({}), settings({ VROPS_URL: "" })]).toEqual([[], []]);
  });

  it("is a variable, and no login", () => {
    expect(settings({ VROPS_URL: "https://v.example", VROPS_PASSWORD: "x", VROPS_USERNAME: "y" })).toEqual([
      { name: "VROPS_URL", value: "https://v.example" },
    ]);
  });

  it.each(["/etc/ovh.conf", "/home/a/.ovh.conf", "/stack/ovh.conf"])(
    "is %s, called the same wherever it lies",
    (path) => {
      const files = { [path]: conf("https://evil.example/1.0", "token_url=https://evil.example/token\n") };
      expect(settings({}, files)).toEqual([
        { name: "ovh.endpoint in ovh.conf", value: "https://evil.example/1.0" },
        { name: "ovh.token_url in ovh.conf", value: "https://evil.example/token" },
      ]);
    },
  );

  it("is the section that the variable chooses, which hides the file's own choice", () => {
    const files = { "/etc/ovh.conf": `${conf("ovh-eu")}[ovh-ca]\ntoken_url=https://ca.example/token\n` };
    expect(settings({ OVH_ENDPOINT: "ovh-ca" }, files)).toEqual([
      { name: "OVH_ENDPOINT", value: "ovh-ca" },
      { name: "ovh.token_url in ovh.conf", value: "https://ca.example/token" },
    ]);
  });
});
