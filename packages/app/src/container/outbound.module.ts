import { join } from 'node:path';
import { err, type Mailer } from '@rappit/domain';
import { alsoNearby, guardedFetch, systemNames } from '@rappit/outbound/guarded';
import { fileMailer, type MailLinks, smtpMailer } from '@rappit/outbound/mail';
import { webhookSender } from '@rappit/outbound/webhooks';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Where strangers can sign up, only public addresses are called, and over TLS; on a developer's machine also what listens there. */
export const outboundModule = wiring((provide) => {
  provide(tokens.guardedFetch, [tokens.settings], ({ config: { environment } }) =>
    environment === 'production' || environment === 'staging'
      ? guardedFetch()
      : guardedFetch({ policy: alsoNearby, names: systemNames }),
  );
  provide(tokens.webhookSender, [tokens.guardedFetch], (guarded) =>
    webhookSender({ guardedFetch: guarded, now: () => new Date() }),
  );
  provide(tokens.mailer, [tokens.settings, tokens.logger], ({ config }, logger): Mailer => {
    const options = { from: config.mailFrom, links: linksTo(config.appUrl) };
    if (config.smtpUrl !== null) return smtpMailer({ ...options, url: config.smtpUrl });
    // Without a mail server nothing is sent, and what was to be sent is kept for as long as it is tried.
    if (config.environment === 'production') return { send: () => Promise.resolve(err({ code: 'mail.unavailable' })) };
    const written = (path: string): void => logger.info({ path }, 'a mail was written');
    return fileMailer({ ...options, folder: join(config.dataDir, 'mail'), written });
  });
});

/** What the pages of a browser app are called. A token stands behind `#`, where no server and no log sees it. */
const linksTo = (appUrl: string): MailLinks => ({
  confirmRegistration: (token) => `${appUrl}/confirm-registration#token=${token}`,
  resetPassword: (token) => `${appUrl}/reset-password#token=${token}`,
  acceptInvitation: (token) => `${appUrl}/accept-invitation#token=${token}`,
  signIn: () => `${appUrl}/sign-in`,
  billing: () => `${appUrl}/billing`,
});
