#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/catalogue.h"
#include "reports/proposal.h"

namespace yekun {
namespace {

constexpr std::size_t kMostMeasures = 12;  // of one table: a form of sixty numbers is no report

/// A register that other tables can look things up in: one row a key, and something to say about it.
bool is_register(ProposedDataset const& dataset) { return dataset.key.size() == 1 && dataset.columns.size() > 1; }

/// "training_district" looks up in a table with the key "district": under a heading over several columns.
bool is_under_a_wider_heading(ProposedColumn const& column, std::string_view key) {
  return column.name.ends_with("_" + std::string(key)) && column.profile.name.find(" / ") != std::string::npos;
}

/// "enterprise" looks up in "enterprises" with the key "code".
bool names_the_register(std::string_view column, ProposedDataset const& target) {
  return target.id == std::string(column) + "s" && (target.key.front() == "code" || target.key.front() == "id");
}

/// A table of things looks up in the register of those things; tables with the same key only in one without a date.
bool looks_up(ProposedDataset const& dataset, ProposedColumn const& column, ProposedDataset const& target) {
  auto const& key = target.key.front();
  if (column.name != key && !names_the_register(column.name, target) && !is_under_a_wider_heading(column, key))
    return false;
  if (dataset.key == target.key && (dataset.date.empty() || !target.date.empty())) return false;
  return column.type == target.column(key)->type;
}

/// Whether a lookup would give a column that another one gives already: its name alone would be ambiguous.
bool gives_a_second(Proposal const& proposal, ProposedDataset const& dataset, ProposedDataset const& target) {
  for (auto const& [column, other] : dataset.lookups)
    for (auto const& one : proposal.datasets)
      if (other.starts_with(one.id + "."))
        for (auto const& given : one.columns)
          if (given.role == TakenFor::category && dataset.column(given.name) == nullptr &&
              target.column(given.name) != nullptr)
            return true;
  return false;
}

/// One lookup a column: in a register without a date before any other.
void propose_lookups(Proposal& proposal) {
  for (auto& dataset : proposal.datasets)
    for (auto const& column : dataset.columns) {
      ProposedDataset const* best = nullptr;
      for (auto const& target : proposal.datasets) {
        if (&target == &dataset || !is_register(target) || !looks_up(dataset, column, target)) continue;
        if (best == nullptr || (!best->date.empty() && target.date.empty())) best = &target;
      }
      if (best == nullptr) continue;
      bool const doubled = gives_a_second(proposal, dataset, *best);
      (doubled ? dataset.other_lookups : dataset.lookups).emplace_back(column.name, best->id + "." + best->key.front());
    }
}

/// By the letters that only one language has; empty where there are few.
std::string language_of(std::string const& text) {
  auto const count = [&](std::initializer_list<std::string_view> letters) {
    std::size_t times = 0;
    for (auto const letter : letters)
      for (auto at = text.find(letter); at != std::string::npos; at = text.find(letter, at + 1)) ++times;
    return times;
  };
  std::size_t const georgian = count({"ა", "ე", "ი", "ო"});
  std::size_t const russian = count({"а", "е", "и", "о"});
  std::size_t const azerbaijani = count({"ə", "ı", "ğ"});
  std::size_t const turkmen = count({"ý", "ň", "ž"});
  std::size_t const most = std::max({georgian, russian, azerbaijani, turkmen});
  if (most < 3) return {};
  if (most == georgian) return "ka";
  if (most == russian) return "ru";
  return most == azerbaijani ? "az" : "tk";
}

/// Headings are in the readers' language, names of places in that of the country. English headings without any letter
/// of another language are English; other headings in Latin letters may be of any, and the values decide.
std::string guess_language(Proposal const& proposal) {
  std::string headings;
  std::string values;
  std::size_t english = 0;
  for (auto const& dataset : proposal.datasets)
    for (auto const& column : dataset.columns) {
      headings += column.profile.name + " ";
      english += is_english(column.profile.name) ? 1U : 0U;
      for (auto const& [value, times] : column.profile.top) values += value + " ";
    }
  if (auto const language = language_of(headings); !language.empty()) return language;
  if (english >= 2) return "en";
  auto const language = language_of(headings + values);
  return language.empty() ? "en" : language;
}

std::string zone_of(std::string_view language) {
  if (language == "az") return "Asia/Baku";
  if (language == "ka") return "Asia/Tbilisi";
  return language == "tk" ? "Asia/Ashgabat" : "UTC";
}

using Roles = std::vector<std::pair<std::string, std::string>>;

/// The condition "was there", with what it was taken from.
struct Attended {
  std::string condition{};
  std::string note{};
};

/// Of the column's most frequent values those that mean it; nothing where there are none.
Attended attended_among(ProposedColumn const& column) {
  Attended out;
  std::string others;
  for (auto const& [value, times] : column.profile.top) {
    std::string text = "'";
    for (char const c : value) text += c == '\'' ? std::string("''") : std::string(1, c);
    auto& list = means_attended(value) ? out.condition : others;
    list += (list.empty() ? "" : ", ") + text + "'";
  }
  if (out.condition.empty()) return {};
  out.note =
      fmt::format("taken for present: {}; not for present: {}", out.condition, others.empty() ? "nothing" : others);
  out.condition = fmt::format("{} in ({})", in_expression(column.name), out.condition);
  return out;
}

/// A yes or no, or the values that say so.
Attended attended_by(ProposedDataset const& dataset) {
  for (auto const& column : dataset.columns) {
    if (column.personal || !column.hints.contains(Hint::attended)) continue;
    if (column.role == TakenFor::yes_no) return {in_expression(column.name), {}};
    if (column.role != TakenFor::category) continue;
    if (auto found = attended_among(column); !found.condition.empty()) return found;
  }
  return {};
}

void propose_care(Proposal& proposal, ProposedDataset const& stays) {
  auto const* const person = stays.with(TakenFor::person);
  if (stays.date.size() != 2 || person == nullptr) return;
  ProposedPack pack{"residential-care", stays.id, {}, {"residents", "admissions", "discharges", "resident_days"}};
  pack.roles.push_back(
      {"stays",
       {{"dataset", stays.id}, {"person", person->name}, {"admitted", stays.date[0]}, {"discharged", stays.date[1]}}});
  for (auto const& other : proposal.datasets)
    if (auto const* const places = other.hinting(Hint::capacity);
        &other != &stays && places != nullptr && other.date.size() == 1) {
      pack.roles.push_back({"places", {{"dataset", other.id}, {"places", places->name}}});
      pack.shown.insert(pack.shown.begin() + 1, "occupancy_rate");
      break;
    }
  proposal.packs.push_back(std::move(pack));
}

void propose_census(Proposal& proposal, ProposedDataset const& counts) {
  auto const* const places = counts.hinting(Hint::capacity);
  ProposedColumn const* residents = nullptr;
  for (auto const& column : counts.columns)
    if (column.role == TakenFor::stock && column.hints.contains(Hint::residents)) residents = &column;
  if (counts.date.size() != 1 || places == nullptr || residents == nullptr || places == residents) return;
  ProposedPack pack{"residential-census",
                    counts.id,
                    {},
                    {"residents", "occupancy_rate", "average_daily_census", "days_over_capacity"}};
  pack.roles.push_back({"counts", {{"dataset", counts.id}, {"residents", residents->name}, {"places", places->name}}});
  proposal.packs.push_back(std::move(pack));
}

void propose_training(Proposal& proposal, ProposedDataset const& attendance) {
  auto const* const person = attendance.with(TakenFor::person);
  auto const attended = attended_by(attendance);
  if (attendance.date.size() != 1 || person == nullptr || attended.condition.empty()) return;
  ProposedPack pack{"training", attendance.id, {}, {"participants", "attendance_rate", "attendances"}};
  pack.roles.push_back(
      {"attendance", {{"dataset", attendance.id}, {"participant", person->name}, {"attended", attended.condition}}});
  pack.note = attended.note;
  proposal.packs.push_back(std::move(pack));
}

ProposedColumn const* date_hinting(ProposedDataset const& dataset, Hint hint) {
  for (auto const& column : dataset.columns)
    if (column.type == Type::date && column.hints.contains(hint)) return &column;
  return nullptr;
}

void propose_cases(Proposal& proposal, ProposedDataset const& cases) {
  auto const* const assessed = date_hinting(cases, Hint::assessed);
  auto const* const planned = date_hinting(cases, Hint::planned);
  auto const* const served = date_hinting(cases, Hint::served);
  if (assessed == nullptr || cases.date != std::vector<std::string>{assessed->name} ||
      (planned == nullptr && served == nullptr))
    return;
  ProposedPack pack{"caseload", cases.id, {}, {"assessments"}};
  Roles roles{{"dataset", cases.id}, {"assessed", assessed->name}};
  if (planned != nullptr) roles.emplace_back("planned", planned->name);
  if (served != nullptr) roles.emplace_back("served", served->name);
  if (planned != nullptr) pack.shown.emplace_back("assessments_with_plan");
  if (served != nullptr) pack.shown.emplace_back("days_to_service");
  if (auto const* const person = cases.with(TakenFor::person)) roles.emplace_back("person", person->name);
  pack.roles.push_back({"cases", std::move(roles)});
  proposal.packs.push_back(std::move(pack));
}

/// Each pack once: two would give their indicators the same names.
void propose_packs(Proposal& proposal) {
  auto const used = [&](std::string_view name) {
    return std::any_of(proposal.packs.begin(), proposal.packs.end(),
                       [&](auto const& pack) { return pack.name == name; });
  };
  for (auto const& dataset : proposal.datasets) {
    if (!used("residential-care")) propose_care(proposal, dataset);
    if (!used("training")) propose_training(proposal, dataset);
    if (!used("caseload")) propose_cases(proposal, dataset);
  }
  for (auto const& dataset : proposal.datasets)
    if (!used("residential-care") && !used("residential-census")) propose_census(proposal, dataset);
}

/// Rows are reports of somebody on a day: then each sum says what becomes of it over time.
bool is_reported(ProposedDataset const& dataset) {
  return dataset.key.size() > 1 && dataset.date.size() == 1 &&
         std::find(dataset.key.begin(), dataset.key.end(), dataset.date.front()) != dataset.key.end();
}

bool is_of_levels(ProposedDataset const& dataset) { return dataset.with(TakenFor::stock) != nullptr; }

std::string unit_of(ProposedColumn const& column) {
  if (auto const currency = currency_in(column.profile.name); !currency.empty()) return std::string(currency);
  return column.hints.contains(Hint::people) ? "people" : "number";
}

/// Adds indicators of one table under names that are still free.
class Indicators {
 public:
  Indicators(Proposal& proposal, Catalogue const& texts) : proposal_(proposal), texts_(texts) {
    if (!proposal.packs.empty())
      taken_ = {"residents", "period_days", "admissions", "discharges", "participants", "enrolled", "completed",
                "gain",      "plans",       "referrals",  "closures",   "assessments",  "turnover"};
    for (auto const& pack : proposal.packs)
      for (auto const& name : pack.shown) taken_.insert(name);
  }

