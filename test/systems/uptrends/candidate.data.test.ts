import { candidateDataSources } from "../../../lib/systems/uptrends/candidate.data";
import { problemsOf } from "../../support/system-room";
import { candidateId, openRoom, type Room } from "./room";

let room: Room;
afterEach(() => room?.close());

const KINDS = ["monitors", "monitorGroups", "operators", "operatorGroups"] as const;
const NAMES = ["Shop API", "Production", "Jane Doe", "NOC"];

describe.each(candidateDataSources.map((source, index) => ({ source, kind: KINDS[index]!, name: NAMES[index]! })))(
  "$source.schema.type",
  ({ source, kind, name }) => {
    const find = (wanted: string) => source.read({ name: wanted, id: null, timeouts: null }, room.context);

    it("is found by its exact name, and all of a run by one call", async () => {
      room = await openRoom();
      const [first] = await Promise.all([find(name), find(name)]);
      expect(first).toEqual({ name, id: candidateId(room, kind, name), timeouts: null });
      expect(room.requests("GET")).toHaveLength(1);
    });

    it("is not guessed from a near name", async () => {
      room = await openRoom();
      const [problem] = await problemsOf(find(name.toLowerCase()));
      expect(problem!.code).toMatch(/^uptrends\/no-such-/);
      expect(problem!.expected).toContain(JSON.stringify(name));
      expect(problem!.fix).toContain(`Did you mean "${name}"?`);
    });
  },
);

it("is not guessed where two have the name", async () => {
  room = await openRoom();
  room.intervene("add-candidate", { kind: "monitor", name: "Shop" });
  const [problem] = await problemsOf(
    candidateDataSources[0].read({ name: "Shop", id: null, timeouts: null }, room.context),
  );
  expect(problem).toMatchObject({
    code: "uptrends/ambiguous-monitor",
    summary: 'Uptrends has 2 monitors named "Shop"',
  });
});
