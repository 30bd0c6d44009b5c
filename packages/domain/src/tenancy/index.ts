export {
  type Acceptance,
  type AcceptInvitation,
  type AccountNeeded,
  acceptInvitation,
  type SignInNeeded,
} from './accept-invitation.js';
export { type AccountRequest, AccountRequestId, type LinkInvalid, lifetimeMinutes, type Registrant } from './account-request.js';
export type { AccountRequestStore, AccountRequests, DueRequest } from './account-requests.port.js';
export type { Accounts, Credentials, TokenPlace } from './accounts.port.js';
export { adminsOf } from './admins-of.js';
export {
  type ApiKey,
  ApiKeyId,
  isKeySecret,
  KEY_PREFIX,
  type KeyStatus,
  keySecretOf,
  keyStatuses,
  keyStatusOf,
  rightsOf,
  type Scope,
  scopes,
} from './api-key.js';
export type { ApiKeyDoor, ApiKeyStore, ApiKeyStores } from './api-keys.port.js';
export { type RequestPasswordReset, type RequestRegistration, requestPasswordReset, requestRegistration } from './ask-by-mail.js';
export {
  type AuditEntry,
  AuditEntryId,
  type AuditEvent,
  type AuditFact,
  type AuditKind,
  type AuditOccasion,
  auditEntry,
  auditKinds,
} from './audit.js';
export { type AuditFilter, type AuditStore, type AuditStores, auditPlace } from './audit.port.js';
export {
  type ChangeOrganization,
  changeOrganization,
  type OrganizationChange,
  type OrganizationChanged,
} from './change-organization.js';
export { type Confirmation, type ConfirmRegistration, confirmRegistration } from './confirm-registration.js';
export {
  type DisableUser,
  disableUser,
  type UserChange,
  type UserChanged,
  type UserNotFound,
} from './disable-user.js';
export {
  type EndOtherSessions,
  type EndSession,
  endOtherSessions,
  endSession,
  type SessionNotFound,
  type SignedInCaller,
} from './end-sessions.js';
export {
  INVITATION_HOURS,
  type Invitation,
  InvitationId,
  type InvitationStatus,
  invitationStatuses,
  invitationStatusOf,
  keptUntil,
  RESENDS_AN_HOUR,
} from './invitation.js';
export type { InvitationDoor, InvitationStore, InvitationStores } from './invitations.port.js';
export {
  type ApiKeyNotFound,
  type CreatedApiKey,
  createApiKey,
  type ExpiryPast,
  type NewApiKey,
  revokeApiKey,
  type ScopeRefused,
} from './keep-api-keys.js';
export {
  dropInvitations,
  INVITATION_SENT,
  type InvitationExists,
  type InvitationNotFound,
  type InvitationSentTooOften,
  type Invite,
  invite,
  type MemberExists,
  type NewInvitation,
  type ResendInvitation,
  type RevokeInvitation,
  resendInvitation,
  revokeInvitation,
} from './keep-invitations.js';
export {
  type ChangeRole,
  changeRole,
  type LastAdmin,
  type MemberNotFound,
  type RemoveMember,
  removeMember,
} from './keep-members.js';
export { type CredentialsWrong, type Login, login, type SignInAttempt } from './login.js';
export { mailInvitation } from './mail-invitation.js';
export type { Mail, MailContent, Mailer, MailRefused, MailUnavailable } from './mailer.port.js';
export {
  type JoinedMember,
  type Language,
  languages,
  type Member,
  type Organization,
  type OrganizationProfile,
  type Role,
  roles,
  type User,
  UserId,
} from './member.js';
export { ACCESS_CHANGED, type Origin, type SignedIn } from './open-session.js';
export { may, type Permission, permissions } from './permissions.js';
export { type KeyHolder, noteKeyUse, recogniseApiKey } from './recognise-api-key.js';
export { type RefreshSession, refreshSession } from './refresh-session.js';
export { type EmailTaken, type Register, type Registration, register } from './register.js';
export { type Resealed, resealCredentials } from './reseal-credentials.js';
export type {
  AccessToken,
  AccessTokens,
  Identity,
  LinkTokens,
  PasswordHasher,
  SecretSource,
  TokenInvalid,
} from './secrets.port.js';
export { isSessionOver, newSession, SESSION_IDLE_DAYS, SESSION_MAX_DAYS, type Session, SessionId } from './session.js';
export {
  type ChangePassword,
  changePassword,
  type PasswordChange,
  type PasswordReset,
  type PasswordWrong,
  type ResetPassword,
  resetPassword,
} from './set-password.js';
export type { PermissionDenied } from './still-may.js';
export type { MemberStore, OrganizationStore, SessionStore, TenancyStores, UserStore } from './stores.port.js';
export {
  type OrganizationNotFound,
  type Switched,
  type SwitchOrganization,
  switchOrganization,
} from './switch-organization.js';
export { auditPasswordSetElsewhere, mailPasswordSet } from './tell-password-set.js';
export { tidyUp } from './tidy-up.js';
export { workAccountRequests } from './work-account-requests.js';