  void add_table(ProposedDataset const& dataset, bool alone) {
    auto const of = [&](std::string const& label) {
      return alone ? label : fmt::format("{} ({})", label, dataset.title);
    };
    auto const* const pack = pack_of(dataset.id);
    auto const* const person = dataset.with(TakenFor::person);
    if (person != nullptr && pack == nullptr)
      add({dataset.id + "_people", of(texts_.text("init.people")), dataset.id,
           fmt::format("count(distinct {})", in_expression(person->name)), "", "people",
           "each person once, however often they come"});
    if (pack == nullptr && !is_of_levels(dataset) && !is_reported(dataset))
      add({dataset.id + "_records", of(texts_.text("init.records")), dataset.id, "count()", "", "number", "rows"});
    std::size_t measures = 0;
    for (auto const& column : dataset.columns)
      if (measures < kMostMeasures && !in_pack(dataset.id, column.name))
        measures += add_column(dataset, column, of) ? 1U : 0U;
  }

 private:
  ProposedPack const* pack_of(std::string_view dataset) const {
    for (auto const& pack : proposal_.packs)
      if (pack.dataset == dataset) return &pack;
    return nullptr;
  }
  bool in_pack(std::string_view dataset, std::string_view column) const {
    for (auto const& pack : proposal_.packs)
      for (auto const& [part, roles] : pack.roles)
        if (roles.front().second == dataset)
          for (auto const& [role, name] : roles)
            if (name.find(column) != std::string::npos) return true;
    return false;
  }
  void add(ProposedIndicator one) {
    if (taken_.insert(one.id).second) proposal_.indicators.push_back(std::move(one));
  }

