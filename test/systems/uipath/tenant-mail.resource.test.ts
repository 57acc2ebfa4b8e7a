import { TENANT_KEYS as KEY } from "../../../lib/systems/uipath/keys";
import { tenantMailResource as resource } from "../../../lib/systems/uipath/tenant-mail.resource";
import { ORCHESTRATOR_MASK } from "../../../lib/systems/uipath/simulator/tenant-store";
import {
  ignoring,
  lagging,
  nextRun,
  openRoom,
  ownedAs,
  PASSWORD,
  problemOf,
  request,
  tenantMail,
  type Room,
  type RoomOptions,
} from "./room";

let room: Room;
afterEach(() => room?.close());

/** Without a version: what alerts leave by in newer releases is looked at in mail-in-force.test.ts. */
const open = async ({ uipath, ...options }: RoomOptions = {}) =>
  (room = await openRoom({ ...options, uipath: { showVersion: false, ...uipath } }));
const withPassword = { password_wo: PASSWORD };
const OTHERS = {
  [KEY.host]: "smtp.other.example",
  [KEY.port]: "25",
  [KEY.senderAddress]: "other@example.com",
};

/** Creates it, and answers what the next steps of the resource's life need. */
async function created(changes = {}) {
  const notes: Record<string, unknown> = {};
  const state = await resource.create(request(tenantMail(changes), withPassword, notes), room.context);
  room.writes.length = 0;
  room.reports.length = 0;
  return { state, notes };
}

const settings = (index = 0) =>
  Object.fromEntries(
    (room.writes[index]!.body as { settings: { Name: string; Value: string }[] }).settings.map((one) => [
      one.Name,
      one.Value,
    ]),
  );

describe("creating a tenant's mail settings", () => {
  it("refuses settings that another stack or a person has made, and says how to take them over", async () => {
    await open({ uipath: { showScope: true } });
    room.intervene("edit-tenant-mail", OTHERS);
    const problem = await problemOf(resource.create(request(tenantMail(), withPassword), room.context));
    expect(problem.code).toBe("uipath/already-exists");
    expect(problem.got).toContain('smtp_host is "smtp.other.example", declared "127.0.0.1"');
    expect(problem.fix).toContain("terraform import outbound_uipath_tenant_mail.NAME tenant");
    expect(problem.fix).not.toContain("may be the host's");
    expect(room.writes).toEqual([]);
  });

  it("says that they may be inherited where Orchestrator does not tell", async () => {
    await open({ uipath: { hostSettings: OTHERS } });
    const problem = await problemOf(resource.create(request(tenantMail(), withPassword), room.context));
    expect(problem.fix).toContain("They may be the host's");
  });

  it("takes inherited settings for no settings where Orchestrator tells", async () => {
    await open({ uipath: { hostSettings: OTHERS, showScope: true } });
    await resource.create(request(tenantMail(), withPassword), room.context);
    expect(room.codes()).toEqual([]);
  });

  it("changes others' settings when told to, and reports it", async () => {
    await open();
    room.intervene("edit-tenant-mail", OTHERS);
    await resource.create(request(tenantMail({ adopt_existing: true }), withPassword), room.context);
    expect(room.codes()).toEqual(["uipath/adopted-changed"]);
    expect(room.state().tenant.own[KEY.host]).toBe("127.0.0.1");
  });

  it("takes over equal settings with a warning, so that a lost reply leaves no conflict", async () => {
    await open({ uipath: { showScope: true } });
    await created();
    const client = await nextRun(room);
    await resource.create(request(tenantMail(), withPassword), { ...room.context, client });
    expect(room.codes()).toEqual(["uipath/adopted"]);
    // Whether the password is ours cannot be seen: it is the only thing written.
    expect(settings()).toEqual({ [KEY.password]: PASSWORD });
  });

  it.each(["custom", "default"] as const)("changes nothing where another address has them in mode %s", async (mode) => {
    await open({ uipath: { showScope: true } });
    const { state, notes } = await created();
    if (mode === "default") {
      await resource.update!({ ...request({ ...state, mode }, withPassword, notes), prior: state }, room.context);
    }
    room.writes.length = 0;
    const asked = { ...request(tenantMail(), withPassword), ownership: ownedAs({ kind: "kept" }) };
    const problem = await problemOf(resource.create(asked, room.context));
    expect(problem.code).toBe("terraform/owned-by-another-address");
    expect(room.writes).toEqual([]);
  });

  it.each([
    ["an address that goes away", "passing"],
    ["the one that it replaces", "own"],
  ] as const)("takes them from %s, keeps what was found at first, and writes everything", async (_from, kind) => {
    await open({ uipath: { showScope: true } });
    room.intervene("edit-tenant-mail", OTHERS);
    const { notes } = await created({ adopt_existing: true });
    const taken: Record<string, unknown> = {};
    const standing = { kind, notes, forgotten: false } as const;
    const asked = { ...request(tenantMail({ sender_name: "Alarms" }), withPassword, taken) };
    await resource.create({ ...asked, ownership: ownedAs(standing, taken) }, room.context);
    expect(taken["found"]).toMatchObject({ values: OTHERS });
    expect(settings()).toMatchObject({ [KEY.host]: "127.0.0.1", [KEY.password]: PASSWORD, [KEY.senderName]: "Alarms" });
    expect(room.codes()).toEqual([]);
  });

  it("writes everything in one call, so that it is the tenant's own", async () => {
    await open();
    await resource.create(request(tenantMail(), withPassword), room.context);
    expect(room.writes.map(({ call }) => call)).toEqual(["UpdateBulk"]);
    expect(settings()).toEqual({
      [KEY.host]: "127.0.0.1",
      [KEY.port]: "587",
      [KEY.username]: "alerts",
      [KEY.password]: PASSWORD,
      [KEY.domain]: "",
      [KEY.enableSsl]: "true",
      [KEY.useDefaultCredentials]: "false",
      [KEY.senderAddress]: "alerts@example.com",
      [KEY.senderName]: "Alerting",
    });
  });

  it("tells the redactor the password and keeps it out of state and notes", async () => {
    await open();
    const { state, notes } = await created();
    expect(JSON.stringify([state, notes])).not.toContain(PASSWORD);
    expect(room.redactor.redact(PASSWORD)).not.toContain(PASSWORD);
  });
});

