export { mergePdf } from './merge-pdf.js';
