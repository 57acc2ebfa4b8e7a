import type { Demonstration } from "../kit/demonstration";

/** A person enters the connection according to the printed steps, and removes it at the end: Ksaar has no API for it. */
export const demonstration: Demonstration = {
  async raise({ intervene, values, mail }) {
    const declared = values("outbound_ksaar_smtp_connection");
    await intervene("enter-connection", {
      name: declared["name"],
      sender: declared["sender"],
      host: declared["host"],
      port: declared["port"],
      authentication: declared["authentication"],
      user: declared["username"],
      password: mail.password,
      secure: declared["secure"],
      default: declared["default_connection"],
      ca: mail.ca,
    });
    await intervene("send-mail", { to: "oncall@example.com", subject: "Ksaar alert", text: "…" });
  },
  seen: { subject: /^Ksaar alert/ },
  undo: ({ intervene, values }) =>
    intervene("delete-connection", { name: values("outbound_ksaar_smtp_connection")["name"] }),
};
