import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { emailPluginResource } from "../../../lib/systems/vrops/email-plugin.resource";
import { notificationRuleResource } from "../../../lib/systems/vrops/notification-rule.resource";
import { emailPlugin, nextRun, openRoom, PASSWORD, problemOf, request, rule, type Room } from "./room";

/** Says yes to requests that match, once it is switched on, and does nothing. */
class FakeSuccess {
  on = false;

  constructor(
    private readonly method: string,
    private readonly url: RegExp,
    private readonly page: string,
  ) {}

  readonly prepare = (app: WebApp): void => {
    app.addHook("preHandler", async (incoming, reply) => {
      if (!this.on || incoming.method !== this.method || !this.url.test(incoming.url)) return;
      return this.page === "" ? reply.code(204).send() : reply.code(200).type("text/html").send(this.page);
    });
  };
}

const ANSWERS = [
  ["an empty 204", ""],
  ["a maintenance page", "<html><body>We will be back soon.</body></html>"],
] as const;

describe.each(ANSWERS)("%s of vROps is not believed", (_, page) => {
  let room: Room;
  afterEach(() => room?.close());
  const open = async (method: string, url: RegExp) => {
    const fake = new FakeSuccess(method, url, page);
    room = await openRoom({ prepare: fake.prepare });
    return fake;
  };
  const plugin = (changes = {}) => request(emailPlugin(changes), { password_wo: PASSWORD });
  const withRule = async () => {
    const { id } = await emailPluginResource.create(plugin(), room.context);
    return notificationRuleResource.create(request(rule({ plugin_id: id! })), room.context);
  };
  const codeOf = async (promise: Promise<unknown>) => (await problemOf(promise)).code;
  const noEffect = page === "" ? "vrops/not-kept" : "vrops/unexpected-answer";

  it("as the creation of a plugin", async () => {
    const fake = await open("POST", /\/alertplugins$/);
    fake.on = true;
    const asked = plugin();
    const problem = await problemOf(emailPluginResource.create(asked, room.context));
    expect(problem).toMatchObject({
      code: "vrops/not-shown",
      summary: expect.stringContaining('"Prod SMTP"') as string,
    });
    expect(asked.saved).toEqual([]);
  });

  it("as the enabling of a new plugin, which the state has all the same", async () => {
    const fake = await open("PUT", /\/enable\/true$/);
    fake.on = true;
    const asked = plugin();
    expect(await codeOf(emailPluginResource.create(asked, room.context))).toBe(noEffect);
    expect(asked.saved).not.toEqual([]);
  });

  it("as a change of a plugin, which goes on sending with what it had", async () => {
    const fake = await open("PUT", /\/alertplugins$/);
    const prior = await emailPluginResource.create(plugin(), room.context);
    fake.on = true;
    const changed = emailPluginResource.update!({ prior, ...plugin({ id: prior.id, smtp_port: 25 }) }, room.context);
    expect(await codeOf(changed)).toBe("vrops/unexpected-answer");
    expect(room.state().plugins).toMatchObject([{ enabled: true }]);
    expect(room.codes()).toEqual(["vrops/enabled-again"]);
  });

  it("as enabling again after a failure: the plugin is said to send nothing", async () => {
    const fake = await open("PUT", /\/alertplugins$|\/enable\/true$/);
    const prior = await emailPluginResource.create(plugin(), room.context);
    fake.on = true;
    await problemOf(emailPluginResource.update!({ prior, ...plugin({ id: prior.id, smtp_port: 25 }) }, room.context));
    expect(room.codes()).toEqual(["vrops/left-disabled"]);
  });

  it("as the deletion of a plugin", async () => {
    const fake = await open("DELETE", /\/alertplugins\//);
    const prior = await emailPluginResource.create(plugin(), room.context);
    fake.on = true;
    const problem = await problemOf(emailPluginResource.delete({ prior, private: {} }, room.context));
    expect(problem.code).toBe("vrops/not-gone");
    expect(problem.summary).toContain(`the e-mail plugin "Prod SMTP" (id ${prior.id})`);
  });

  it("as the creation of a rule", async () => {
    const fake = await open("POST", /\/rules$/);
    fake.on = true;
    expect(await codeOf(withRule())).toBe("vrops/not-shown");
  });

  it("as a change of a rule", async () => {
    const fake = await open("PUT", /\/rules$/);
    const prior = await withRule();
    fake.on = true;
    const planned = { ...prior, receivers: ["noc@example.com"] };
    expect(await codeOf(notificationRuleResource.update!({ prior, ...request(planned) }, room.context))).toBe(noEffect);
  });

  it("as the deletion of a rule, which would go on mailing", async () => {
    const fake = await open("DELETE", /\/rules\//);
    const prior = await withRule();
    fake.on = true;
    expect(await codeOf(notificationRuleResource.delete({ prior, private: {} }, room.context))).toBe("vrops/not-gone");
  });
});

describe("what somebody else makes at the same moment", () => {
  it("is told with both ids", async () => {
    let fast: Promise<unknown> | undefined;
    const room = await openRoom({
      prepare: (app) =>
        void app.addHook("preHandler", async (incoming) => {
          if (fast !== undefined || incoming.method !== "POST" || !incoming.url.endsWith("/alertplugins")) return;
          const other = await nextRun(room);
          fast = emailPluginResource.create(request(emailPlugin(), { password_wo: PASSWORD }), {
            ...room.context,
            client: other,
            report: () => undefined,
          });
          await fast;
        }),
    });
    try {
      await emailPluginResource.create(request(emailPlugin(), { password_wo: PASSWORD }), room.context);
      const ids = room.state().plugins.map(({ pluginId }) => pluginId);
      expect(ids).toHaveLength(2);
      expect(room.codes()).toEqual(["vrops/appeared-meanwhile"]);
      for (const id of ids) expect(room.reports[0]!.got).toContain(id);
    } finally {
      await room.close();
    }
  });
});
