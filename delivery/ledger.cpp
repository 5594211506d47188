#include "delivery/ledger.h"

#include <fmt/format.h>

#include "delivery/ledger_schema.h"
#include "output/digest.h"

namespace yekun {
namespace {

constexpr std::string_view kBuildColumns =
    "id, at, report, member, period, as_of, spec_sha256, version, command, submissions, receipt";

/// Everything but the time, so that a repeated build is known as one. Fields are ended by a byte that is in none.
std::string digest_of(LedgerBuild const& build) {
  std::string all;
  auto const add = [&](std::string_view field) { (all += field) += '\x1f'; };
  for (auto const* field : {&build.as_of, &build.spec_sha256, &build.version, &build.command, &build.receipt})
    add(*field);
  for (auto const* files : {&build.inputs, &build.outputs})
    for (auto const& file : *files) add(file.name + '\x1e' + file.sha256);
  for (auto const& figure : build.figures)
    add(fmt::format("{}\x1e{}\x1e{}\x1e{}\x1e{}\x1e{}", figure.id, figure.state, figure.number, figure.target,
                    figure.rule, figure.rows));
  return sha256_hex(all);
}

std::int64_t whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

bool add_parts(SqliteFile const& database, std::int64_t id, LedgerBuild const& build) {
  bool fine = true;
  auto const run = [&](SqliteQuery& query) {
    if (!fine) return;  // the first trouble is the one to tell
    query.step();
    fine = fine && query.ok();
  };
  for (auto const& file : build.inputs)
    run(database.query("insert into input values (?, ?, ?, ?, ?)")
            .bind(id)
            .bind(file.name)
            .bind(file.sha256)
            .bind(whole(file.bytes))
            .bind(whole(file.rows)));
  for (auto const& file : build.outputs)
    run(database.query("insert into output values (?, ?, ?, ?)")
            .bind(id)
            .bind(file.name)
            .bind(file.sha256)
            .bind(whole(file.bytes)));
  for (auto const& one : build.figures)
    run(database.query("insert or replace into figure values (?, ?, ?, ?, ?, ?, ?)")
            .bind(id)
            .bind(one.id)
            .bind(one.state)
            .bind(one.number)
            .bind(one.target)
            .bind(one.rule)
            .bind(whole(one.rows)));
  return fine;
}

Result<std::vector<LedgerFile>> files_of(SqliteFile const& database, std::string_view table, std::int64_t build) {
  bool const inputs = table == "input";
  auto query = database.query(fmt::format("select name, sha256, bytes, {} from {} where build = ? order by rowid",
                                          inputs ? "rows" : "0", table));
  query.bind(build);
  std::vector<LedgerFile> out;
  while (query.step())
    out.push_back({query.text(0), query.text(1), static_cast<std::uint64_t>(query.number(2)),
                   static_cast<std::uint64_t>(query.number(3))});
  if (!query.ok()) return failure(database.problem());
  return out;
}

Result<std::vector<LedgerFigure>> figures_of(SqliteFile const& database, std::int64_t build) {
  auto query = database.query("select id, state, number, target, rule, rows from figure where build = ? order by id");
  query.bind(build);
  std::vector<LedgerFigure> out;
  while (query.step())
    out.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4),
                   static_cast<std::uint64_t>(query.number(5))});
  if (!query.ok()) return failure(database.problem());
  return out;
}

/// The build of the query's first row, with its parts.
Result<std::optional<LedgerBuild>> read_build(SqliteFile const& database, SqliteQuery query) {
  if (!query.step()) {
    if (!query.ok()) return failure(database.problem());
    return std::optional<LedgerBuild>();
  }
  LedgerBuild out;
  out.id = query.number(0);
  out.at = query.number(1);
  int column = 2;
  for (auto* field : {&out.report, &out.member, &out.period, &out.as_of, &out.spec_sha256, &out.version, &out.command})
    *field = query.text(column++);
  out.submissions = query.number(column++);
  out.receipt = query.text(column);
  auto inputs = files_of(database, "input", out.id);
  auto outputs = files_of(database, "output", out.id);
  auto figures = figures_of(database, out.id);
  if (!inputs || !outputs || !figures) return failure(database.problem());
  out.inputs = std::move(*inputs);
  out.outputs = std::move(*outputs);
  out.figures = std::move(*figures);
  return std::optional(std::move(out));
}

Occurrence read_occurrence(SqliteQuery const& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4)};
}

}  // namespace

Result<Ledger> Ledger::open(std::string const& path, int patience_ms) {
  auto database = SqliteFile::open(path, patience_ms);
  if (!database) return failure(database.error());
  if (auto problems = prepare_ledger(*database, path); !problems.empty()) return failure(std::move(problems));
  return Ledger(std::move(*database));
}

