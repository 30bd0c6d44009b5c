export { type FileOptions, fileMailer } from './file-mailer.js';
export type { MailLinks } from './letter.js';
export { type SmtpOptions, smtpMailer } from './smtp-mailer.js';
