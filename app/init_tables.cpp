#include "app/init_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"
#include "data-loaders/source_parts.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

constexpr std::size_t kLongId = 24;  // ids are typed on the command line

struct FoundTable {
  std::vector<GivenFile const*> files{};
  SourcePart part{};
  bool only_part = true;
  std::vector<std::string> headings{};
};

SourceContext context_of(GivenFile const& file, Run const& run) {
  SourceContext out;
  out.folder = file.folder;
  out.environment = run.surroundings.variables;
  return out;
}

Dataset plain_dataset(GivenFile const& file, SourcePart const& part) {
  Dataset out;
  out.id = stem_of(file.name);
  out.source.files = {file.name};
  out.source.sheet = part.sheet;
  out.source.table = part.table;
  out.source.place.file = file.path;
  return out;
}

Result<std::vector<std::string>> headings_of(GivenFile const& file, SourcePart const& part, Run const& run) {
  auto const source = open_source(plain_dataset(file, part), context_of(file, run));
  if (!source) return failure(source.error());
  auto const columns = (*source)->columns();
  if (!columns) return failure(columns.error());
  std::vector<std::string> out;
  for (auto const& column : *columns) out.push_back(column.name);
  return out;
}

std::string called(GivenFile const& file, SourcePart const& part) {
  auto const& name = part.sheet.empty() ? part.table : part.sheet;
  if (name == "*") return file.name + " (all sheets)";
  return name.empty() ? file.name : file.name + "#" + name;
}

bool has_all(std::vector<std::string> const& headings, std::initializer_list<char const*> wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](auto const* one) {
    return std::find(headings.begin(), headings.end(), one) != headings.end();
  });
}

/// Why a table is no dataset of its own; empty: it is one.
std::string why_left_out(std::vector<std::string> const& headings) {
  if (has_all(headings, {"indicator", "period", "target"}))
    return "looks like a list of targets: name it as \"targets\" of your indicators";
  if (has_all(headings, {"indicator", "period", "text"}))
    return "looks like comments on indicators: name its dataset as \"comments\" of the programme";
  if (headings.size() < 2) return "has less than two columns";
  return {};
}

/// One table of a file, or all of its sheets as one where their headings are equal.
void find_tables(GivenFile const& file, Run const& run, std::vector<FoundTable>& tables, InitTables& out) {
  auto const parts = parts_of(file.name, context_of(file, run));
  if (!parts) {
    out.problems.insert(out.problems.end(), parts.error().begin(), parts.error().end());
    return;
  }
  std::vector<FoundTable> found;
  for (auto const& part : *parts) {
    auto const headings = headings_of(file, part, run);
    if (!headings && parts->size() == 1) {
      out.problems.insert(out.problems.end(), headings.error().begin(), headings.error().end());
      return;
    }
    auto const why = headings ? why_left_out(*headings) : "holds no table";
    if (!why.empty())
      out.remarks.push_back(fmt::format("{}: left out; it {}", called(file, part), why));
    else
      found.push_back({{&file}, part, parts->size() == 1, *headings});
  }
  bool const alike =
      found.size() > 1 && !found.front().part.sheet.empty() && found.size() == parts->size() &&
      std::all_of(found.begin(), found.end(), [&](auto const& one) { return one.headings == found.front().headings; });
  if (alike && !file.name.ends_with(".zip")) {
    found.resize(1);
    found.front().part.sheet = "*";
    found.front().only_part = true;
  }
  for (auto& table : found) tables.push_back(std::move(table));
}

/// Files of one kind in one folder with equal headings: one dataset.
std::vector<FoundTable> merged(std::vector<FoundTable> tables) {
  std::vector<FoundTable> out;
  auto const ending = [](GivenFile const& file) {
    return file.name.substr(std::min(file.name.rfind('.'), file.name.size()));
  };
  for (auto& table : tables) {
    auto const same = std::find_if(out.begin(), out.end(), [&](FoundTable const& one) {
      return one.headings == table.headings && one.only_part && table.only_part && one.part.sheet == table.part.sheet &&
             one.files.front()->folder == table.files.front()->folder &&
             one.files.front()->in_spec != table.files.front()->in_spec &&
             ending(*one.files.front()) == ending(*table.files.front());
    });
    if (same == out.end())
      out.push_back(std::move(table));
    else
      same->files.push_back(table.files.front());
  }
  return out;
}

