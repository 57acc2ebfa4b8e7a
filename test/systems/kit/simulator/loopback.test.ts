import { isWithinSandbox } from "../../../../lib/systems/kit/simulator/loopback";
import { sendSimulated } from "../../../../lib/systems/kit/simulator/mail";

it.each(["127.0.0.1", "127.0.0.53", "127.255.255.254"])("a simulator may connect to %s", (address) =>
  expect(isWithinSandbox(address)).toBe(true),
);

it.each(["203.0.113.25", "10.0.0.1", "0.0.0.0", "169.254.169.254", "localhost", "127.0.0.1.example.com", "::1", ""])(
  "a simulator connects nowhere else: %j",
  (address) => expect(isWithinSandbox(address)).toBe(false),
);

it("a mail to a server elsewhere fails at once and says why", async () => {
  const mail = {
    host: "203.0.113.25",
    port: 25,
    name: "mail.example.com",
    security: "none",
    from: { name: "", address: "alerts@example.com" },
    to: ["oncall@example.com"],
    subject: "x",
    text: "x",
    mailer: "x",
  } as const;
  await expect(sendSimulated(mail)).rejects.toThrow("the sandbox reaches nothing but 127.0.0.0/8");
});
