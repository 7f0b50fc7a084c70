// better-auth's own client in a page at another origin, as a browser application has it: no token, the browser sends its cookies.
// Where Roster is, the page's address says: ?roster=http://127.0.0.1:1234
import { createAuthClient } from "better-auth/client";
import { organizationClient } from "better-auth/client/plugins";
import { answers, told } from "./calls.mjs";

const baseURL = new URLSearchParams(location.search).get("roster") ?? undefined;
window.authClient = createAuthClient({ baseURL, plugins: [organizationClient()] });
// For who drives the browser: calls and answers as JSON.
window.asks = async (asked) => told(await answers(window.authClient, asked));
