/** Tables that hold an `organization_id` or belong to nobody, and are read before it is known whose request it is (docs/security.md). */
export const SHARED_TABLES: readonly string[] = [
  'organizations',
  'users',
  'memberships',
  'sessions',
  'refresh_tokens',
  'account_requests',
  'selling_since',
];
