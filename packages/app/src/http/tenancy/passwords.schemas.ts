import { languages } from '@rappit/domain';
import Type from 'typebox';
import { closed, component, email, oneOf } from '../vocabulary.schemas.js';

export const newPassword = Type.String({ minLength: 8, maxLength: 200, description: 'At least 8 characters.' });
/** One that was set already, whatever the rules were then. */
export const oldPassword = Type.String({ minLength: 1, maxLength: 200 });
export const linkToken = Type.String({ minLength: 1, maxLength: 200, description: 'Of the link in the mail.' });
export const language = oneOf(languages, { default: 'en', description: 'That we write to the user in.' });

/** Answered for every address alike, so that it tells nothing of it. */
export const CheckMail = component(
  'CheckMail',
  Type.Object({ next: oneOf(['checkMail'], { description: 'Whatever comes of it is sent to the address.' }) }, closed),
);

export const Forgotten = component('Forgotten', Type.Object({ email }, closed));

export const PasswordReset = component('PasswordReset', Type.Object({ token: linkToken, newPassword }, closed));

export const PasswordChange = component('PasswordChange', Type.Object({ oldPassword, newPassword }, closed));

export const passwordComponents = [CheckMail.schema, Forgotten.schema, PasswordReset.schema, PasswordChange.schema].map(
  (schema) => ({ schema }),
);
