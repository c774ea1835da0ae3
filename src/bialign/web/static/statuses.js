// What people can say of a bead, by the numbers the server sends.

export const STATUSES = ["unreviewed", "confirmed", "rejected", "doubtful"];
