// A call told as JSON, made with a better-auth client, and what came of it, to be told as JSON again.
//
// `call` is a method of the client (`organization.removeMember`), called with `arg` if there is one; or it is `fetch:` and a path,
// and `arg` is the options of `$fetch`. Answered are `data` and `error` as the client gave them, or what it threw.

export async function answers(client, told) {
  try {
    const came = await does(client, told);
    // What the client works out for itself, such as checkRolePermission, is no pair of data and error.
    const pair = came !== null && typeof came === "object" && "error" in came ? came : { data: came, error: null };
    return { data: pair.data ?? null, error: pair.error ?? null };
  } catch (error) {
    return { thrown: [error, error.cause].filter(Boolean).join(": ") };
  }
}

function does(client, { call, arg }) {
  if (call.startsWith("fetch:")) return client.$fetch(call.slice("fetch:".length), arg);
  const method = call.split(".").reduce((owner, name) => owner[name], client);
  return arg === undefined ? method() : method(arg);
}

/** As JSON, which has no dates: what the client made a Date is {"$date"}. */
export function told(answer) {
  return JSON.stringify(answer, function (key, value) {
    // `value` is a text already; the object it is in still has the Date.
    return this[key] instanceof Date ? { $date: value } : value;
  });
}
