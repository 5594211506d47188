#include <algorithm>
#include <array>

#include "core/latin.h"
#include "core/utf8.h"
#include "reports/proposal.h"

namespace yekun {
namespace {

constexpr std::uint64_t kMostCategories = 60;

constexpr std::array<std::string_view, 17> kKeyWords{"and",    "or",  "not",  "in",    "between", "like",
                                                     "escape", "is",  "null", "case",  "when",    "then",
                                                     "else",   "end", "true", "false", "distinct"};

bool has(ProposedColumn const& column, Hint hint) { return column.hints.contains(hint); }

bool is_numeric(Type type) { return type == Type::integer || type == Type::decimal || type == Type::number; }

bool all_top(ColumnProfile const& profile, bool (*holds)(std::string const&)) {
  return !profile.top.empty() &&
         std::all_of(profile.top.begin(), profile.top.end(), [&](auto const& one) { return holds(one.first); });
}

bool is_code(std::string const& value) {
  return value.find(' ') == std::string::npos && value.find_first_of("0123456789") != std::string::npos;
}
bool is_mail(std::string const& value) {
  return value.find('@') != std::string::npos && value.find('.') != std::string::npos;
}
bool is_telephone(std::string const& value) {
  return value.starts_with('+') &&
         std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }) > 8;
}
bool has_spaces(std::string const& value) { return std::count(value.begin(), value.end(), ' ') >= 2; }

/// Values that differ only in spaces: what "clean" mends.
bool differs_in_spaces(ColumnProfile const& profile) {
  for (auto const& group : profile.similar)
    for (auto const& spelling : group.spellings)
      if (clean(spelling.first) != spelling.first) return true;
  return false;
}

bool is_flag(ColumnProfile const& profile) {
  return profile.type == Type::integer && profile.distinct == 2 && profile.least == "0" && profile.most == "1";
}

bool is_years(ColumnProfile const& profile) {
  return profile.type == Type::integer && profile.least.size() == 4 && profile.most.size() == 4 &&
         profile.least >= "1900" && profile.most <= "2100";
}

bool technical(ProposedColumn const& column) {
  return column.profile.name.starts_with('_') || column.profile.name.starts_with("meta/") ||
         has(column, Hint::technical);
}

void mark_personal(ProposedColumn& column, bool about_people) {
  auto const say = [&](std::string note) {
    column.personal = true;
    column.note = std::move(note);
  };
  if (has(column, Hint::contact) && !is_numeric(column.profile.type)) return say("contacts and papers of people");
  if (all_top(column.profile, is_mail) || all_top(column.profile, is_telephone)) return say("looks like contacts");
  if (has(column, Hint::coordinates)) return say("where somebody lives can be seen from it");
  if (has(column, Hint::birth)) return say("used for ages, never shown");
  if (has(column, Hint::name) && about_people && !has(column, Hint::place) && !technical(column))
    return say("looks like people's names");
}

/// The column that says who a row is about: its heading says so, and it holds codes or many values.
ProposedColumn* find_person(ProposedDataset& dataset) {
  ProposedColumn* best = nullptr;
  for (auto& column : dataset.columns) {
    auto const& profile = column.profile;
    bool const id = has(column, Hint::identifier);
    bool const text =
        column.type == Type::text && (id || all_top(profile, is_code) || profile.distinct > kMostCategories);
    if (!has(column, Hint::person) || has(column, Hint::birth) || (!text && !(column.type == Type::integer && id)))
      continue;
    if (profile.distinct < 2) continue;
    if (best == nullptr || (id && !has(*best, Hint::identifier))) best = &column;
  }
  return best;
}

/// In a table that is called members, participants, ...: the column of codes of which each row has another.
ProposedColumn* find_member(ProposedDataset& dataset) {
  if (!hints_of(dataset.title).contains(Hint::person)) return nullptr;
  for (auto& column : dataset.columns)
    if (column.type == Type::text && column.profile.distinct * 20 >= dataset.rows * 19 && dataset.rows > 1 &&
        (has(column, Hint::identifier) || all_top(column.profile, is_code)))
      return &column;
  return nullptr;
}