/// "occupancy-" of "occupancy-2025-Q1.csv" and "occupancy-2025-Q2.csv", for a pattern; empty where they have little in
/// common.
std::string common_beginning(std::vector<GivenFile const*> const& files) {
  std::string out = files.front()->name;
  for (auto const* file : files) {
    std::size_t i = 0;
    while (i < out.size() && i < file->name.size() && out[i] == file->name[i]) ++i;
    out.resize(i);
  }
  auto const last = [&](std::string_view any) {
    return !out.empty() && any.find(out.back()) != std::string_view::npos;
  };
  while (last("0123456789-_ ") ||
         (last("Qq") && out.size() > 1 && std::string_view("-_ ").find(out[out.size() - 2]) != std::string_view::npos))
    out.pop_back();
  if (char const next = files.front()->name[out.size()]; next == '-' || next == '_' || next == ' ') out += next;
  return out.size() >= 3 ? out : std::string();
}

std::vector<std::string> spec_files(FoundTable const& table) {
  std::vector<std::string> out;
  for (auto const* file : table.files) out.push_back(file->in_spec);
  if (auto const start = table.files.size() > 1 ? common_beginning(table.files) : ""; !start.empty()) {
    auto const& one = *table.files.front();
    auto const folder = one.in_spec.substr(0, one.in_spec.size() - one.name.size());
    return {folder + start + "*" + one.name.substr(one.name.rfind('.'))};
  }
  return out;
}

std::string title_of(FoundTable const& table) {
  auto const& part = table.part;
  if (!part.table.empty()) return part.table;
  if (!part.sheet.empty() && part.sheet != "*" && !table.only_part)
    return table.files.front()->name.ends_with(".zip") ? stem_of(part.sheet) : part.sheet;
  auto const start = table.files.size() > 1 ? common_beginning(table.files) : "";
  return start.empty() ? stem_of(table.files.front()->name) : start;
}

std::string unused_id(std::string const& title, std::vector<ProposedDataset> const& taken) {
  std::string base = plain_name(title).empty() ? "data" : plain_name(title);
  if (base.size() > kLongId)
    base.resize(base.rfind('_', kLongId) == std::string::npos ? kLongId : base.rfind('_', kLongId));
  std::string id = base;
  for (int i = 2; std::any_of(taken.begin(), taken.end(), [&](auto const& one) { return one.id == id; }); ++i)
    id = fmt::format("{}_{}", base, i);
  return id;
}

Result<DataProfile> profile_of(Dataset const& dataset, GivenFile const& file, Run const& run) {
  auto const source = open_source(dataset, context_of(file, run));
  if (!source) return failure(source.error());
  return profile(dataset, **source, run.threads());
}

Diagnostic doubt(std::string const& file, std::string code, std::string message, std::string hint) {
  Diagnostic out{Severity::warning, Fault::data, std::move(code), {}, std::move(message), std::move(hint)};
  out.place.file = file;
  return out;
}

/// Spellings that "clean" does not merge.
void tell_similar(ProposedColumn const& column, std::string const& file, Diagnostics& out) {
  for (auto const& group : column.profile.similar) {
    auto const& first = group.spellings.front().first;
    auto const other = std::find_if(group.spellings.begin() + 1, group.spellings.end(),
                                    [&](auto const& one) { return !column.clean || clean(one.first) != clean(first); });
    if (other == group.spellings.end()) continue;
    out.push_back(
        doubt(file, "similar-values",
              fmt::format("in '{}' '{}' and '{}' differ only in how they are written", column.profile.name, first,
                          other->first),
              fmt::format("mend the file, or merge them with \"map\" at '{}' in programme.json", column.name)));
    return;
  }
}

