// The outline of the text is asked for before anything else: it takes longest.

const asked = fetch(`/api/texts/${location.pathname.split("/").pop()}/outline`).catch(() => null);
let taken = false;

/** Give the outline that was asked for first; null the next time, and where it was refused. */
export async function early() {
  if (taken) return null;
  taken = true;
  const response = await asked;
  return response?.ok ? response.json() : null;
}
