import { connectSystem } from "../../../lib/systems/kit/connect";
import { uipath } from "../../../lib/systems/uipath";
import { systemMailResource } from "../../../lib/systems/uipath/system-mail.resource";
import {
  ignoring,
  openRoom,
  ORGANIZATION,
  PASSWORD,
  problemOf,
  request,
  runtimeWith,
  systemMail,
  type Room,
} from "./room";

let room: Room;
afterEach(() => room.close());

const signal = () => new AbortController().signal;
const read = () => room.client.system.shown(ORGANIZATION).read(signal());
const asked = () =>
  room.simulated.requests.filter((one) => one.includes("/api/Setting")).map((one) => one.replace(/\/api\/.*/, ""));

describe("the Identity service", () => {
  it.each([
    ["suite", "organization", ["GET /acme/identity_"]],
    ["suite", "host", ["GET /acme/identity_", "GET /identity_"]],
    ["standalone", "host", ["GET /identity"]],
  ])("of %s is found at the %s's address", async (edition, identityAt, expected) => {
    room = await openRoom({ uipath: { edition, identityAt } });
    await read();
    expect(asked()).toEqual(expected);
  });

  it("is found behind the portal's page, and asked there from then on, by writes too", async () => {
    room = await openRoom({ uipath: { identityAt: "host", identityElsewhere: "page" } });
    await read();
    const planned = systemMail({ organization_id: ORGANIZATION });
    await systemMailResource.create(request(planned, { password_wo: PASSWORD }), room.context);
    expect(room.state().organization.own).toMatchObject({ "Email.Smtp.Host": "127.0.0.1" });
    expect(asked().filter((one) => one.includes("/acme/"))).toEqual(["GET /acme/identity_"]);
    expect(asked().filter((one) => one.startsWith("PUT"))).toEqual(["PUT /identity_"]);
  });

  it.each([
    ["404", "not-found"],
    ["a web page", "page"],
  ])("that is nowhere names identity_url, and says what was found: %s", async (found, identityElsewhere) => {
    room = await openRoom({
      uipath: { identityAt: "organization", identityElsewhere },
      prepare: (app) =>
        app.addHook("preHandler", async (incoming, reply) => {
          if (!/\/api\/Setting/.test(incoming.url)) return;
          if (identityElsewhere === "page") return reply.type("text/html").send("<html>Portal</html>");
          return reply.code(404).send({});
        }),
    });
    const problem = await problemOf(read());
    expect(problem).toMatchObject({ code: "uipath/no-identity-there", path: ["uipath", "identity_url"] });
    expect(problem.got).toMatch(new RegExp(`/acme/identity_: ${found}.*; .*/identity_: ${found}`));
    expect(problem.fix).toContain("UIPATH_IDENTITY_URL");
  });

  it("is looked for nowhere else when its address is told", async () => {
    room = await openRoom({ uipath: { identityAt: "organization" } });
    const told = { UIPATH_IDENTITY_URL: `${room.simulated.url}/identity_` };
    const environment = { ...room.simulated.simulator.environment(room.simulated.url), ...told };
    const client = await connectSystem(uipath, null, runtimeWith(environment));
    const problem = await problemOf(client.system.shown(ORGANIZATION).read(signal()));
    expect(problem).toMatchObject({ code: "uipath/no-identity-there", got: expect.not.stringContaining(";") });
    expect(asked()).toEqual(["GET /identity_"]);
  });

  it("that refuses an application its organization's mail says who may", async () => {
    room = await openRoom({ uipath: { partitionNeedsHost: true } });
    const problem = await problemOf(read());
    expect(problem.code).toBe("uipath/forbidden");
    expect(problem.fix).toContain("or the host administrator's login");
  });

  it("believes no page after it was found", async () => {
    room = await openRoom();
    await read();
    ignoring("GET", /\/api\/Setting$/, "page")(room.simulated.app);
    const problem = await problemOf(room.client.system.shown(undefined).read(signal()));
    expect(problem.code).toBe("uipath/unexpected-answer");
  });
});