/// "ман." where the frequent values are "125,40 ман." and the like; empty: not so.
std::string unit_behind_numbers(ProposedColumn const& column) {
  std::string unit;
  if (column.type != Type::text || column.personal || column.profile.top.size() < 2) return {};
  for (auto const& [value, times] : column.profile.top) {
    auto const end = value.find_last_of("0123456789");
    if (value.empty() || value[0] < '0' || value[0] > '9' || end + 1 >= value.size()) return {};
    bool const number = value.find_first_not_of("0123456789., ") > end;
    auto const tail = clean(value.substr(end + 1));
    if (!number || tail.empty() || tail.size() > 12 || (!unit.empty() && tail != unit)) return {};
    unit = tail;
  }
  return unit;
}

/// A day at the head of days: the file has no headings.
bool is_headed_by_a_day(ProposedColumn const& column) {
  auto const& heading = column.profile.name;
  return column.type == Type::date && !heading.empty() &&
         heading.find_first_not_of("0123456789-./: ") == std::string::npos;
}

/// What is not certain about a table, to be read by whoever knows the data.
void tell_doubts(ProposedDataset const& dataset, DataProfile const& read, std::string const& file, Diagnostics& out) {
  for (auto const& column : dataset.columns) {
    if (is_headed_by_a_day(column))
      out.push_back(
          doubt(file, "no-headings",
                fmt::format("the first row seems to be data: '{}' is taken for the heading of a column of days",
                            column.profile.name),
                "write a row of headings above it and begin anew: until then that row is not counted"));
    if (column.type == Type::date && column.profile.inferred.ambiguous_date)
      out.push_back(
          doubt(file, "ambiguous-date",
                fmt::format("in '{}' every value reads as day/month and as month/day; taken as day/month",
                            column.profile.name),
                fmt::format("if the month stands first, write \"format\": \"mm/dd/yyyy\" at '{}' in programme.json",
                            column.name)));
    if (column.profile.total_rows > 0)
      out.push_back(doubt(
          file, "total-rows",
          fmt::format("in '{}' '{}' seems to name {} that {} up others", column.profile.name, column.profile.total,
                      column.profile.total_rows == 1 ? "a row" : fmt::format("{} rows", column.profile.total_rows),
                      column.profile.total_rows == 1 ? "adds" : "add"),
          column.role == TakenFor::date
              ? "it has no day and is in no period; better delete it in the file: totals are counted anew"
              : fmt::format(
                    "delete it in the file: totals are counted anew; or leave it out: \"where\": \"{} <> '{}'\"",
                    in_expression(column.name), column.profile.total)));
    if (!column.personal && column.role == TakenFor::category) tell_similar(column, file, out);
    if (auto const unit = unit_behind_numbers(column); !unit.empty())
      out.push_back(
          doubt(file, "unit-in-cells",
                fmt::format("in '{}' each number has '{}' behind it, so that it is text", column.profile.name, unit),
                "let the cells hold numbers only and the heading their unit; then begin anew"));
  }
  auto const of_totals = [&](ColumnProfile const& column) {
    auto const* const seen = dataset.column(column.name);
    return seen == nullptr ? 0 : seen->profile.total_rows;
  };
  for (auto const& column : read.columns)
    if (column.rejected > of_totals(column))
      out.push_back(doubt(file, "rejected-cell",
                          fmt::format("{} {} in '{}' cannot be read as {}", column.rejected,
                                      column.rejected == 1 ? "cell" : "cells", column.name, to_text(column.type)),
                          "see them: yekun data programme.json " + dataset.id));
  if (read.duplicate_rows > 0 && !dataset.key.empty())
    out.push_back(doubt(file, "duplicate-key",
                        fmt::format("{} {} the key of a row before", read.duplicate_rows,
                                    read.duplicate_rows == 1 ? "row repeats" : "rows repeat"),
                        "see them: yekun data programme.json " + dataset.id));
}

std::string remark_on(ProposedDataset const& dataset, std::string const& file) {
  std::vector<std::string> personal;
  for (auto const& column : dataset.columns)
    if (column.personal) personal.push_back("'" + column.name + "'");
  std::string out = fmt::format("{}: dataset '{}', {} {}, {} columns", file, dataset.id, dataset.rows,
                                dataset.rows == 1 ? "row" : "rows", dataset.columns.size());
  out += dataset.date.empty() ? "; no date" : fmt::format("; dated by '{}'", dataset.date.front());
  if (dataset.date.size() == 2) out += fmt::format(" to '{}'", dataset.date.back());
  if (auto const* const person = dataset.with(TakenFor::person)) out += fmt::format("; people by '{}'", person->name);
  if (!personal.empty()) out += fmt::format("; never shown: {}", fmt::join(personal, ", "));
  return out;
}

