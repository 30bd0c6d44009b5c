import { PDFDocument } from '@cantoo/pdf-lib';
import { fakePaper } from '@rappit/testing/fakes';
import { mergePdf } from './index.js';

const pdfOf = async (...heights: readonly number[]): Promise<Uint8Array> => {
  const made = await PDFDocument.create();
  for (const height of heights) made.addPage([288, height]);
  return made.save();
};

const bytes = (text: string) => new TextEncoder().encode(text);

describe('merging PDFs', () => {
  it('puts all pages of all into one, in their order', async () => {
    const merged = await mergePdf([await pdfOf(100, 200), fakePaper('label', 'pdf', 'a label').content, await pdfOf(300)]);
    if (!merged.ok) throw new Error('these can be read');
    const read = await PDFDocument.load(merged.value);
    expect(read.getPages().map((page) => page.getHeight())).toEqual([100, 200, 432, 300]);
  });

  it.each([
    ['is cut off', bytes('%PDF-1.7\n1 0 obj\n<</Type/Catalog')],
    ['has no pages', bytes('%PDF-1.4\n%%EOF\n')],
    ['is none', bytes('^XA^FDlabel^FS^XZ')],
    ['is empty', new Uint8Array()],
  ])('names the one that %s', async (_, broken) => {
    expect(await mergePdf([await pdfOf(100), broken])).toEqual({ ok: false, error: { code: 'pdf.unreadable', index: 1 } });
  });

  it('refuses one that has a password, whose pages would come out empty', async () => {
    const locked = await PDFDocument.create();
    locked.addPage();
    locked.encrypt({ userPassword: 'another wombat', ownerPassword: 'a wombat' });
    expect(await mergePdf([await locked.save()])).toEqual({ ok: false, error: { code: 'pdf.unreadable', index: 0 } });
  });
});
