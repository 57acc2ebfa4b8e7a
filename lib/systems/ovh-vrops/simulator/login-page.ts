import { escapedText } from "../../../core/markup";
import type { IssuedCredential } from "./credentials";

const DAY = 86_400;

/** The periods of validity that the owner may choose: seconds by their label. */
export const VALIDITIES: Readonly<Record<string, number | null>> = {
  "1 day": DAY,
  "7 days": 7 * DAY,
  "30 days": 30 * DAY,
  "90 days": 90 * DAY,
  Unlimited: null,
};

/** The page on which the owner of an account grants or refuses what an application asks for. */
export function loginPage({ status, rules, pageToken }: IssuedCredential): string {
  const asked = rules.map(({ method, path }) => `<li><code>${escapedText(method)} ${escapedText(path)}</code></li>`);
  const choices = Object.keys(VALIDITIES).map((label) => `<option>${label}</option>`);
  const form = `<form method="post" action="?credentialToken=${encodeURIComponent(pageToken)}">
<label>Validity <select name="validity">${choices.join("")}</select></label>
<button name="decision" value="validate">Authorize access</button>
<button name="decision" value="refuse">Refuse</button>
</form>`;
  const state: Readonly<Record<IssuedCredential["status"], string>> = {
    pendingValidation: form,
    validated: "<p>Access is authorized.</p>",
    refused: "<p>Access was refused.</p>",
    expired: "<p>This access has expired.</p>",
  };
  return pageOf(`<p>The application asks for:</p><ul>${asked.join("")}</ul>${state[status]}`);
}

export const noSuchLogin = () => pageOf("<p>This link is not, or no longer, valid.</p>");

const pageOf = (body: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>OVHcloud (simulated): access to your account</title></head>
<body>
<h1>Access to your account</h1>
${body}
</body>
</html>
`;
