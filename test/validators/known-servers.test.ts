import { knownServers } from "../../lib/validators";

const codes = (values: Record<string, unknown>) =>
  knownServers()
    .check({
      smtp_host: null,
      smtp_port: 587,
      username: null,
      sender_address: "alerts@example.com",
      ...values,
    } as never)
    .map(({ code, severity, path }) => `${severity} ${code} ${path!.join()}`);

it.each([
  [{ smtp_host: "smtp.example.com", username: "alerts" }, []],
  [{ smtp_host: undefined, username: "alerts" }, []],
  [
    { smtp_host: "smtp.office365.com", username: "a@example.com" },
    ["warning value/microsoft-365-basic-auth smtp_host"],
  ],
  [{ smtp_host: "SMTP-legacy.Office365.com", username: "a" }, ["warning value/microsoft-365-basic-auth smtp_host"]],
  [{ smtp_host: "smtp.office365.com" }, []],
  [{ smtp_host: "smtp.office365.com.example.com", username: "a" }, []],
  [{ smtp_host: "smtp.office365.com", smtp_port: 465 }, ["warning value/microsoft-365-port smtp_port"]],
  [{ smtp_host: "smtp.gmail.com", username: "Alerts@example.com" }, []],
  [{ smtp_host: "smtp.gmail.com", username: "other@example.com" }, ["warning value/gmail-sender sender_address"]],
  [{ smtp_host: "smtp.gmail.com", username: undefined }, []],
])("%j", (values, expected) => {
  expect(codes(values)).toEqual(expected);
});

it("looks at the attributes by the names that a resource gives them", () => {
  const check = knownServers({ host: "host", port: "port" });
  expect(check.check({ host: "smtp.office365.com", port: 465 } as never)[0]).toMatchObject({ path: ["port"] });
});
