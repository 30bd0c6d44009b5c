/**
 * Looks at the packages as npm would deliver them: are the types found by every kind of consumer (attw), is the manifest
 * right (publint), and is nothing in the parcel that users have no use for?
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packInto } from './packages.mjs';

// We publish ES modules only (docs/adr/0001): resolution without "exports" isn't served, and a CommonJS consumer gets an
// ES module from require(), which Node 20.19 and later allow.
const accepted = (problem) => problem.resolutionKind === 'node10' || problem.kind === 'CJSResolvesToESM';

const unwanted = /\.test(?:-kit)?\.|\.tsbuildinfo$/;

const faultsOf = async ({ tarball, files }) => {
  const data = readFileSync(tarball);
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(data).buffer }, strict: true });
  return [
    ...(types ? [] : ['attw: it has no types.']),
    ...problems.filter((problem) => !accepted(problem)).map((problem) => `attw: ${JSON.stringify(problem)}`),
    ...messages.map((message) => `publint: ${formatMessage(message, pkg)}`),
    ...files.filter(({ path }) => unwanted.test(path)).map(({ path }) => `${path} is packed.`),
    ...(files.some(({ path }) => path === 'LICENSE') ? [] : ['It has no LICENSE file.']),
  ];
};

const parcels = mkdtempSync(join(tmpdir(), 'rappit-packed-'));
try {
  for (const parcel of packInto(parcels)) {
    const faults = await faultsOf(parcel);
    console.log(
      `${parcel.name.padEnd(24)} ${parcel.files.length} files, ${faults.length === 0 ? 'ok' : `${faults.length} faults`}`,
    );
    for (const fault of faults) console.error(`  ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(parcels, { recursive: true, force: true });
}
