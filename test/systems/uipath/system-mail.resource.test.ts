import { SYSTEM_KEYS as KEY } from "../../../lib/systems/uipath/keys";
import { IDENTITY_MASK } from "../../../lib/systems/uipath/simulator/system-store";
import { systemMailResource as resource } from "../../../lib/systems/uipath/system-mail.resource";
import { UNKNOWN } from "../../../lib/terraform-plugin/values";
import {
  ignoring,
  lagging,
  nextRun,
  openRoom,
  ORGANIZATION,
  ownedAs,
  PASSWORD,
  problemOf,
  request,
  systemMail,
  type Room,
  type RoomOptions,
} from "./room";
import { planning } from "../../support/planning";

let room: Room;
afterEach(() => room?.close());

const open = async (options?: RoomOptions) => (room = await openRoom(options));
const withPassword = { password_wo: PASSWORD };
const host = { login: "host" };
const hostMail = { [KEY.host]: "smtp.host.example", [KEY.port]: "25", [KEY.senderAddress]: "host@example.com" };

async function created(changes = {}) {
  const notes: Record<string, unknown> = {};
  const state = await resource.create(request(systemMail(changes), withPassword, notes), room.context);
  room.writes.length = 0;
  room.reports.length = 0;
  return { state, notes };
}

const read = async (prior: ReturnType<typeof systemMail>) =>
  resource.read({ prior, private: {}, imported: false }, { ...room.context, client: await nextRun(room) });