describe("reading a tenant's mail settings", () => {
  it("finds what was written, and the mask of the password is no difference", async () => {
    await open();
    const { state, notes } = await created();
    expect(await resource.read({ prior: state, private: notes, imported: false }, room.context)).toEqual(state);
  });

  it("shows a change from outside", async () => {
    await open();
    const { state, notes } = await created();
    room.intervene("edit-tenant-mail", { [KEY.port]: "25", [KEY.enableSsl]: "False" });
    const client = await nextRun(room);
    const found = await resource.read({ prior: state, private: notes, imported: false }, { ...room.context, client });
    expect(found).toMatchObject({ smtp_port: 25, enable_ssl: false, mode: "custom" });
  });

  it("shows somebody's choice of the default as such, and keeps what is declared", async () => {
    await open();
    const { state, notes } = await created();
    room.intervene("reset-tenant-mail");
    const client = await nextRun(room);
    const found = await resource.read({ prior: state, private: notes, imported: false }, { ...room.context, client });
    expect(found).toEqual({ ...state, mode: "default" });
  });

  it("costs one call however many ask", async () => {
    await open();
    const { state, notes } = await created();
    room.simulated.requests.length = 0;
    const client = await nextRun(room);
    const read = () => resource.read({ prior: state, private: notes, imported: false }, { ...room.context, client });
    await Promise.all([read(), read(), read()]);
    expect(room.simulated.requests.filter((one) => one.startsWith("GET"))).toHaveLength(1);
  });
});

