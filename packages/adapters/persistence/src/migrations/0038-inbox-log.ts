/** A channel's deliveries, newest first. */
export const inboxLog = `
  CREATE INDEX inbox_log ON inbox (organization_id, source_id, id);
`;