Result<std::int64_t> Ledger::record(LedgerBuild const& build) {
  auto const digest = digest_of(build);
  SqliteTransaction change(database_);
  if (!change.began()) return failure(database_.problem());
  auto last = database_.query(
      "select id, digest from build where report = ? and member = ? and period = ? order by id desc limit 1");
  last.bind(build.report).bind(build.member).bind(build.period);
  if (last.step() && last.text(1) == digest) return last.number(0);
  auto add = database_.query("insert into build values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  add.bind(build.at).bind(build.report).bind(build.member).bind(build.period).bind(build.as_of);
  add.bind(build.spec_sha256).bind(build.version).bind(build.command).bind(digest);
  add.bind(build.submissions).bind(build.receipt).step();
  if (!last.ok() || !add.ok()) return failure(database_.problem());
  auto const id = database_.last_id();
  if (!add_parts(database_, id, build) || !change.commit()) return failure(database_.problem());
  return id;
}

Diagnostics Ledger::add_outputs(std::int64_t build, std::vector<LedgerFile> const& files) const {
  SqliteTransaction change(database_);
  if (!change.began()) return database_.problem();
  for (auto const& file : files) {
    auto add = database_.query(
        "insert into output select ?1, ?2, ?3, ?4 where not exists (select 1 from output where build = ?1 and name = "
        "?2 "
        "and sha256 = ?3)");
    add.bind(build).bind(file.name).bind(file.sha256).bind(whole(file.bytes)).step();
    if (!add.ok()) return database_.problem();
  }
  return change.commit() ? Diagnostics{} : database_.problem();
}

Result<std::optional<LedgerBuild>> Ledger::build(std::int64_t id) const {
  auto query = database_.query(fmt::format("select {} from build where id = ?", kBuildColumns));
  query.bind(id);
  return read_build(database_, std::move(query));
}

Result<std::optional<LedgerBuild>> Ledger::last_build(std::string_view report, std::string_view member,
                                                      std::string_view period) const {
  auto query = database_.query(fmt::format(
      "select {} from build where report = ? and member = ? and period = ? order by id desc limit 1", kBuildColumns));
  query.bind(report).bind(member).bind(period);
  return read_build(database_, std::move(query));
}

Result<std::optional<LedgerBuild>> Ledger::build_of_file(std::string_view sha256) const {
  auto query = database_.query(
      fmt::format("select {} from build where id = (select max(build) from output where sha256 = ?)", kBuildColumns));
  query.bind(sha256);
  return read_build(database_, std::move(query));
}

Result<std::optional<LedgerBuild>> Ledger::build_of_receipt(std::string_view receipt) const {
  auto query =
      database_.query(fmt::format("select {} from build where receipt = ? order by id desc limit 1", kBuildColumns));
  query.bind(receipt);
  return read_build(database_, std::move(query));
}

Result<std::optional<LedgerBuild>> Ledger::delivered_build(std::string_view job) const {
  auto query = database_.query(
      fmt::format("select {} from build where id = (select build from occurrence o where job = ? and exists (select 1 "
                  "from delivery d where d.job = o.job and d.occurrence = o.occurrence and d.state in ('sent', "
                  "'uncertain')) order by at desc, build desc limit 1)",
                  kBuildColumns));
  query.bind(job);
  return read_build(database_, std::move(query));
}

Diagnostics Ledger::note_occurrence(Occurrence const& occurrence, std::int64_t build) const {
  auto note = database_.query(
      "insert into occurrence values (?, ?, ?, ?, ?, ?) on conflict (job, occurrence) do update set state = "
      "excluded.state, build = iif(excluded.build = 0, build, excluded.build), at = excluded.at, detail = "
      "excluded.detail");
  note.bind(occurrence.job).bind(occurrence.name).bind(occurrence.state).bind(build).bind(occurrence.at);
  note.bind(occurrence.detail).step();
  return note.ok() ? Diagnostics{} : database_.problem();
}

Result<std::optional<Occurrence>> Ledger::occurrence(std::string_view job, std::string_view name) const {
  auto query =
      database_.query("select job, occurrence, state, detail, at from occurrence where job = ? and occurrence = ?");
  query.bind(job).bind(name);
  std::optional<Occurrence> out;
  if (query.step()) out = read_occurrence(query);
  if (!query.ok()) return failure(database_.problem());
  return out;
}

Result<std::vector<Occurrence>> Ledger::occurrences() const {
  auto query = database_.query(
      "select job, occurrence, state, detail, at from occurrence where state != 'since' order by at, job, occurrence");
  std::vector<Occurrence> out;
  while (query.step()) out.push_back(read_occurrence(query));
  if (!query.ok()) return failure(database_.problem());
  return out;
}

Result<std::int64_t> Ledger::job_since(std::string_view job, std::int64_t now) const {
  auto add = database_.query("insert or ignore into occurrence values (?, '', 'since', 0, ?, '')");
  add.bind(job).bind(now).step();
  auto find = database_.query("select at from occurrence where job = ? and occurrence = ''");
  find.bind(job);
  if (!add.ok() || !find.step()) return failure(database_.problem());
  return find.number(0);
}

Result<std::int64_t> Ledger::submit(std::int64_t build, std::string_view to, std::int64_t at) {
  auto add = database_.query("insert into submission values (null, ?, ?, ?)");
  add.bind(build).bind(at).bind(to).step();
  if (!add.ok()) return failure(database_.problem());
  return database_.last_id();
}

Result<std::vector<Submission>> Ledger::submissions(std::string_view report, std::int64_t last) const {
  auto query = database_.query(
      "select max(s.id), s.build, s.at, s.recipient, b.report, b.member, b.period from submission s join build b on "
      "b.id = s.build where (?1 = '' or b.report = ?1) and s.id <= ?2 group by b.report, b.member, b.period order by "
      "max(s.id)");
  query.bind(report).bind(last);
  std::vector<Submission> out;
  while (query.step())
    out.push_back({query.number(0), query.number(1), query.number(2), query.text(3), query.text(4), query.text(5),
                   query.text(6)});
  if (!query.ok()) return failure(database_.problem());
  return out;
}

}  // namespace yekun
