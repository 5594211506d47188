#include "delivery/ledger_schema.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

namespace yekun {
namespace {

/// steps[i] brings version i to version i + 1.
constexpr std::array<std::string_view, kLedgerVersion> kSteps{
    R"(
create table build (id integer primary key, at integer not null, report text not null, member text not null,
  period text not null, as_of text not null, spec_sha256 text not null, version text not null, command text not null,
  digest text not null);
create index build_of_report on build (report, member, period);
create table input (build integer not null references build, name text not null, sha256 text not null,
  bytes integer not null, rows integer not null);
create index input_of_build on input (build);
create table output (build integer not null references build, name text not null, sha256 text not null,
  bytes integer not null);
create index output_of_build on output (build);
create index output_by_hash on output (sha256);
create table figure (build integer not null references build, id text not null, state text not null,
  number text not null, target text not null, rule text not null, rows integer not null, primary key (build, id))
  without rowid;
create table submission (id integer primary key, build integer not null references build, at integer not null,
  recipient text not null);
create table delivery (id integer primary key, job text not null, occurrence text not null, member text not null,
  recipient text not null, state text not null, message_id text not null, attempts integer not null, at integer not null,
  next_at integer not null, detail text not null,
  unique (job, occurrence, member, recipient));
create table attempt (id integer primary key, delivery integer not null references delivery, at integer not null,
  phase text not null, detail text not null);
create table occurrence (job text not null, occurrence text not null, state text not null, build integer not null,
  at integer not null, primary key (job, occurrence)) without rowid;
)",
    R"(
alter table build add column submissions integer not null default 0;
alter table build add column receipt text not null default '';
create index build_by_receipt on build (receipt);
)",
    R"(
create table kept_message (delivery integer primary key references delivery, sender text not null,
  message text not null);
create trigger message_no_longer_needed after update of state on delivery
  when new.state in ('sent', 'refused', 'expired')
  begin delete from kept_message where delivery = new.id; end;
)",
    R"(
alter table occurrence add column detail text not null default '';
)"};

Diagnostics too_new(std::string const& path, std::int64_t version) {
  Diagnostic out;
  out.fault = Fault::delivery;
  out.code = "ledger-newer";
  out.place.file = path;
  out.message = fmt::format("the ledger is of version {}, this program knows {}", version, kLedgerVersion);
  out.hint = "use the newer program that wrote it";
  return {out};
}

bool is_sound(SqliteFile const& database) {
  auto check = database.query("pragma quick_check(1)");
  return check.step() && check.text(0) == "ok";
}

/// Its statement ends here: an open one would keep the transaction that follows from waiting for other programs.
std::optional<std::int64_t> version_of(SqliteFile const& database) {
  auto asked = database.query("pragma user_version");
  return asked.step() ? std::optional(asked.number(0)) : std::nullopt;
}

Diagnostics damaged(std::string const& path) {
  Diagnostic out;
  out.fault = Fault::delivery;
  out.code = "ledger-damaged";
  out.place.file = path;
  out.message = "the ledger is damaged, or is no ledger";
  out.hint = "put the last good copy back; copies stand beside it with the ending .backup";
  return {out};
}

/// <path>.backup; an earlier one is replaced only by a whole one.
Diagnostics keep_copy(SqliteFile const& database, std::string const& path) {
  std::string const copy = path + ".backup";
  std::string const fresh = copy + ".new";
  std::error_code trouble;
  std::filesystem::remove(fresh, trouble);  // of a run that was stopped
  if (auto problems = database.copy_to(fresh); !problems.empty()) return problems;
  std::filesystem::rename(fresh, copy, trouble);
  if (!trouble) return {};
  Diagnostic out;
  out.fault = Fault::delivery;
  out.code = "copy-failed";
  out.place.file = copy;
  out.message = fmt::format("the copy cannot be written: {}", trouble.message());
  out.hint = "see that its folder may be written";
  return {out};
}

}  // namespace

Diagnostics prepare_ledger(SqliteFile const& database, std::string const& path) {
  if (!is_sound(database)) return damaged(path);
  auto const asked = version_of(database);
  if (!asked) return database.problem();
  auto const version = *asked;
  if (version == kLedgerVersion) return {};
  if (version > kLedgerVersion) return too_new(path, version);
  if (version > 0) {
    if (auto problems = keep_copy(database, path); !problems.empty()) return problems;
  }
  SqliteTransaction change(database);
  if (!change.began()) return database.problem();
  auto const again = version_of(database);  // another program may have done it meanwhile
  if (!again) return database.problem();
  for (auto step = *again; step < kLedgerVersion; ++step)
    if (!database.run(kSteps[static_cast<std::size_t>(step)])) return database.problem();
  if (!database.run(fmt::format("pragma user_version={}", kLedgerVersion)) || !change.commit())
    return database.problem();
  return {};
}

}  // namespace yekun
