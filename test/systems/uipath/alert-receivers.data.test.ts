import { alertReceiversData as data } from "../../../lib/systems/uipath/alert-receivers.data";
import type { AlertReceiversState } from "../../../lib/systems/uipath/alert-receivers.schema";
import { openRoom, problemOf, type Room, type RoomOptions } from "./room";

let room: Room;
afterEach(() => room?.close());
const open = async (options?: RoomOptions) => (room = await openRoom(options));

const read = (expected: string[] | null = null) => {
  const computed = { id: null, addresses: null, missing: null, receivers: null, groups: null, without_address: null };
  return data.read({ ...computed, expected } as AlertReceiversState, room.context);
};
const admin = (username: string, rest = {}) => ({ username, roles: ["Administrator"], ...rest });

describe("who receives a tenant's alert mails", () => {
  it("is those with an address and the permission to view alerts", async () => {
    await open();
    const state = await read();
    expect(state).toMatchObject({ id: "tenant", addresses: ["oncall@example.com"], missing: [] });
    expect(state.receivers).toEqual([
      { username: "oncall", address: "oncall@example.com", roles: ["Administrator"], subscribed: true },
    ]);
    expect(room.codes()).toEqual([]);
  });

  it("is nobody, with a warning that names those without an address and the groups", async () => {
    await open({
      uipath: {
        accounts: [
          admin("root"),
          admin("Operators", { type: "DirectoryGroup" }),
          admin("gone", { address: "gone@example.com", active: false }),
        ],
      },
    });
    const state = await read(["oncall@example.com"]);
    expect(state).toMatchObject({ addresses: [], groups: ["Operators"], without_address: ["root"] });
    expect(room.codes()).toEqual(["uipath/no-receivers"]);
    expect(room.reports[0]!.got).toBe("without an address: root; directory groups: Operators");
  });

  it.each([
    [15, "Nobody receives UiPath's alert mails", "do not inherit"],
    [17, "No account receives UiPath's alert mails, except perhaps by a group", "assigned to it"],
    [20, "No account receives UiPath's alert mails, except perhaps by a group", "every ten minutes"],
  ])("is only a group, which release %p treats its own way", async (apiVersion, summary, fix) => {
    await open({ uipath: { apiVersion, accounts: [admin("Operators", { type: "DirectoryGroup" })] } });
    await read(["oncall@example.com"]);
    expect(room.reports[0]).toMatchObject({ summary, fix: expect.stringContaining(fix) });
    expect(/do not inherit/.test(room.reports[0]!.fix as string)).toBe(apiVersion === 15);
  });

  it("does not include somebody who is expected, with a warning that names both", async () => {
    await open();
    const state = await read(["OnCall@example.com", "noc@example.com"]);
    expect(state.missing).toEqual(["noc@example.com"]);
    expect(room.codes()).toEqual(["uipath/receivers-missing"]);
    expect(room.reports[0]!.summary).toContain("noc@example.com");
    expect(room.reports[0]!.got).toContain("oncall@example.com");
  });

  it("does not include those who have switched off every alert", async () => {
    await open({
      uipath: {
        accounts: [
          admin("ada", { address: "ada@example.com" }),
          admin("bob", { address: "bob@example.com", muted: true }),
        ],
      },
    });
    const state = await read(["bob@example.com"]);
    expect(state.addresses).toEqual(["ada@example.com"]);
    expect(room.codes()).toEqual(["uipath/receivers-missing", "uipath/receivers-muted"]);
  });

  it("is complete over several pages", async () => {
    const accounts = Array.from({ length: 7 }, (_, at) => admin(`u${at}`, { address: `u${at}@example.com` }));
    await open({ uipath: { accounts, pageSize: 3 } });
    expect((await read()).addresses).toHaveLength(7);
  });

  it("is asked by role where accounts come without their roles", async () => {
    await open({ uipath: { bareAccounts: true } });
    expect((await read()).addresses).toEqual(["oncall@example.com"]);
    expect(room.simulated.requests.join("\n")).toContain("GetUserIdsForRole(key=1)");
  });

  it("is not guessed when roles come without permissions", async () => {
    await open({
      prepare: (app) =>
        app.addHook("onRequest", async (incoming, reply) => {
          if (incoming.url.includes("/odata/Roles")) return reply.send({ value: [{ Id: 1, Name: "Administrator" }] });
        }),
    });
    expect((await problemOf(read())).code).toBe("uipath/unexpected-answer");
  });

  it("needs a scope, and says which, and how to do without", async () => {
    await open({ uipath: { scopes: "OR.Settings" } });
    const problem = await problemOf(read());
    expect(problem.code).toBe("uipath/scope-refused");
    expect(problem.fix).toContain("OR.Users.Read");
    expect(problem.fix).toContain("checkReceivers: false");
  });
});
