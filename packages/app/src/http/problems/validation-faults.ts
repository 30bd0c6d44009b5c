import type { FastifySchemaValidationError } from 'fastify';
import type { Fault } from './refusals.js';

const FAULTS_SHOWN = 50;

/** What the validator found, in our words: at most fifty faults, each with a path such as `lines[0].quantity`. */
export const faultsOf = (errors: readonly FastifySchemaValidationError[]): readonly Fault[] => {
  const telling = errors.filter(
    ({ keyword, params }) => keyword !== 'anyOf' && !(keyword === 'type' && params['type'] === 'null'),
  );
  return (telling.length > 0 ? telling : errors)
    .slice(0, FAULTS_SHOWN)
    .map((error) => ({ path: pathOf(error), message: messageOf(error) }));
};

const pathOf = ({ instancePath, keyword, params }: FastifySchemaValidationError): string => {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keyword === 'required') steps.push(String(params['missingProperty']));
  if (keyword === 'additionalProperties') steps.push(String(params['additionalProperty']).slice(0, 100));
  return steps.reduce((path, step) => joined(path, step), '');
};

const joined = (path: string, step: string): string => {
  if (/^\d+$/.test(step)) return `${path}[${step}]`;
  return path === '' ? step : `${path}.${step}`;
};

const formats: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  date: 'must be a day such as 2026-11-23',
  'date-time': 'must be a moment such as 2026-11-23T12:00:00Z',
};

const messageOf = ({ keyword, params, message }: FastifySchemaValidationError): string => {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not a field that is known here';
    case 'type':
      return `must be ${[params['type']].flat().join(' or ')}`;
    case 'format':
      return formats[String(params['format'])] ?? 'must be a UUID';
    case 'enum':
      return `must be one of ${[params['allowedValues']].flat().join(', ')}`;
    case 'minimum':
      return `must be at least ${params['limit']}`;
    case 'maximum':
      return `must be at most ${params['limit']}`;
    case 'pattern':
      return `must match ${params['pattern']}`;
    default:
      return message ?? 'is not allowed';
  }
};
