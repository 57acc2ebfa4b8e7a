import { integrationData } from "../../../lib/systems/uptrends/integration.data";
import { problemsOf } from "../../support/system-room";
import { integrationId, openRoom, type Room } from "./room";

let room: Room;
afterEach(() => room?.close());

const find = (name: string, type: string | null = null) =>
  integrationData.read({ name, type, id: null, timeouts: null }, room.context);

describe("an integration of Uptrends", () => {
  it("is found by its exact name", async () => {
    room = await openRoom();
    expect(await find("AlertOps - prod", "GenericWebhook")).toEqual({
      name: "AlertOps - prod",
      type: "GenericWebhook",
      id: integrationId(room, "AlertOps - prod"),
      timeouts: null,
    });
  });

  it("is not guessed from a near name: the candidates are shown", async () => {
    room = await openRoom();
    const [problem] = await problemsOf(find("alertops - prod"));
    expect(problem).toMatchObject({ code: "uptrends/no-such-integration", path: ["name"] });
    expect(problem!.expected).toBe('one of "Email", "Phone", "AlertOps - prod"');
    expect(problem!.fix).toContain('Did you mean "AlertOps - prod"?');
  });

  it("that is not there is made by hand: the steps are numbered", async () => {
    room = await openRoom({ options: { integrations: [] } });
    const [problem] = await problemsOf(find("AlertOps - prod"));
    expect(problem!.attachment).toMatch(
      /1\. In Uptrends .*\n2\. Name it exactly "AlertOps - prod"\.\n3\. .*Specify value in escalation level.*\n4\. .*\n5\. /,
    );
  });

  it("must be of the type expected", async () => {
    room = await openRoom();
    expect((await problemsOf(find("Email", "GenericWebhook")))[0]).toMatchObject({
      code: "uptrends/wrong-integration-type",
      got: "Email",
    });
  });

  it("must be the only one of its name", async () => {
    room = await openRoom({
      options: { integrations: [1, 2].map(() => ({ name: "AlertOps", type: "GenericWebhook" })) },
    });
    expect((await problemsOf(find("AlertOps")))[0]!.code).toBe("uptrends/ambiguous-integration");
  });
});
