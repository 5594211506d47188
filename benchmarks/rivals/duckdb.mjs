// node duckdb.mjs IN.csv OUT.csv [threads] [plain|tuned]     The question of benchmarks/w1, asked of DuckDB.
// plain: one GROUPING SETS query.  tuned: one pass to (quarter, region, sex, participant), then roll up.
import { DuckDBInstance } from '@duckdb/node-api';
const [input, output, threads = '2', mode = 'plain'] = process.argv.slice(2);
const db = await DuckDBInstance.create(':memory:', { threads });
const c = await db.connect();
const src = `read_csv('${input}', header=true, auto_detect=false, delim=',', quote='"', escape='"', new_line='\\n', columns={
  'event_id':'VARCHAR','participant_id':'VARCHAR','date':'DATE','region':'VARCHAR','district':'VARCHAR',
  'organisation':'VARCHAR','activity':'VARCHAR','sex':'VARCHAR','birth_year':'SMALLINT','disability':'VARCHAR',
  'status':'VARCHAR','hours':'DOUBLE','score_pre':'DOUBLE','score_post':'DOUBLE','note':'VARCHAR'})`;
const out = `COPY (%q ORDER BY quarter NULLS LAST, region NULLS LAST, sex NULLS LAST)
  TO '${output}' (HEADER, DELIMITER ',')`;
const sets = 'GROUPING SETS ((quarter, region, sex), (region), (quarter), ())';
const quarter = `year(date) || '-Q' || quarter(date)`;
const plain = `SELECT ${quarter} AS quarter, region, sex, count(*) AS n,
    count(DISTINCT participant_id) AS participants, round(sum(hours), 1) AS hours,
    round(avg(score_post - score_pre), 6) AS gain,
    round(count(*) FILTER (status = 'present') / count(*), 6) AS rate
  FROM ${src} GROUP BY ${sets}`;
const tuned = `WITH p AS (SELECT date_trunc('quarter', date) AS q, region, sex, participant_id, count(*) AS n,
    sum(hours) AS h, sum(score_post - score_pre) AS g, count(score_post - score_pre) AS gn,
    count(*) FILTER (status = 'present') AS pr
    FROM ${src} GROUP BY q, region, sex, participant_id)
  SELECT year(q) || '-Q' || quarter(q) AS quarter, region, sex, sum(n) AS n,
    count(DISTINCT participant_id) AS participants, round(sum(h), 1) AS hours,
    round(sum(g) / sum(gn), 6) AS gain, round(sum(pr) / sum(n), 6) AS rate
  FROM p GROUP BY GROUPING SETS ((q, region, sex), (region), (q), ())`;
await c.run(out.replace('%q', mode === 'tuned' ? tuned : plain));