bool is_of_shares(ColumnProfile const& profile) {
  auto const& words = profile.inferred.words;
  auto const counts = [&](std::string const& value) {
    return std::find(words.begin(), words.end(), value) == words.end();
  };
  bool any = false;
  for (auto const& [value, times] : profile.top) {
    if (counts(value) && !value.ends_with('%')) return false;
    any = any || counts(value);
  }
  return any;
}

void set_type(ProposedColumn& column) {
  auto& profile = column.profile;
  auto const& mostly = profile.mostly;
  if (profile.type == Type::text && mostly.type != Type::text && (mostly.type != Type::boolean || mostly.slips == 0)) {
    profile.inferred = mostly;
    profile.type = mostly.type;
    column.missing = mostly.words;
    if (mostly.slips > 0) column.note = "a few cells are something else";
  }
  if (profile.type != Type::text) profile.similar_count = 0;
  column.type = profile.type;
  column.share = is_numeric(column.type) && is_of_shares(profile);
  if (profile.present == 0) column.note = "empty in this file";
  if (is_flag(profile)) column.type = Type::boolean;
  if (is_numeric(column.type) && has(column, Hint::contact)) column.type = Type::text;
  if (column.type == Type::text) column.clean = differs_in_spaces(profile);
}

/// Ids, years and places on the map are written in digits and are no quantities; "Number of households" is one.
bool is_number_that_names(ProposedColumn const& column) {
  bool const quantity = has(column, Hint::people) || column.profile.name.find(" of ") != std::string::npos;
  return (has(column, Hint::identifier) && !quantity) || has(column, Hint::year) || has(column, Hint::coordinates) ||
         is_years(column.profile);
}

void set_role(ProposedColumn& column, bool dated, std::uint64_t rows) {
  auto const& profile = column.profile;
  if (column.personal || technical(column) || profile.present == 0) return;
  if (column.type == Type::boolean) {
    column.role = TakenFor::yes_no;
  } else if (is_numeric(column.type)) {
    bool const code = is_number_that_names(column);
    if (code) return;
    if (has(column, Hint::ordinal)) {
      if (profile.distinct <= kMostCategories) column.role = TakenFor::category;
      return;
    }
    column.role = column.share || has(column, Hint::average)                ? TakenFor::average
                  : has(column, Hint::stock) || has(column, Hint::capacity) ? TakenFor::stock
                                                                            : TakenFor::total;
  } else if (column.type == Type::text && has(column, Hint::remark)) {
    column.personal = true;
    column.note = "free text: it may name people";
  } else if (column.type == Type::text && profile.distinct >= 2 && profile.distinct <= kMostCategories &&
             !profile.more_distinct && profile.distinct * 2 <= profile.present) {
    column.role = TakenFor::category;
  } else if (column.type == Type::text && dated && rows >= 20 && profile.distinct * 2 > profile.present &&
             all_top(profile, has_spaces)) {
    column.personal = true;
    column.note = "free text: it may name people";
  }
}

/// "Target (2)": how a heading that stands twice is told apart.
bool comes_again(std::string const& heading) {
  auto const open = heading.rfind(" (");
  return open != std::string::npos && open > 0 && heading.ends_with(')') &&
         heading.find_first_not_of("0123456789", open + 2) == heading.size() - 1;
}

void name_columns_plainly(std::vector<ProposedColumn>& columns) {
  std::set<std::string> taken;
  for (auto& column : columns) {
    auto const& heading = column.profile.name;
    if (comes_again(heading)) {  // a "from" finds the first one and gives this its name with the same number
      auto const number = heading.rfind(" (");
      auto const first = std::find_if(columns.begin(), columns.end(), [&](auto const& one) {
        return one.profile.name == std::string_view(heading).substr(0, number);
      });
      column.name = (first == columns.end() ? heading.substr(0, number) : first->name) + heading.substr(number);
      column.again = true;
      continue;
    }
    auto const slash = heading.rfind('/');
    std::string name = slash == std::string::npos || heading.find(" / ") != std::string::npos
                           ? plain_name(heading)
                           : plain_name(std::string_view(heading).substr(slash + 1));
    if (taken.contains(name)) name = plain_name(heading);
    if (name.empty()) name = "column";
    std::string const base = name;
    for (int i = 2; taken.contains(name); ++i) name = base + "_" + std::to_string(i);
    taken.insert(name);
    column.name = name;
  }
}

