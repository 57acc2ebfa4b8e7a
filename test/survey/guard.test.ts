import { ReadOnlyGuard } from "../../lib/survey/guard";

const signal = new AbortController().signal;
const guard = new ReadOnlyGuard(["https://vrops.example.com/suite-api/api/auth/token/acquire"]);
const sent = (method: string, url: string) => () => guard.sending({ method, url, body: "", signal });

describe("what reads lets through", () => {
  it.each([
    ["GET", "https://vrops.example.com/suite-api/api/alertplugins"],
    ["HEAD", "https://vrops.example.com/"],
    ["POST", "https://vrops.example.com/suite-api/api/auth/token/acquire"],
    ["POST", "https://vrops.example.com/suite-api/api/auth/token/acquire?_no_links=true"],
  ])("%s %s", (method, url) => expect(sent(method, url)).not.toThrow());

  it.each([
    ["POST", "https://vrops.example.com/suite-api/api/alertplugins"],
    ["PUT", "https://vrops.example.com/suite-api/api/auth/token/acquire"],
    ["DELETE", "https://vrops.example.com/suite-api/api/alertplugins/1"],
    ["PATCH", "https://vrops.example.com/suite-api/api/alertplugins"],
    ["POST", "https://elsewhere.example.com/suite-api/api/auth/token/acquire"],
    ["POST", "https://vrops.example.com/suite-api/api/auth/token/acquire/../../../alertplugins"],
    ["POST", "https://vrops.example.com:8443/suite-api/api/auth/token/acquire"],
    ["get", "https://vrops.example.com/suite-api/api/alertplugins"],
  ])("nothing else: %s %s", (method, url) => expect(sent(method, url)).toThrow(/stopped before it was sent/));
});