describe("creating an organization's mail settings", () => {
  it("refuses those that somebody else has made, which the service shows, and names the import", async () => {
    await open();
    room.intervene("edit-system-mail", { set: hostMail });
    const problem = await problemOf(resource.create(request(systemMail(), withPassword), room.context));
    expect(problem.code).toBe("uipath/already-exists");
    expect(problem.fix).toContain(`terraform import outbound_uipath_system_mail.NAME organization/${ORGANIZATION}`);
    expect(room.writes).toEqual([]);
  });

  it("takes over equal ones with a warning", async () => {
    await open();
    await created();
    await resource.create(request(systemMail(), withPassword), { ...room.context, client: await nextRun(room) });
    expect(room.codes()).toEqual(["uipath/adopted"]);
  });

  it("changes others when told to", async () => {
    await open();
    room.intervene("edit-system-mail", { set: hostMail });
    await resource.create(request(systemMail({ adopt_existing: true }), withPassword), room.context);
    expect(room.codes()).toEqual(["uipath/adopted-changed"]);
    expect(room.state().organization.own[KEY.host]).toBe("127.0.0.1");
  });

  it("writes the whole set in one request, for the organization the token belongs to", async () => {
    await open();
    const { id, organization_id } = await resource.create(request(systemMail(), withPassword), room.context);
    expect({ id, organization_id }).toEqual({ id: `organization/${ORGANIZATION}`, organization_id: ORGANIZATION });
    expect(room.writes).toHaveLength(1);
    const body = room.writes[0]!.body as { partitionGlobalId: string; settings: { key: string; value: string }[] };
    expect(body.partitionGlobalId).toBe(ORGANIZATION);
    expect(Object.fromEntries(body.settings.map(({ key, value }) => [key, value]))).toEqual({
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

  it("has one id, however the organization's is written", async () => {
    await open();
    const { id } = await resource.create(
      request(systemMail({ organization_id: ORGANIZATION.toUpperCase() }), withPassword),
      room.context,
    );
    expect(id).toBe(`organization/${ORGANIZATION}`);
  });

  it("asks for the organization's id when neither settings nor token tell it", async () => {
    await open({ uipath: { organizationId: "not-a-guid" } });
    const problem = await problemOf(resource.create(request(systemMail(), withPassword), room.context));
    expect(problem).toMatchObject({ code: "uipath/no-organization-id", path: ["organization_id"] });
  });

  it("tries once more on a conflict, then names the other one", async () => {
    let conflicts = 1;
    await open({
      prepare: (app) =>
        app.addHook("preHandler", async (incoming, reply) => {
          if (incoming.method === "PUT" && conflicts-- > 0) return reply.code(409).send({ title: "Conflict" });
        }),
    });
    await resource.create(request(systemMail(), withPassword), room.context);
    expect(room.state().organization.own[KEY.host]).toBe("127.0.0.1");
    await room.close();

    await open({
      prepare: (app) =>
        app.addHook("preHandler", async (incoming, reply) => {
          if (incoming.method === "PUT") return reply.code(409).send({ title: "Conflict" });
        }),
    });
    const problem = await problemOf(resource.create(request(systemMail(), withPassword), room.context));
    expect(problem.code).toBe("uipath/changed-meanwhile");
  });
});

describe("inheritance", () => {
  it("is shown as far as an application may see it", async () => {
    await open({ uipath: { hostMail } });
    const { state } = await created();
    expect(state.origin).toMatchObject({ smtp_host: "organization", connection_timeout_ms: "inherited" });
    expect(state.inherited).toEqual({});
  });

  it("is shown with the host's values to a host administrator", async () => {
    await open({
      uipath: { ...host, hostMail: { ...hostMail, [KEY.connectionTimeout]: "60000", [KEY.password]: "host secret" } },
    });
    const { state } = await created({ organization_id: ORGANIZATION });
    expect(state.origin).toMatchObject({ smtp_host: "organization", connection_timeout_ms: "host" });
    expect(state.inherited).toMatchObject({ smtp_host: "smtp.host.example", connection_timeout_ms: "60000" });
    expect(JSON.stringify(state)).not.toContain(IDENTITY_MASK);
    expect(await read(state)).toEqual(state);
  });
});

describe("reading", () => {
  it("finds what was written, and the mask is no difference", async () => {
    await open();
    const { state } = await created({ connection_timeout_ms: 60_000 });
    expect(await read(state)).toEqual(state);
  });

  it("takes an organization without any setting of its own for one whose settings are gone", async () => {
    await open({ uipath: { hostMail } });
    const { state } = await created();
    room.intervene("reset-system-mail");
    expect(await read(state)).toBeNull();
  });
});

describe("updating", () => {
  it("writes everything together, but never a mask", async () => {
    await open();
    const { state } = await created();
    const planned = { ...state, smtp_port: 465 };
    const client = await nextRun(room);
    await resource.update!({ ...request(planned), prior: state }, { ...room.context, client });
    const body = JSON.stringify(room.writes);
    expect(body).toContain(KEY.senderAddress);
    expect(body).not.toContain(IDENTITY_MASK);
    expect(room.state().organization.own).toMatchObject({ [KEY.port]: "465", [KEY.password]: "(stored)" });
  });

  it("writes nothing when nothing differs", async () => {
    await open();
    const { state } = await created();
    const client = await nextRun(room);
    await resource.update!({ ...request(state, withPassword), prior: state }, { ...room.context, client });
    expect(room.writes).toEqual([]);
  });
});

describe("destroying", () => {
  it("deletes every key, and says what applies then", async () => {
    await open();
    const { state, notes } = await created();
    await resource.delete({ prior: state, private: notes }, room.context);
    expect(room.state().organization.own).toEqual({});
    expect(room.codes()).toEqual(["uipath/settings-deleted"]);
  });

  it("is done when somebody was faster", async () => {
    await open();
    const { state, notes } = await created();
    room.intervene("reset-system-mail");
    const client = await nextRun(room);
    await resource.delete({ prior: state, private: notes }, { ...room.context, client });
    expect(room.codes()).toEqual([]);
  });

  it("puts back what it found where only the public interface exists", async () => {
    await open({ uipath: { internalIdentity: false } });
    room.intervene("edit-system-mail", { set: { ...hostMail, [KEY.password]: "theirs" } });
    const { state, notes } = await created({ adopt_existing: true });
    await resource.delete({ prior: state, private: notes }, room.context);
    expect(room.state().organization.own).toMatchObject({ ...hostMail, [KEY.password]: "(none)" });
    expect(room.codes()).toEqual(["uipath/settings-restored"]);
  });

  it("says that the settings stay where it can neither delete nor restore", async () => {
    await open({ uipath: { internalIdentity: false } });
    const { state, notes } = await created();
    await resource.delete({ prior: state, private: notes }, room.context);
    expect(room.state().organization.own[KEY.host]).toBe("127.0.0.1");
    expect(room.codes()).toEqual(["uipath/left-behind"]);
  });
});

describe("planning", () => {
  const plan = (prior: object | null, changes: object) => {
    const planned = systemMail({ ...prior, ...changes });
    const replace = new Set<"organization_id">();
    const asked = { prior: prior && systemMail(prior), planned, config: systemMail(changes), private: {}, replace };
    resource.plan!(asked as never, planning(room.context));
    return { replace: [...replace], planned };
  };

  it("replaces when another organization is declared, and only then", async () => {
    await open();
    const other = "00000000-0000-4000-8000-000000000001";
    expect(plan({ organization_id: ORGANIZATION }, { organization_id: other }).replace).toEqual(["organization_id"]);
    expect(plan({ organization_id: ORGANIZATION }, { smtp_port: 25 }).replace).toEqual([]);
    expect(plan(null, { organization_id: other }).replace).toEqual([]);
  });

  it("knows at once that the host has no organization", async () => {
    await open();
    const planned = { ...systemMail({ scope: "host" }), organization_id: UNKNOWN as string | null | typeof UNKNOWN };
    const config = systemMail({ scope: "host" });
    resource.plan!({ prior: null, planned, config, private: {}, replace: new Set() }, planning(room.context));
    expect(planned.organization_id).toBeNull();
  });
});

describe("the host", () => {
  it.each(["null", "empty"])(
    "is written whether its partition is %s, and deleted row by row",
    async (hostPartition) => {
      await open({ uipath: { ...host, hostPartition } });
      const { state, notes } = await created({ scope: "host" });
      expect(state).toMatchObject({ id: "host", organization_id: null });
      expect(room.state().host.own[KEY.host]).toBe("127.0.0.1");
      expect(await read(state)).toEqual(state);
      await resource.delete({ prior: state, private: notes }, room.context);
      expect(room.state().host.own).toEqual({});
    },
  );

  it("is refused to an application, with the way that works", async () => {
    await open();
    const problem = await problemOf(
      resource.create(request(systemMail({ scope: "host" }), withPassword), room.context),
    );
    expect(problem.code).toBe("uipath/forbidden");
    expect(problem.fix).toContain("the host's needs the host administrator's user name and password");
  });
});

it("imports by scope and organization", async () => {
  await open();
  expect(resource.import!("host", room.context)).toEqual({ id: "host", scope: "host", organization_id: null });
  expect(resource.import!(`organization/${ORGANIZATION.toUpperCase()}`, room.context)).toEqual({
    id: `organization/${ORGANIZATION}`,
    scope: "organization",
    organization_id: ORGANIZATION,
  });
  expect(() => resource.import!("organization/acme", room.context)).toThrow("uipath/bad-import-id");
});

describe("what the Identity service says", () => {
  it.each([
    ["nothing", "uipath/not-kept"],
    ["page", "uipath/unexpected-answer"],
  ] as const)("is no creation when it is %s", async (answer, code) => {
    await open({ prepare: ignoring("PUT", /Setting$/, answer) });
    const problem = await problemOf(resource.create(request(systemMail(), withPassword), room.context));
    expect(problem.code).toBe(code);
  });

  it.each([
    ["organization", "nothing", "uipath/not-gone"],
    ["organization", "page", "uipath/unexpected-answer"],
    ["host", "nothing", "uipath/not-gone"],
    ["host", "page", "uipath/unexpected-answer"],
  ] as const)("is no deletion of the %s's settings when it is %s", async (scope, answer, code) => {
    await open({ uipath: scope === "host" ? host : {}, prepare: ignoring("DELETE", /Setting(\/\d+)?$/, answer) });
    const { state, notes } = await created({ scope });
    const problem = await problemOf(resource.delete({ prior: state, private: notes }, room.context));
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).toContain(`the ${scope}`);
  });

  it("is looked at again until it shows what was written, changed and deleted", async () => {
    await open({ prepare: lagging(3) });
    const { state, notes } = await created();
    const planned = { ...state, smtp_port: 465 };
    await resource.update!({ ...request(planned, withPassword, notes), prior: state }, room.context);
    expect(await read(planned)).toEqual(planned);
    await resource.delete({ prior: planned, private: notes }, room.context);
    expect(room.state().organization.own).toEqual({});
  });

  it("is asked again before settings that the state has count as gone", async () => {
    await open({ prepare: lagging(2) });
    await (await nextRun(room)).system.shown(ORGANIZATION).read(room.context.signal);
    const { state, notes } = await created();
    await resource.delete({ prior: state, private: notes }, room.context);
    expect(room.state().organization.own).toEqual({});
    expect(room.codes()).toEqual(["uipath/settings-deleted"]);
  });
});

it("passes from one address to another with what was found at first, and is written anew", async () => {
  await open({ uipath: { internalIdentity: false } });
  room.intervene("edit-system-mail", { set: hostMail });
  const { notes } = await created({ adopt_existing: true });
  const taken: Record<string, unknown> = {};
  const ownership = ownedAs({ kind: "passing", notes }, taken);
  const asked = { ...request(systemMail({ sender_name: "Alarms" }), withPassword, taken), ownership };
  const state = await resource.create(asked, room.context);
  expect(room.state().organization.own[KEY.senderName]).toBe("Alarms");
  expect(room.codes()).toEqual([]);
  await resource.delete({ prior: state, private: taken }, room.context);
  expect(room.state().organization.own).toMatchObject(hostMail);
});

it("changes nothing where another address has the settings", async () => {
  await open();
  const asked = { ...request(systemMail(), withPassword), ownership: ownedAs({ kind: "kept" }) };
  expect((await problemOf(resource.create(asked, room.context))).code).toBe("terraform/owned-by-another-address");
  expect(room.writes).toEqual([]);
});
