import { escapedText } from "../../../core/markup";

const FIELDS = ["name", "sender", "replyTo", "host", "port", "authentication", "user", "password", "secure", "default"];

/** The screen as a web page: the connections that a person has entered. */
export function page(connections: readonly Record<string, unknown>[]): string {
  const rows = connections.map(
    (one) => `<tr>${FIELDS.map((field) => `<td>${escapedText(String(one[field] ?? ""))}</td>`).join("")}</tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Ksaar (simulated): SMTP connections</title></head>
<body>
<h1>SMTP connections</h1>
<p>${connections.length === 0 ? "Nobody has entered a connection yet." : "As a person has entered them."}</p>
<table border="1"><tr>${FIELDS.map((field) => `<th>${field}</th>`).join("")}</tr>${rows.join("")}</table>
</body>
</html>
`;
}
