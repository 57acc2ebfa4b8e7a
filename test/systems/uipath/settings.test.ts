import { ProblemError } from "../../../lib/core/problem";
import { addressesOf } from "../../../lib/systems/uipath/addresses";
import { resolveSettings } from "../../../lib/systems/kit/settings-resolution";
import { uipath } from "../../../lib/systems/uipath";
import { connectionOf } from "../../../lib/systems/uipath/settings";
import { runtimeWith } from "./room";

const where = (url: string, rest: Partial<Parameters<typeof addressesOf>[0]> = {}) =>
  addressesOf({ url, identityUrl: undefined, organization: undefined, tenant: undefined, ...rest });

const connection = (block: Record<string, string | null>, environment: Record<string, string> = {}) => {
  const resolution = resolveSettings(uipath, block, runtimeWith(environment));
  if (resolution.status === "faulty") throw new ProblemError(...resolution.problems);
  return connectionOf((resolution as { settings: object }).settings as never);
};

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as ProblemError).problems.map(({ code, path }) => `${code} ${path?.join(".")}`).join();
  }
  return "none";
};

const application = { url: "https://cloud.uipath.com/acme/Prod", client_id: "id", client_secret: "secret" };

describe("settings that cannot be used", () => {
  it.each([
    [{}, "uipath/missing-setting uipath.url,uipath/no-credential uipath"],
    [{ ...application, url: "cloud.uipath.com" }, "uipath/bad-url uipath.url"],
    [{ ...application, url: "http://uipath.example.com" }, "uipath/bad-url uipath.url"],
    [{ ...application, url: "https://me:pw@uipath.example.com" }, "uipath/bad-url uipath.url"],
    [{ ...application, url: "https://cloud.uipath.com" }, "uipath/missing-setting uipath.organization"],
    [{ url: application.url }, "uipath/no-credential uipath"],
    [{ ...application, client_secret: null }, "uipath/half-a-credential uipath.client_secret"],
    [{ ...application, username: "me" }, "uipath/several-credentials uipath"],
    [{ url: "https://orch.example.com", username: "me" }, "uipath/half-a-credential uipath.password"],
  ])("%j: %s", (given, code) => {
    expect(codeOf(() => connection(given))).toBe(code);
  });

  it("never show a password that stands in the address", () => {
    expect(() => where("https://me:hush-hush@uipath.example.com")).toThrow(expect.not.stringContaining("hush"));
  });
});

it("takes every field from the environment", () => {
  const environment = {
    UIPATH_URL: "https://suite.example.com",
    UIPATH_ORGANIZATION: "acme",
    UIPATH_TENANT: "Prod",
    UIPATH_CLIENT_ID: "id",
    UIPATH_CLIENT_SECRET: "secret",
    UIPATH_SCOPE: "OR.Default",
  };
  expect(connection({}, environment)).toMatchObject({
    addresses: { orchestrator: "https://suite.example.com/acme/Prod/orchestrator_" },
    credential: { kind: "application", clientId: "id", clientSecret: "secret", scope: "OR.Default" },
  });
});

describe("addresses", () => {
  it.each([
    "https://cloud.uipath.com/acme/Prod",
    "https://cloud.uipath.com/acme/Prod/orchestrator_/",
    "https://cloud.uipath.com/acme/Prod/orchestrator_/odata/Settings",
  ])("of UiPath cloud and Automation Suite: %s", (url) => {
    expect(where(url)).toMatchObject({
      orchestrator: "https://cloud.uipath.com/acme/Prod/orchestrator_",
      identity: "https://cloud.uipath.com/acme/identity_",
      token: "https://cloud.uipath.com/identity_/connect/token",
      tenantHeader: undefined,
      organization: "acme",
    });
  });

  it("let attributes win over what stands in the address", () => {
    expect(where("https://suite.example.com/acme/Prod", { tenant: "Test" }).orchestrator).toBe(
      "https://suite.example.com/acme/Test/orchestrator_",
    );
  });

  it("do without a tenant, for the settings of an organization", () => {
    expect(where("https://suite.example.com", { organization: "acme" }).orchestrator).toBeUndefined();
  });

  it("of a standalone Orchestrator, whose tenant is a header", () => {
    expect(where("https://orch.example.com/", { tenant: "Sales" })).toMatchObject({
      orchestrator: "https://orch.example.com",
      identity: "https://orch.example.com/identity",
      token: "https://orch.example.com/identity/connect/token",
      login: "https://orch.example.com/api/account/authenticate",
      tenantHeader: "Sales",
    });
  });

  it("take the Identity service where it is said to be", () => {
    expect(where("https://orch.example.com", { identityUrl: "https://id.example.com/identity/" })).toMatchObject({
      identity: "https://id.example.com/identity",
      token: "https://id.example.com/identity/connect/token",
    });
    expect(
      where("https://a.example.com", {
        organization: "acme",
        identityUrl: "https://b.example.com/acme/identity_/connect/token",
      }),
    ).toMatchObject({ token: "https://b.example.com/acme/identity_/connect/token" });
  });
});