describe("changing a tenant's mail settings", () => {
  const update = (prior: ReturnType<typeof tenantMail>, changes: object, notes: Record<string, unknown>) =>
    nextRun(room).then((client) =>
      resource.update!(
        { ...request({ ...prior, ...changes }, withPassword, notes), prior },
        { ...room.context, client },
      ),
    );

  it("writes only what differs, with the password", async () => {
    await open();
    const { state, notes } = await created();
    await update(state, { sender_name: "Alarms" }, notes);
    expect(settings()).toEqual({ [KEY.senderName]: "Alarms", [KEY.password]: PASSWORD });
  });

  it("never writes a mask back", async () => {
    await open();
    const { state, notes } = await created();
    const client = await nextRun(room);
    const planned = { ...state, smtp_port: 25 };
    await resource.update!({ ...request(planned, {}, notes), prior: state }, { ...room.context, client });
    expect(JSON.stringify(room.writes)).not.toContain(ORCHESTRATOR_MASK);
    expect(room.state().tenant.own[KEY.password]).toBe("(stored)");
  });

  it("sends a new password by itself when its version is raised", async () => {
    await open();
    const { state, notes } = await created();
    await update(state, { password_wo_version: 2 }, notes);
    expect(settings()).toEqual({ [KEY.password]: PASSWORD });
  });

  it("forgets the stored password when no user is declared any more", async () => {
    await open();
    const { state, notes } = await created();
    const client = await nextRun(room);
    const planned = { ...state, username: null };
    await resource.update!({ ...request(planned, {}, notes), prior: state }, { ...room.context, client });
    expect(room.state().tenant.own[KEY.password]).toBe("(none)");
  });

  it.each([{ showScope: true }, { showScope: false, hostSettings: OTHERS }])(
    "goes custom, default, custom without losing what is declared (%j)",
    async (options) => {
      await open({ uipath: options });
      const { state, notes } = await created({ adopt_existing: true });
      const plain = await update(state, { mode: "default" }, notes);
      expect(Object.keys(room.state().tenant.own).filter((name) => name.startsWith("Abp."))).toEqual([]);

      const client = await nextRun(room);
      const found = await resource.read({ prior: plain, private: notes, imported: false }, { ...room.context, client });
      expect(found).toEqual(plain);
      expect(found).toMatchObject({ mode: "default", smtp_host: "127.0.0.1", username: "alerts" });

      room.writes.length = 0;
      await update(plain, { mode: "custom" }, notes);
      expect(settings()).toMatchObject({
        [KEY.host]: "127.0.0.1",
        [KEY.port]: "587",
        [KEY.username]: "alerts",
        [KEY.password]: PASSWORD,
        [KEY.senderAddress]: "alerts@example.com",
      });
    },
  );

  it("makes its own what the host happens to have as well, when it comes back from the default", async () => {
    const same = {
      [KEY.host]: "127.0.0.1",
      [KEY.port]: "587",
      [KEY.username]: "alerts",
      [KEY.enableSsl]: "true",
      [KEY.useDefaultCredentials]: "false",
      [KEY.senderAddress]: "alerts@example.com",
      [KEY.senderName]: "Alerting",
    };
    await open({ uipath: { hostSettings: same } });
    const { state, notes } = await created();
    expect(room.state().tenant.own).toMatchObject(same);
    const plain = await update(state, { mode: "default" }, notes);
    expect(room.state().tenant.own[KEY.host]).toBeUndefined();
    await update(plain, { mode: "custom" }, notes);
    expect(room.state().tenant.own).toMatchObject({ ...same, [KEY.password]: "(stored)" });
  });

  it("sees that somebody has set something where the default is declared", async () => {
    await open({ uipath: { hostSettings: OTHERS } });
    const { state, notes } = await created({ adopt_existing: true });
    const plain = await update(state, { mode: "default" }, notes);
    room.intervene("edit-tenant-mail", { [KEY.host]: "smtp.third.example" });
    const client = await nextRun(room);
    const found = await resource.read({ prior: plain, private: notes, imported: false }, { ...room.context, client });
    expect(found).toMatchObject({ mode: "custom", smtp_host: "smtp.third.example" });
  });

  it("says that an old release cannot go back to the default", async () => {
    await open({ uipath: { apiVersion: 14 } });
    const { state, notes } = await created();
    const problem = await problemOf(update(state, { mode: "default" }, notes));
    expect(problem.code).toBe("uipath/no-default-mode");
  });
});

describe("destroying a tenant's mail settings", () => {
  it.each([false, true])(
    "deletes them (deletion refuses names that were never set: %s)",
    async (deleteRefusesUnset) => {
      await open({ uipath: { deleteRefusesUnset } });
      const { state, notes } = await created();
      await resource.delete({ prior: state, private: notes }, room.context);
      expect(room.state().tenant.own).toEqual({});
      expect(room.codes()).toEqual(["uipath/settings-deleted"]);
    },
  );

  it("puts back what it found where an old release cannot delete, and says that the password is lost", async () => {
    await open({ uipath: { apiVersion: 14 } });
    room.intervene("edit-tenant-mail", { ...OTHERS, [KEY.username]: "other", [KEY.password]: "their password" });
    const { state, notes } = await created({ adopt_existing: true });
    await resource.delete({ prior: state, private: notes }, room.context);
    expect(room.state().tenant.own).toMatchObject({ ...OTHERS, [KEY.username]: "other", [KEY.password]: "(none)" });
    expect(room.codes()).toEqual(["uipath/settings-restored"]);
    expect(room.reports[0]!.fix).toContain("Enter the password");
  });

  it("switches alert mails off where nothing else can be done, and says so", async () => {
    await open({ uipath: { apiVersion: 14 } });
    const { state } = await created();
    await resource.delete({ prior: state, private: {} }, room.context);
    expect(room.state().tenant.own["Alerts.Email.Enabled"]).toBe("false");
    expect(room.codes()).toEqual(["uipath/alerts-switched-off"]);
  });
});

