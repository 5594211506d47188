#include "reports/units.h"

#include <unicode/ucurr.h>

#include <algorithm>
#include <iterator>

namespace yekun {
namespace {

struct KnownUnit {
  std::string_view id;
  int places;
};

// Sorted. The texts catalogue has a plural message "unit.<id>" for each.
constexpr KnownUnit kUnits[] = {
    {"activities", 0},    {"admissions", 0},   {"assessments", 0},   {"beds", 0},
    {"cases", 0},         {"certificates", 0}, {"children", 0},      {"communities", 0},
    {"consultations", 0}, {"contacts", 0},     {"days", 1},          {"discharges", 0},
    {"districts", 0},     {"documents", 0},    {"enterprises", 0},   {"events", 0},
    {"families", 0},      {"groups", 0},       {"hours", 1},         {"households", 0},
    {"institutions", 0},  {"items", 0},        {"kilometres", 1},    {"laws", 0},
    {"meals", 0},         {"members", 0},      {"minutes", 0},       {"months", 1},
    {"nights", 0},        {"number", 0},       {"organisations", 0}, {"participants", 0},
    {"partners", 0},      {"people", 0},       {"percent", 1},       {"person_sessions", 0},
    {"places", 0},        {"plans", 0},        {"points", 1},        {"projects", 0},
    {"publications", 0},  {"ratio", 2},        {"referrals", 0},     {"schools", 0},
    {"score", 1},         {"services", 0},     {"sessions", 0},      {"specialists", 0},
    {"staff", 0},         {"trainings", 0},    {"visits", 0},        {"weeks", 1},
    {"years", 1},
};

}  // namespace

bool is_currency(std::string_view id) {
  if (id.size() != 3 || !std::all_of(id.begin(), id.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return false;
  char16_t const code[4] = {static_cast<char16_t>(id[0]), static_cast<char16_t>(id[1]), static_cast<char16_t>(id[2]),
                            0};
  UErrorCode status = U_ZERO_ERROR;
  bool const known = ucurr_isAvailable(code, U_DATE_MIN, U_DATE_MAX, &status) != 0;
  return U_SUCCESS(status) && known;
}

std::optional<Unit> find_unit(std::string_view id) {
  for (auto const& unit : kUnits)
    if (unit.id == id) return Unit{std::string(id), unit.places};
  if (is_currency(id)) return Unit{std::string(id), 2};
  return std::nullopt;
}

std::vector<std::string> unit_words() {
  std::vector<std::string> out;
  for (auto const& unit : kUnits) out.emplace_back(unit.id);
  return out;
}

}  // namespace yekun
