// node polars.cjs IN.csv OUT.csv [plain|stream]     The question of benchmarks/w1, asked of polars.
// plain: in-memory engine.  stream: streaming engine.
const pl = require('nodejs-polars');
const [input, output, mode = 'stream'] = process.argv.slice(2);
const F = pl.Float64, S = pl.Utf8, col = pl.col;
const schema = { event_id: S, participant_id: S, date: S, region: S, district: S, organisation: S, activity: S, sex: S,
  birth_year: pl.Int32, disability: S, status: S, hours: F, score_pre: F, score_post: F, note: S };
const int = (a, n) => col('date').str.slice(a, n).cast(pl.Int32);
const base = pl.scanCSV(input, { schema }).select(col('participant_id'), col('region'), col('sex'), col('hours'),
  col('status').eq(pl.lit('present')).alias('present'), col('score_post').minus(col('score_pre')).alias('gain'),
  int(0, 4).multiplyBy(10).plus(int(5, 2).plus(2).divideBy(3).cast(pl.Int32)).alias('quarter'));
const engine = mode === 'plain' ? 'in-memory' : 'streaming';
const keys = ['quarter', 'region', 'sex'];
const df = base.collectSync({ engine });                // one scan of the seven needed columns
const aggs = () => [col('hours').count().alias('n'), col('participant_id').nUnique().alias('participants'),
  col('hours').sum(), col('gain').mean(), col('present').mean().alias('rate')];
const lines = ['quarter,region,sex,n,participants,hours,gain,rate'];
for (const by of [keys, ['region'], ['quarter'], []]) {
  const r = by.length ? df.lazy().groupBy(by).agg(...aggs()).collectSync() : df.lazy().select(...aggs()).collectSync();
  for (const o of r.toRecords()) {
    const q = o.quarter ? `${Math.floor(o.quarter / 10)}-Q${o.quarter % 10}` : '';
    lines.push([q, o.region ?? '', o.sex ?? '', o.n, o.participants, o.hours.toFixed(1), o.gain.toFixed(6), o.rate.toFixed(6)].join(','));
  }
}
require('fs').writeFileSync(output, lines.join('\n') + '\n');
