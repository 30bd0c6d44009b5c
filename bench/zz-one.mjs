import { startBare } from './bare/subject.mjs';
import { spreadSkus } from './loads.mjs';
import { startPostgres } from './postgres.mjs';
import { startRappit } from './rappit.mjs';
import { sliceAwake, tuneAll } from './rounds.mjs';

const which = process.argv[2].split(',');
const load = process.argv[3];
const clients = Number(process.argv[4]);
const n = Number(process.argv[5] ?? 6);
const postgres = await startPostgres();
const skus = spreadSkus(500);
const flags = (process.env.FLAGS ?? '--max-semi-space-size=64').split(' ');
const s = {};
const keep = (x) => ({ ...x, skus, placed: { orders: 0, units: 0 } });
if (which.includes('a') || which.includes('one'))
  s.a = keep(await startBare({ postgres, name: 'bare_one', mode: 'one', skus, flags }));
if (which.includes('b')) s.b = keep(await startBare({ postgres, name: 'bare_batch', mode: 'batch', skus, flags }));
if (which.includes('c')) s.c = keep(await startRappit({ postgres, name: 'rappit', skus, flags }));
try {
  await tuneAll(s, load);
  if (s.a) {
    s.a.child.kill('SIGCONT');
    await s.a.connect(Number(process.env.CONN ?? 3));
  }
  for (let i = 0; i < n; i += 1)
    for (const w of which) {
      if (process.env.CKPT) await postgres.ask('postgres', 'CHECKPOINT');
      const l0 = await postgres.ask('postgres', 'SELECT pg_current_wal_lsn() AS l');
      const r = await sliceAwake(postgres, w === 'one' ? s.a : s[w], {
        load,
        clients,
        seconds: 2,
        path: w === 'one' ? '/one' : undefined,
      });
      const l1 = await postgres.ask('postgres', `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '${l0[0].l}')::bigint AS d`);
      console.log(
        w,
        Math.round((Number(l1[0].d) / 1024 / r.perSecond / 2.2) * 10) / 10 + 'kB',
        Math.round(r.perSecond),
        r.p50.toFixed(1),
        r.p99.toFixed(1),
        Object.values(r.cpu)
          .map((x) => Math.round(x))
          .join('+'),
      );
    }
  if (process.env.KEEPLOG) (await import('node:child_process')).execSync(`cp -r ${postgres.folder}/postgres/cluster/*log* /tmp/pglog/ 2>/dev/null; ls ${postgres.folder}/postgres > /tmp/pglog/ls`, {shell:'/bin/bash'});
} finally {
  for (const x of Object.values(s)) await x.stop();
  await postgres.stop();
}
