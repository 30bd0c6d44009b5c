import { writeFileSync } from 'node:fs';
import { documents } from './documents.js';

// Run after a build: node packages/app/dist/docs/write-documents.js
for (const [name, text] of Object.entries(documents)) writeFileSync(new URL(`../../../../docs/${name}`, import.meta.url), text());
