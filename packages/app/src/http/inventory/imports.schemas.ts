import { type Import as DomainImport, importKinds, importStates, type KeptFault, rowFaultCodes } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Actor } from '../actor.schemas.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  moment,
  momentOrNull,
  oneOf,
  uuid,
} from '../vocabulary.schemas.js';

export const Import = component(
  'Import',
  Type.Object(
    {
      id: uuid,
      kind: oneOf(importKinds),
      dryRun: Type.Boolean({ description: 'Everything was checked, and nothing written.' }),
      state: oneOf(importStates, {
        description:
          '`receiving` while it arrives; `failed` when the work on it broke off again and again: what was done stays done.',
      }),
      rows: Type.Integer({ description: 'Rows below the header.' }),
      rowsDone: Type.Integer({ description: 'Rows worked off so far, refused ones included.' }),
      created: anyInteger,
      changed: anyInteger,
      unchanged: anyInteger,
      refused: Type.Integer({ description: 'Rows with at least one error: nothing of them was taken.' }),
      errors: Type.Integer({ description: 'Errors found; the first 1,000 can be read.' }),
      actor: Actor.ref,
      createdAt: moment,
      startedAt: momentOrNull,
      endedAt: momentOrNull,
    },
    closed,
  ),
);

export const ImportPage = component('ImportPage', pageOf(Import.ref));

export const ImportError = component(
  'ImportError',
  Type.Object(
    {
      line: Type.Integer({ description: 'The line of the file on which the row begins; the first is 1.' }),
      column: anyTextOrNull,
      code: oneOf(rowFaultCodes),
      message: anyText,
    },
    closed,
  ),
);

export const ImportErrorPage = component('ImportErrorPage', pageOf(ImportError.ref));

export const importComponents = [Import, ImportPage, ImportError, ImportErrorPage];

export const importQuery = Type.Object(pageQuery, closed);

export const sheetQuery = Type.Object(
  { dryRun: Type.Optional(Type.Boolean({ description: 'Check everything, and write nothing.' })) },
  closed,
);

/** A sheet is read as it arrives, and not checked against this. */
export const sheetBody = {
  content: { 'text/csv': { schema: Type.String({ contentMediaType: 'text/csv', description: 'UTF-8, at most 50 MB.' }) } },
};

export const importView = ({
  header: _header,
  lastLine: _lastLine,
  attempts: _attempts,
  faults,
  ...shown
}: DomainImport): Static<typeof Import.ref> => ({
  ...shown,
  rowsDone: shown.created + shown.changed + shown.unchanged + shown.refused,
  errors: faults,
});

export const importErrorView = ({ line, column, code, message }: KeptFault): Static<typeof ImportError.ref> => ({
  line,
  column,
  code,
  message,
});
