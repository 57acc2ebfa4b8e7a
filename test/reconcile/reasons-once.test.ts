import type { Entry } from "../../lib/reconcile/detection";
import { reasonsOnce } from "../../lib/reconcile/reasons-once";

const LONG = "vROps answered 503 to POST /suite-api/api/auth/token/acquire; could not list the outbound plugins";
const unknown = (address: string, reason: string): Entry => ({
  bucket: "unknown",
  type: "t",
  kind: "k",
  address,
  reason,
});

it("says a long reason at the first entry that has it", () =>
  expect(
    reasonsOnce([unknown("a", LONG), unknown("b", LONG), unknown("c", `${LONG}.`), unknown("d", LONG)]).map(
      ({ reason }) => reason,
    ),
  ).toEqual([LONG, "for the same reason as a", `${LONG}.`, "for the same reason as a"]));

it("leaves short reasons, and those of what is known", () => {
  const entries: Entry[] = [
    unknown("a", "no API"),
    unknown("b", "no API"),
    { bucket: "drifted", type: "t", kind: "k", address: "c", reason: LONG },
    { bucket: "drifted", type: "t", kind: "k", address: "d", reason: LONG },
  ];
  expect(reasonsOnce(entries)).toEqual(entries);
});
