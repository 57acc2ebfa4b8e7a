import { emailPluginResource as resource } from "../../../lib/systems/vrops/email-plugin.resource";
import type { EmailPluginState } from "../../../lib/systems/vrops/email-plugin.schema";
import { asAttribute, renderProse } from "../../../lib/core/prose";
import type { Problem } from "../../../lib/core/problem";
import { startMailServer, type MailServer } from "../../../lib/mail/server";
import {
  emailPlugin,
  forgetLists,
  loseReply,
  nextRun,
  openRoom,
  PASSWORD,
  problemOf,
  request,
  SERVICE,
  type Room,
  type RoomOptions,
} from "./room";

const withPassword = { password_wo: PASSWORD };
const WITHOUT_LOGIN = { username: null, password_wo: null as unknown as string };

describe("an e-mail plugin's login", () => {
  let room: Room;
  let mail: MailServer | undefined;
  afterEach(async () => {
    await room?.close();
    await mail?.close();
    mail = undefined;
  });
  const open = async (options?: RoomOptions) => (room = await openRoom(options));
  const create = (changes: Partial<EmailPluginState> = {}, config: Partial<EmailPluginState> = withPassword) =>
    resource.create(request(emailPlugin(changes), config), room.context);
  const update = (prior: EmailPluginState, changes: Partial<EmailPluginState>, config = withPassword) =>
    resource.update!({ prior, ...request({ ...prior, ...changes }, config) }, room.context);
  const read = (prior: EmailPluginState) => resource.read({ prior, private: {}, imported: false }, room.context);
  const types = () => room.simulated.requests.filter((made) => made.includes("/alertplugins/types/")).length;

  describe.each(["objects", "objects-untold"])("where logins are %s", (credentials) => {
    it("is no success: the plugin is not left behind, and the error says how to make a credential by hand", async () => {
      await open({ vrops: { version: "9.0", credentials } });
      const asked = request(emailPlugin(), withPassword);
      const problem = await problemOf(resource.create(asked, room.context));
      expect(problem).toMatchObject({ code: "vrops/login-not-kept", path: ["username"] });
      expect(problem.fix).toContain("Credential Type");
      expect(problem.fix).toContain("The plugin was not created.");
      expect(JSON.stringify(problem)).not.toContain(PASSWORD);
      expect(room.state().plugins).toEqual([]);
      expect(asked.saved).toEqual([]);
      expect(room.writes()).toEqual(["POST /alertplugins", "DELETE /alertplugins/ID?checkDependencies=true"]);
      expect(types()).toBe(1);
    });

    it("leaves nothing behind when the reply to the creation is lost either", async () => {
      await open({ vrops: { credentials }, prepare: (app) => loseReply(app, "POST", /\/alertplugins$/) });
      expect((await problemOf(create())).code).toBe("vrops/login-not-kept");
      expect(room.state().plugins).toEqual([]);
    });

    it("keeps the previous settings, enabled, when an update adds it", async () => {
      await open({ vrops: { credentials } });
      const state = await create({ username: null }, {});
      const problem = await problemOf(update(state, { username: "alerts", sender_name: "Alarms" }));
      expect(problem.code).toBe("vrops/login-not-kept");
      expect(problem.fix).toContain("The previous settings are written back.");
      expect(room.state().plugins).toMatchObject([{ enabled: true }]);
      expect(await read(state)).toEqual(state);
      expect(room.codes()).toEqual(["vrops/previous-settings-kept", "vrops/enabled-again"]);
    });

    it("is a credential chosen by hand, which no later apply touches", async () => {
      mail = await startMailServer({ mode: "plain", users: { alerts: PASSWORD } });
      await open({ vrops: { credentials } });
      room.simulated.network.open(SERVICE, mail.host, mail.port);
      const without = { ...WITHOUT_LOGIN, smtp_port: mail.port, security: "none" };
      const state = await create(without, {});
      room.intervene("give-credential", { userName: "alerts", password: PASSWORD });
      await forgetLists(room);
      expect(await read(state)).toEqual(state);
      await update(state, { sender_name: "Alarms" }, {} as typeof withPassword);
      const { id } = state;
      await room.client.plugins.test(id!, "oncall@example.com", room.context.signal);
      expect(mail.inbox.messages).toMatchObject([{ user: "alerts" }]);
    });
  });

  it("is taken for lost at once where the type's description knows no user name, and waited for elsewhere", async () => {
    const waits: number[] = [];
    for (const credentials of ["objects", "objects-untold"]) {
      await open({ vrops: { credentials } });
      await problemOf(create());
      waits.push(room.simulated.requests.filter((made) => /GET .*\/alertplugins\/[0-9a-f-]{36}$/.test(made)).length);
      await room.close();
    }
    expect(waits[0]).toBeLessThanOrEqual(3);
    expect(waits[1]).toBeGreaterThan(10);
  });

  it("names the kinds of credentials that the type takes, when it tells", async () => {
    await open({ vrops: { credentials: "objects" } });
    expect(textOf((await problemOf(create())).got)).toContain("the type takes credentials: BASIC");
  });

  it("that is shown a moment later is kept", async () => {
    let looks = 0;
    await open({
      prepare: (app) =>
        void app.addHook("onSend", (incoming, _reply, payload) => {
          if (incoming.method !== "GET" || !/alertplugins\/[0-9a-f-]{36}$/.test(incoming.url) || looks++ > 0) return;
          const plugin = JSON.parse(String(payload)) as { configValues: { name: string }[] };
          const values = plugin.configValues.filter(({ name }) => !/USERNAME|AUTHETICATION/.test(name));
          return JSON.stringify({ ...plugin, configValues: values });
        }),
    });
    const state = await create();
    expect(state.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(looks).toBeGreaterThan(1);
    expect(room.codes()).toEqual([]);
  });

  it("that is there without a name is neither a difference nor taken out, and told once", async () => {
    await open({
      prepare: (app) =>
        void app.addHook("onSend", (incoming, _reply, payload) => {
          if (!incoming.url.includes("/alertplugins") || incoming.url.includes("/types") || !payload) return;
          return String(payload).replace(/\{"name":"USERNAME","value":"[^"]*"\},/g, "");
        }),
    });
    const state = await create();
    expect(room.codes()).toEqual(["vrops/login-not-shown"]);
    expect(await read(state)).toEqual(state);
    await update({ ...state, ...WITHOUT_LOGIN }, { sender_name: "Alarms" }, {} as typeof withPassword);
    const values = room.state().plugins[0]!.configValues;
    expect(values).toContainEqual({ name: "IS_REQUIRES_AUTHETICATION", value: "true" });
  });

  describe("in a plan", () => {
    const plan = async (prior: EmailPluginState | null, planned: EmailPluginState, client = room.client) => {
      const asked = { prior, planned, config: planned, private: {}, replace: new Set<never>() };
      const { client: _, ...rest } = room.context;
      await resource.plan!(asked, { ...rest, connect: async () => client });
    };

    it("is warned of where the type's description knows no user name", async () => {
      await open({ vrops: { credentials: "objects" } });
      await plan(null, emailPlugin());
      expect(room.reports).toMatchObject([{ code: "vrops/login-by-credential", severity: "warning" }]);
      expect(textOf(room.reports[0]!.fix)).toContain("Credential");
    });

    it("is asked for when it is new only, and no warning where it is a setting", async () => {
      await open();
      const before = room.simulated.requests.length;
      await plan(emailPlugin(), emailPlugin({ sender_name: "Alarms" }));
      await plan(emailPlugin({ username: null }), emailPlugin({ username: null }));
      expect(room.simulated.requests).toHaveLength(before);
      await plan(emailPlugin({ username: null }), emailPlugin());
      expect(types()).toBe(1);
      expect(room.codes()).toEqual([]);
    });

    it("says nothing when vROps cannot be asked", async () => {
      await open({
        prepare: (app) =>
          void app.addHook("preHandler", (incoming, reply) => {
            if (incoming.url.includes("/types/")) reply.code(403).send({ message: "no" });
          }),
      });
      await plan(null, emailPlugin(), await nextRun(room));
      expect(room.codes()).toEqual([]);
    });
  });
});

const textOf = (text: Problem["fix"] | Problem["got"]) =>
  text === undefined || typeof text === "string" ? (text ?? "") : renderProse(text, asAttribute);
