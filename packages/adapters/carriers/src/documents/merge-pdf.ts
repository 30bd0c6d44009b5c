import { PDFDocument } from '@cantoo/pdf-lib';
import { err, type MergePdf, ok, type Result } from '@rappit/domain';

/** Copies the pages of all into one new document. What isn't drawn on a page, such as scripts and attachments, stays behind. */
export const mergePdf: MergePdf = async (documents) => {
  const merged = await PDFDocument.create();
  for (const [index, content] of documents.entries()) {
    const copied = await copyInto(merged, content);
    if (!copied.ok) return err({ code: 'pdf.unreadable', index });
  }
  return ok(await merged.save());
};

/** The library throws all kinds of errors at what it can't read; all mean the same. */
const copyInto = async (merged: PDFDocument, content: Uint8Array): Promise<Result<null, null>> => {
  try {
    const read = await PDFDocument.load(content, { updateMetadata: false });
    const pages = await merged.copyPages(read, read.getPageIndices());
    for (const page of pages) merged.addPage(page);
    return pages.length > 0 ? ok(null) : err(null);
  } catch {
    return err(null);
  }
};
