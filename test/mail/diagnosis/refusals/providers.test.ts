import { judgesAfterData, providerIds, recognizeProvider } from "../../../../lib/mail/diagnosis/refusals/providers";

it.each([
  ["smtp.office365.com", "microsoft-365"],
  ["example-com.mail.protection.outlook.com", "microsoft-365"],
  ["SMTP.GMAIL.COM", "gmail"],
  ["email-smtp.eu-west-1.amazonaws.com", "amazon-ses"],
  ["smtp.mail.me.com", "icloud"],
  ["smtp.zoho.eu", "zoho"],
  ["smtp.ionos.de", "ionos"],
  ["notsmtp.gmail.com.example.org", undefined],
  ["smtp.example.com", undefined],
])("knows %s", (host, provider) => {
  expect(recognizeProvider({ host })).toBe(provider);
});

it("knows a server behind another name by its greeting, and by its certificate", () => {
  expect(recognizeProvider({ host: "mail.example.com", greetings: ["220 SG ESMTP service ready at ismtpd-1"] })).toBe(
    "sendgrid",
  );
  const greetings = ["PR0P264CA0001.outlook.office365.com Hello [192.0.2.7]"];
  expect(recognizeProvider({ host: "127.0.0.1", greetings })).toBe("microsoft-365");
  expect(recognizeProvider({ host: "mail.example.com", certificateNames: ["smtp.gmail.com"] })).toBe("gmail");
});

it("knows who judges a message only when it has all of it", () => {
  expect(judgesAfterData("microsoft-365")).toBe(true);
  expect(judgesAfterData("proton")).toBe(false);
  expect(providerIds.length).toBeGreaterThanOrEqual(18);
});
