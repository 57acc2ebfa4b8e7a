import { smtpPort } from "../../lib/validators";

describe("an SMTP port", () => {
  it.each([25, 465, 587, 2525])("may be %d", (port) => {
    expect(smtpPort.check(port)).toBeUndefined();
  });

  it.each([
    [80, 587],
    [26, 587],
    [52, 587],
    [0, 587],
    [578, 587],
    [456, 465],
    [2552, 2525],
    [10 ** 20, 587],
  ])("is not %d: %d was meant", (port, meant) => {
    expect(smtpPort.check(port)).toMatchObject({
      code: "value/not-allowed",
      expected: "one of 25, 465, 587, 2525",
      fix: `Did you mean ${meant}?`,
    });
  });
});