int worth_as_date(ProposedColumn const& column, std::uint64_t rows) {
  if (column.type != Type::date || has(column, Hint::birth) || column.profile.present == 0) return -1;
  int worth = column.profile.present * 10 >= rows * 9 ? 4 : 0;
  if (has(column, Hint::date) && !has(column, Hint::end)) worth += 2;
  if (has(column, Hint::assessed) || has(column, Hint::start)) worth += 1;
  if (technical(column)) worth -= 3;
  if (has(column, Hint::end)) worth -= 2;
  return std::max(worth, 0);
}

ProposedColumn* find_date(ProposedDataset& dataset) {
  ProposedColumn* best = nullptr;
  int most = -1;
  for (auto& column : dataset.columns)
    if (int const worth = worth_as_date(column, dataset.rows); worth > most) {
      most = worth;
      best = &column;
    }
  return best;
}

/// A register of stays: a day of coming that is nearly always there, and a day of leaving.
void find_stay(ProposedDataset& dataset, ProposedColumn const& date) {
  if (!has(date, Hint::start)) return;
  for (auto const& column : dataset.columns)
    if (&column != &date && column.type == Type::date && has(column, Hint::end))
      dataset.date = {date.name, column.name};
}

/// Each row has another value, and it is a name of something, not a number of it.
bool is_key(ProposedColumn const& column, std::uint64_t rows, bool dated) {
  auto const& profile = column.profile;
  bool const number =
      column.role == TakenFor::total || column.role == TakenFor::stock || column.role == TakenFor::average;
  bool const named = has(column, Hint::identifier) || has(column, Hint::person) || all_top(profile, is_code) ||
                     (has(column, Hint::place) && column.type == Type::text && !dated);
  return rows > 1 && profile.distinct == rows && profile.missing == 0 && !profile.more_distinct &&
         column.type != Type::date && !number && named;
}

/// One column, who the row is about before a running number; or a day and who reports on it. A proposal: whoever reads
/// the data next counts the repeats.
void propose_key(ProposedDataset& dataset) {
  ProposedColumn const* alone = nullptr;
  for (auto const& column : dataset.columns)
    if (is_key(column, dataset.rows, !dataset.date.empty()) && (alone == nullptr || column.role == TakenFor::person))
      alone = &column;
  if (alone != nullptr) {
    dataset.key = {alone->name};
    return;
  }
  if (dataset.date.size() != 1) return;
  bool const reports = dataset.with(TakenFor::stock) != nullptr;
  auto const* const person = dataset.with(TakenFor::person);
  auto const* const place =
      dataset.hinting(Hint::place) != nullptr ? dataset.hinting(Hint::place) : dataset.with(TakenFor::category);
  if (reports && place != nullptr && person == nullptr) dataset.key = {dataset.date.front(), place->name};
}

}  // namespace

ProposedColumn const* ProposedDataset::column(std::string_view name) const {
  for (auto const& one : columns)
    if (one.name == name) return &one;
  return nullptr;
}

ProposedColumn const* ProposedDataset::with(TakenFor role) const {
  for (auto const& one : columns)
    if (one.role == role) return &one;
  return nullptr;
}

ProposedColumn const* ProposedDataset::hinting(Hint hint) const {
  for (auto const& one : columns)
    if (one.hints.contains(hint) && !one.personal) return &one;
  return nullptr;
}

