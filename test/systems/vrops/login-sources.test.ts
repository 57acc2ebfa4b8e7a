import { asAttribute, renderProse } from "../../../lib/core/prose";
import type { Problem } from "../../../lib/core/problem";
import { openRoom, problemOf, type Room } from "./room";

const signal = new AbortController().signal;

describe("users of vROps", () => {
  let room: Room;
  afterEach(() => room?.close());

  const refused = async (settings: Record<string, string>, vrops: Record<string, unknown> = {}) => {
    room = await openRoom({ settings, vrops });
    const problem = await problemOf(room.client.plugins.objects.list(signal));
    return { ...problem, fix: textOf(problem.fix), expected: textOf(problem.expected) };
  };

  it.each([
    ["a local account", {}, {}],
    ["vCenter", { username: "svc@vsphere.local", userSource: "All vCenters" }, {}],
    ["Active Directory, as DOMAIN\\user", { username: "CORP\\svc", userSource: "corp" }, {}],
    ["vIDM, in one piece", { username: "svc@example.com", userSource: "Workspace ONE" }, {}],
  ])("log in: %s", async (_who, vrops, settings) => {
    room = await openRoom({ vrops, settings });
    await expect(room.client.plugins.objects.list(signal)).resolves.toEqual([]);
  });

  it("are told the sources that there are when they are refused, asked for without a login", async () => {
    const problem = await refused({ password: "wrong password" });
    expect(problem.code).toBe("vrops/login-refused");
    expect(problem.expected).toBe(
      'a local account, or a user of "corp" (ACTIVE_DIRECTORY), "All vCenters" (VC_GROUP), "Workspace ONE" (VIDM), "VCF SSO" (VIDB)',
    );
    expect(room.state().tokens).toMatchObject({ logins: 1, refusedLogins: 1 });
  });

  it.each([
    ["a typing error", { auth_source: "corpp" }, 'Did you mean "corp"?'],
    ["something far off", { auth_source: "elsewhere" }, "Authentication Sources"],
  ])("are told that there is no such source: %s", async (_what, settings, fix) => {
    const problem = await refused(settings);
    expect(problem).toMatchObject({ code: "vrops/unknown-auth-source", path: ["vrops", "auth_source"] });
    expect(problem.fix).toContain(fix);
  });

  it.each([
    [
      "vIDM with its source beside it",
      { username: "svc@example.com", auth_source: "Workspace ONE" },
      '"svc@example.com@Workspace ONE", without `vrops.auth_source`',
    ],
    ["vIDM without a domain", { username: "svc", auth_source: "Workspace ONE" }, '"svc@DOMAIN@Workspace ONE"'],
    [
      "vIDM twice",
      { username: "svc@example.com@Workspace ONE", auth_source: "Workspace ONE" },
      '= "svc@example.com@Workspace ONE",',
    ],
    ["Active Directory by user@domain", { username: "svc@corp.example.com", auth_source: "corp" }, "DOMAIN\\user"],
    ["VCF SSO", { username: "svc", auth_source: "VCF SSO" }, "the VCF SSO broker"],
  ])("are told the form that their source wants: %s", async (_what, settings, fix) => {
    const problem = await refused(settings);
    expect(problem.code).toBe("vrops/login-not-by-password");
    expect(problem.fix).toContain(fix);
    expect(problem.fix).toContain("local service account");
  });

  it("of vIDM are shown the form also when they name no source, and vROps says no more than no", async () => {
    const problem = await refused({ username: "svc@example.com" });
    expect(problem.code).toBe("vrops/login-refused");
    expect(problem.fix).toContain("VROPS_PASSWORD");
    expect(problem.fix).toContain('"svc@example.com@Workspace ONE"');
  });

  it.each([{ listsSources: false }, { authSources: [] }])(
    "are refused as well where the sources are not told: %j",
    async (vrops) => {
      const problem = await refused({ password: "wrong password" }, vrops);
      expect(problem.code).toBe("vrops/login-refused");
      expect(problem.expected).toBe(
        "authSources" in vrops ? "a local account: vROps has no other source of users" : "",
      );
    },
  );

  it("see names of sources as text, whatever they hold", async () => {
    const name = "a\u001b[31m\nb";
    const problem = await refused({ password: "wrong password" }, { authSources: [{ name, type: "OPEN_LDAP" }] });
    expect(problem.expected).not.toContain("\u001b");
    expect(problem.expected).not.toContain("\n");
  });
});

const textOf = (text: Problem["fix"] | Problem["expected"]) =>
  text === undefined || typeof text === "string" ? (text ?? "") : renderProse(text, asAttribute);