  template <class Of>
  bool add_column(ProposedDataset const& dataset, ProposedColumn const& column, Of const& of) {
    std::string const name = in_expression(column.name);
    std::string const label = plain_title(column.profile.name);
    std::string const plain = plain_name(column.name);
    ProposedIndicator one{
        taken_.contains(plain) ? dataset.id + "_" + plain : plain, of(label), dataset.id, {}, {}, {}, {}};
    switch (column.role) {
      case TakenFor::total:
      case TakenFor::stock:
        one.measure = fmt::format("sum({})", name);
        one.unit = unit_of(column);
        set_over_time(dataset, column, one);
        break;
      case TakenFor::average:
        one.label = of(texts_.text("init.average", {{"what", label}}));
        one.measure = fmt::format("average({})", name);
        one.unit = column.share ? "percent" : column.hints.contains(Hint::age) ? "years" : "score";
        one.note = column.share ? "each row weighs the same: if rows stand for different numbers of people, divide the "
                                  "counts instead"
                                : "averaged over rows";
        break;
      case TakenFor::yes_no:
        one.label = of(texts_.text("init.share", {{"what", label}}));
        one.measure = fmt::format("share({})", name);
        one.unit = "percent";
        one.note = "of the rows that have an answer";
        break;
      default:
        return false;
    }
    add(std::move(one));
    return true;
  }

