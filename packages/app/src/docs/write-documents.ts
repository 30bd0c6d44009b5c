import { writeFileSync } from 'node:fs';
import { decisionsDocument } from './decisions.js';
import { documents } from './documents.js';

// Run after a build: node packages/app/dist/docs/write-documents.js
for (const [name, text] of Object.entries(documents)) writeFileSync(new URL(`../../../../docs/${name}`, import.meta.url), text());

const decisions = new URL('../../../../docs/adr/', import.meta.url);
writeFileSync(new URL('README.md', decisions), decisionsDocument(decisions));
