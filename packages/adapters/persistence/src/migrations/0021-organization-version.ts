/** For whoever changes an organization that somebody else is changing too. */
export const organizationVersion = `
  ALTER TABLE organizations ADD COLUMN version integer NOT NULL DEFAULT 1;
`;