  /// Levels are never added up over time. In a table of levels the other numbers are taken for levels, too, unless they
  /// are called new.
  static void set_over_time(ProposedDataset const& dataset, ProposedColumn const& column, ProposedIndicator& one) {
    if (dataset.date.size() != 1) return;
    bool const level = column.role == TakenFor::stock || (is_of_levels(dataset) && !column.hints.contains(Hint::fresh));
    if (level) one.over_time = "last";
    if (!level && is_reported(dataset)) one.over_time = "sum";
    one.note = level ? "taken for a level: the last one of the period; \"sum\" if it counts what happened"
                     : "added up over time; \"over_time\": \"last\" if it is a level, such as a number of residents";
  }

  Proposal& proposal_;
  Catalogue const& texts_;
  std::set<std::string> taken_{};
};

}  // namespace

void complete(Proposal& proposal) {
  propose_lookups(proposal);
  proposal.language = guess_language(proposal);
  proposal.timezone = zone_of(proposal.language);
  propose_packs(proposal);
  auto const texts = Catalogue::load(proposal.language);
  if (!texts) return;
  bool const any_dated = std::any_of(proposal.datasets.begin(), proposal.datasets.end(),
                                     [](auto const& one) { return !one.date.empty(); });
  auto const counted = std::count_if(proposal.datasets.begin(), proposal.datasets.end(),
                                     [&](auto const& one) { return !any_dated || !one.date.empty(); });
  Indicators indicators(proposal, *texts);
  for (auto const& dataset : proposal.datasets)
    if (!any_dated || !dataset.date.empty()) indicators.add_table(dataset, counted == 1);
}

}  // namespace yekun