std::string plain_name(std::string_view heading) {
  std::string out;
  std::string const letters = Latin().letters(clean(heading));
  for (char const raw : letters) {
    char const c = raw >= 'A' && raw <= 'Z' ? static_cast<char>(raw - 'A' + 'a') : raw;
    bool const kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept)
      out += c;
    else if (c != '\'' && !out.empty() && out.back() != '_')
      out += '_';
  }
  while (out.ends_with('_')) out.pop_back();
  if (heading.starts_with('_') && !out.empty()) out.insert(out.begin(), '_');
  if (!out.empty() && out[0] >= '0' && out[0] <= '9') out.insert(out.begin(), '_');
  return out;
}

std::string plain_title(std::string_view name) {
  bool const path = name.find('/') != std::string_view::npos && name.find(' ') == std::string_view::npos;
  std::string out(path ? name.substr(name.rfind('/') + 1) : name);  // of a survey's question its own name
  std::replace(out.begin(), out.end(), '_', ' ');
  std::replace(out.begin(), out.end(), '-', ' ');
  out = clean(out);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string in_expression(std::string_view name) {
  bool const plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  if (plain && std::find(kKeyWords.begin(), kKeyWords.end(), name) == kKeyWords.end()) return std::string(name);
  std::string out = "\"";
  for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

void propose_columns(ProposedDataset& dataset, DataProfile const& profile) {
  dataset.rows = profile.rows;
  for (auto const& one : profile.columns) dataset.columns.push_back({.profile = one, .hints = hints_of(one.name)});
  name_columns_plainly(dataset.columns);
  std::set<std::string> marks;
  for (auto& column : dataset.columns) {
    set_type(column);
    for (auto const& mark : column.profile.inferred.marks)
      if (column.profile.present > 0 && column.type != Type::text) marks.insert(mark);
    if (column.type == Type::decimal || column.type == Type::number || column.type == Type::integer) {
      auto const& form = column.profile.inferred;
      if (form.decimal != '.') dataset.source.dialect.decimal = form.decimal;
      if (!form.thousands.empty()) dataset.source.dialect.thousands = form.thousands;
    }
  }
  dataset.missing.assign(marks.begin(), marks.end());
  if (auto* const date = find_date(dataset); date != nullptr) {
    date->role = TakenFor::date;
    dataset.date = {date->name};
    find_stay(dataset, *date);
  }
  auto* person = find_person(dataset);
  if (person == nullptr) person = find_member(dataset);
  bool const about_people = person != nullptr || dataset.hinting(Hint::birth) != nullptr ||
                            dataset.hinting(Hint::sex) != nullptr || dataset.hinting(Hint::contact) != nullptr;
  for (auto& column : dataset.columns) mark_personal(column, about_people);
  if (person != nullptr) {
    person->role = TakenFor::person;
    person->personal = true;
    if (person->note.empty()) person->note = "who the row is about: counted, never shown";
    person->type = Type::text;
  }
  for (auto& column : dataset.columns)
    if (column.role == TakenFor::other) set_role(column, !dataset.date.empty(), dataset.rows);
  propose_key(dataset);
}

std::optional<std::vector<std::string>> own_marks(ProposedDataset const& dataset, ProposedColumn const& column) {
  if (column.missing.empty()) return std::nullopt;
  auto out = dataset.missing;  // a column's own list stands instead of the dataset's
  out.insert(out.end(), column.missing.begin(), column.missing.end());
  return out;
}

Dataset as_dataset(ProposedDataset const& proposed, std::vector<std::string> files) {
  Dataset out;
  out.id = proposed.id;
  out.source = proposed.source;
  out.source.place.file = files.empty() ? "" : files.front();
  out.source.files = std::move(files);
  out.date = proposed.date;
  out.key = proposed.key;
  out.missing = proposed.missing;
  for (auto const& column : proposed.columns) {
    ColumnSpec spec;
    spec.name = column.name;
    spec.type = column.type;
    if (column.renamed()) spec.from = column.profile.name;
    spec.date_format = column.type == Type::date ? column.profile.inferred.date_format : "";
    spec.clean = column.clean;
    spec.missing = own_marks(proposed, column);
    spec.personal = column.personal;
    out.columns.push_back(std::move(spec));
  }
  return out;
}

}  // namespace yekun
