import { tenantMailResource } from "../../../lib/systems/uipath/tenant-mail.resource";
import { systemMailResource } from "../../../lib/systems/uipath/system-mail.resource";
import { UNKNOWN } from "../../../lib/terraform-plugin/values";
import { planning } from "../../support/planning";
import { openRoom, PASSWORD, problemOf, request, systemMail, tenantMail, type Room } from "./room";

const IGNORED = "uipath/tenant-mail-may-be-ignored";

let room: Room;
afterEach(() => room.close());

const open = async (uipath: Record<string, unknown> = {}, settings?: Record<string, string>) => {
  room = await openRoom({ uipath, ...(settings && { settings }) });
};
const plan = (prior: object | null, planned: object | null) =>
  tenantMailResource.plan!(
    {
      prior: prior && tenantMail(prior),
      planned: planned && tenantMail(planned),
      config: planned && tenantMail(planned),
      private: {},
      replace: new Set(),
    },
    planning(room.context),
  );
const create = (changes = {}) =>
  tenantMailResource.create(request(tenantMail(changes), { password_wo: PASSWORD }), room.context);
const declareOrganization = (changes = {}) =>
  systemMailResource.create(request(systemMail(changes), { password_wo: PASSWORD }), room.context);

describe("a tenant's settings that UiPath may ignore", () => {
  it.each([
    ["2022.10", { apiVersion: 15 }],
    ["cloud's generation", { edition: "cloud" }],
  ])("of %s are warned of in the plan of a creation, and say what to use", async (_, options) => {
    await open(options);
    await plan(null, {});
    expect(room.codes()).toEqual([IGNORED]);
    expect(room.reports[0]!.fix).toContain("outbound_uipath_system_mail");
    expect(room.reports[0]!.severity).toBe("warning");
    expect(room.writes).toEqual([]);
  });

  it("are warned of while their server is not known yet", async () => {
    await open();
    await plan(null, { smtp_host: UNKNOWN });
    expect(room.codes()).toEqual([IGNORED]);
  });

  it.each([
    ["before 2022.10", { apiVersion: 14 }],
    ["that tell no version", { showVersion: false }],
  ])("are fine in releases %s", async (_, options) => {
    await open(options);
    await plan(null, {});
    await create();
    expect(room.codes()).toEqual([]);
  });

  it("are warned of where they change, not where nothing or only the switch of alert mails does", async () => {
    await open();
    await plan({}, {});
    await plan({}, { alerts_enabled: false });
    await plan({}, { mode: "default" });
    await plan({}, null);
    expect(room.codes()).toEqual([]);
    await plan({}, { smtp_port: 465 });
    expect(room.codes()).toEqual([IGNORED]);
  });

  it("are warned of in the apply, too", async () => {
    await open();
    await create();
    expect(room.codes()).toEqual([IGNORED]);
    await tenantMailResource.update!(
      { ...request(tenantMail({ alerts_enabled: false })), prior: tenantMail() },
      room.context,
    );
    expect(room.codes()).toEqual([IGNORED]);
  });

  it("are no matter where the organization's settings name the same server", async () => {
    await open();
    await declareOrganization();
    await plan(null, {});
    expect(room.codes()).toEqual([]);
    await plan(null, { smtp_host: "smtp.example.net" });
    expect(room.codes()).toEqual([IGNORED]);
  });

  it("are warned of where the organization's settings may not be seen", async () => {
    await open({ scopes: "OR.Settings" });
    await plan(null, {});
    expect(room.codes()).toEqual([IGNORED]);
  });

  it("leave it to the apply to say that the tenant's may not be seen", async () => {
    await open({ scopes: "PM.Setting" });
    await plan(null, {});
    expect(room.codes()).toEqual([]);
  });
});

describe("settings that Orchestrator does not take", () => {
  it.each([
    ["has no UpdateBulk", { updateBulk: false }],
    ["knows none of a tenant", { tenantMail: "absent" }],
  ])("point to the organization's where it %s", async (_, options) => {
    await open(options);
    const problem = await problemOf(create());
    expect(problem.code).toBe("uipath/no-tenant-mail");
    expect(problem.fix).toContain("outbound_uipath_system_mail");
    expect(problem.evidence).toMatch(/not found|does not exist/);
  });
});
