import { webhook } from "../../lib/notify/webhook";
import { announcement, finding } from "./support/telling";

it("sends the announcement as a document with a version", () => {
  expect(webhook(announcement()).body).toEqual({
    format: "outbound-announcement/1",
    stack: "production",
    state: "failed",
    exitCode: 2,
    summary: "1 object is missing",
    findings: [finding()],
    at: "2026-11-29T05:17:00Z",
    link: "https://github.com/acme/alerts/actions/runs/99",
  });
});