it("imports only the one tenant there is", async () => {
  await open();
  expect(() => resource.import!("Production", room.context)).toThrow("uipath/bad-import-id");
  expect(resource.import!("tenant", room.context)).toEqual({ id: "tenant" });
});

it("says when UiPath accepts settings and does not keep them", async () => {
  await open({
    prepare: (app) =>
      app.addHook("preHandler", async (incoming, reply) => {
        if (incoming.url.endsWith("UpdateBulk")) return reply.code(200).send();
      }),
  });
  const problem = await problemOf(resource.create(request(tenantMail(), withPassword), room.context));
  expect(problem).toMatchObject({ code: "uipath/not-kept", severity: "error" });
});

describe.each([{ showScope: true }, { showScope: false }])("what Orchestrator says (%j)", (uipath) => {
  it("costs one look before a creation, and one after it", async () => {
    await open({ uipath });
    await created();
    expect(room.simulated.requests.map((one) => one.replace(/ .*[/.]/, " "))).toEqual([
      "POST token",
      "GET Settings",
      "POST UpdateBulk",
      "GET Settings",
    ]);
  });

  it.each([
    ["nothing", "uipath/not-gone"],
    ["page", "uipath/unexpected-answer"],
  ] as const)("is no deletion when it is %s", async (answer, code) => {
    await open({ uipath, prepare: ignoring("POST", /DeleteBulk$/, answer) });
    const { state, notes } = await created();
    const problem = await problemOf(resource.delete({ prior: state, private: notes }, room.context));
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).toContain("the tenant Production");
  });

  it("is no change to the default when nothing was done", async () => {
    await open({ uipath, prepare: ignoring("POST", /DeleteBulk$/, "nothing") });
    const { state, notes } = await created();
    const planned = { ...state, mode: "default" as const };
    const problem = await problemOf(
      resource.update!({ ...request(planned, withPassword, notes), prior: state }, room.context),
    );
    expect(problem).toMatchObject({ code: "uipath/not-kept", got: 'mode is "custom", declared "default"' });
  });

  it("is looked at again until it shows what was written, changed and deleted", async () => {
    await open({ uipath, prepare: lagging(3) });
    const { state, notes } = await created();
    const planned = { ...state, mode: "default" as const };
    await resource.update!({ ...request(planned, withPassword, notes), prior: state }, room.context);
    const client = await nextRun(room);
    const found = await resource.read({ prior: planned, private: notes, imported: false }, { ...room.context, client });
    expect(found).toEqual(planned);
    await resource.update!({ ...request(state, withPassword, notes), prior: planned }, room.context);
    await resource.delete({ prior: state, private: notes }, room.context);
    expect(room.state().tenant.own).toEqual({});
  });

  it("is written even when an old reading shows it already", async () => {
    await open({ uipath, prepare: lagging(1) });
    const { state, notes } = await created({ smtp_port: 25, enable_ssl: false });
    const middle = { ...state, smtp_port: 465 };
    await resource.update!({ ...request(middle, withPassword, notes), prior: state }, room.context);
    room.writes.length = 0;
    // The reading before the change shows port 25 once more.
    room.simulated.requests.length = 0;
    await resource.update!({ ...request(state, withPassword, notes), prior: middle }, room.context);
    expect(room.state().tenant.own[KEY.port]).toBe("25");
  });
});

it.each([
  ["UpdateBulk", { password_wo_version: 2 }],
  ["UpdateBulk", { sender_name: "Alarms" }],
])("does not take a page for the success of %s", async (call, changes) => {
  let down = false;
  await open({
    prepare: (app) =>
      app.addHook("preHandler", async (incoming, reply) => {
        if (down && incoming.url.endsWith(call)) return reply.type("text/html").send("<html>maintenance</html>");
      }),
  });
  const { state, notes } = await created();
  down = true;
  const planned = { ...state, ...changes };
  const problem = await problemOf(
    resource.update!({ ...request(planned, withPassword, notes), prior: state }, room.context),
  );
  expect(problem.code).toBe("uipath/unexpected-answer");
});