/// Under a row of wider headings ("Health" over "Target") the same headings come again.
bool has_doubled_headings(DataProfile const& profile) {
  return std::any_of(profile.columns.begin(), profile.columns.end(),
                     [](auto const& one) { return one.name.ends_with(" (2)"); });
}

/// Two rows of headings, and not a heading and the first row of data.
bool are_headings(DataProfile const& profile) {
  return std::none_of(profile.columns.begin(), profile.columns.end(), [](auto const& one) {
    auto const last = one.name.rfind(" / ");
    return last == std::string::npos ? false : one.name.find_first_of("0123456789") == last + 3;
  });
}

/// Rows that repeat another in all of their columns; 0 where a tenth do, which is no slip.
std::uint64_t repeated_rows(ProposedDataset const& proposed, std::vector<std::string> const& names,
                            GivenFile const& file, Run const& run) {
  auto whole = as_dataset(proposed, names);
  whole.key.clear();
  for (auto const& column : proposed.columns) whole.key.push_back(column.name);
  auto const read = profile_of(whole, file, run);
  return read && read->duplicate_rows * 10 < read->rows ? read->duplicate_rows : 0;
}

void read_table_of(FoundTable const& table, Run const& run, InitTables& out) {
  GivenFile const& file = *table.files.front();
  std::vector<std::string> names;
  for (auto const* one : table.files) names.push_back(one->name);
  auto plain = plain_dataset(file, table.part);
  plain.source.files = names;
  auto seen = profile_of(plain, file, run);
  if (seen && has_doubled_headings(*seen)) {
    plain.source.dialect.header_rows = 2;
    auto const again = profile_of(plain, file, run);
    if (again && again->rows > 0 && !has_doubled_headings(*again) && are_headings(*again))
      seen = again;
    else
      plain.source.dialect.header_rows.reset();
  }
  if (!seen) {
    out.problems.insert(out.problems.end(), seen.error().begin(), seen.error().end());
    return;
  }
  std::string name = called(file, table.part);
  if (names.size() > 1) name += fmt::format(" and {} more", names.size() - 1);
  if (seen->rows == 0) {
    out.remarks.push_back(fmt::format("{}: left out; it has no rows", name));
    return;
  }
  ProposedDataset proposed;
  proposed.id = unused_id(title_of(table), out.datasets);
  proposed.title = plain_title(title_of(table));
  proposed.source = plain.source;
  proposed.source.files = spec_files(table);
  propose_columns(proposed, *seen);
  auto read = profile_of(as_dataset(proposed, names), file, run);
  if (!read) {
    out.problems.insert(out.problems.end(), read.error().begin(), read.error().end());
    return;
  }
  auto const repeated = proposed.key.empty() ? repeated_rows(proposed, names, file, run) : 0;
  if (read->duplicate_rows * 100 > read->rows) proposed.key.clear();
  proposed.first = read->first;
  proposed.last = read->last;
  tell_doubts(proposed, *read, file.path, out.problems);
  if (repeated > 0)
    out.problems.push_back(doubt(file.path, "repeated-rows",
                                 fmt::format("{} {} as a row before in every column", repeated,
                                             repeated == 1 ? "row is the same" : "rows are the same"),
                                 "if they were entered twice, delete them in the file: each is counted"));
  out.remarks.push_back(remark_on(proposed, name));
  out.datasets.push_back(std::move(proposed));
}

}  // namespace

InitTables read_tables(std::vector<GivenFile> const& files, Run const& run) {
  InitTables out;
  std::vector<FoundTable> tables;
  for (auto const& file : files) find_tables(file, run, tables, out);
  if (has_errors(out.problems)) return out;
  for (auto const& table : merged(std::move(tables))) read_table_of(table, run, out);
  return out;
}

}  // namespace yekun
