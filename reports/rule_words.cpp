#include "reports/rule_words.h"

#include <cctype>

#include "reports/labels.h"

namespace yekun {

namespace {

struct Call {
  std::string function;
  std::string argument;
  bool distinct = false;
};

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// `sum(residents)` as function and argument; the function is empty if the measure is not one call.
Call read_call(std::string_view measure) {
  std::string const text = trimmed(measure);
  auto const open = text.find('(');
  if (open == std::string::npos || text.back() != ')') return {};
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0 && i + 1 != text.size()) return {};
  }
  Call call{trimmed(text.substr(0, open)), trimmed(text.substr(open + 1, text.size() - open - 2))};
  for (auto& c : call.function) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  constexpr std::string_view kDistinct = "distinct ";
  if (call.argument.starts_with(kDistinct)) {
    call.distinct = true;
    call.argument = trimmed(std::string_view(call.argument).substr(kDistinct.size()));
  }
  return call;
}

std::string measure_words(Indicator const& indicator, Catalogue const& catalogue) {
  Call const call = read_call(indicator.measure);
  std::string name = call.function == "count" && call.distinct           ? "count_distinct"
                     : call.function == "count" && call.argument.empty() ? "count_rows"
                                                                         : call.function;
  std::string const key = "report.rule." + name;
  MessageArguments const arguments{
      {"column", call.argument}, {"dataset", indicator.dataset}, {"measure", indicator.measure}};
  return catalogue.text(!name.empty() && catalogue.has(key) ? key : "report.rule.other", arguments);
}

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.'; }

/// Names of indicators become labels, signs of arithmetic become those of print.
std::string formula_words(std::string const& formula, Programme const& programme, Catalogue const& catalogue) {
  std::string words;
  for (std::size_t i = 0; i < formula.size();) {
    if (is_name_start(formula[i])) {
      std::size_t end = i;
      while (end < formula.size() && is_name_part(formula[end])) ++end;
      std::string const name = formula.substr(i, end - i);
      words += programme.indicator(name) == nullptr
                   ? name
                   : catalogue.text("report.rule.name",
                                    {{"name", indicator_label(programme, name, catalogue.locale().language())}});
      i = end;
      continue;
    }
    char const c = formula[i++];
    if (c == '/')
      words += "÷";
    else if (c == '*')
      words += "×";
    else
      words += c;
  }
  return words;
}

std::string over_time_words(Indicator const& indicator, Catalogue const& catalogue) {
  switch (indicator.over_time) {
    case OverTime::last:
      return catalogue.text("report.over_time.last");
    case OverTime::first:
      return catalogue.text("report.over_time.first");
    case OverTime::average:
      return catalogue.text("report.over_time.average");
    case OverTime::min:
      return catalogue.text("report.over_time.min");
    case OverTime::max:
      return catalogue.text("report.over_time.max");
    case OverTime::sum:
      return catalogue.text("report.over_time.sum");
    case OverTime::recount:
    case OverTime::unset:
      break;
  }
  return {};
}

}  // namespace

std::string rule_in_words(Indicator const& indicator, Programme const& programme, Catalogue const& catalogue) {
  std::string rule;
  if (!indicator.formula.empty()) {
    rule = formula_words(indicator.formula, programme, catalogue);
  } else if (!indicator.union_of.empty()) {
    rule = catalogue.text("report.rule.people", {{"columns", catalogue.locale().list(indicator.union_of)}});
  } else {
    rule = measure_words(indicator, catalogue);
  }
  if (!indicator.where.empty())
    rule = catalogue.text("report.rule.where", {{"rule", rule}, {"condition", indicator.where}});
  std::string const over = over_time_words(indicator, catalogue);
  return over.empty() ? rule : catalogue.text("report.rule.over_time", {{"rule", rule}, {"over", over}});
}

std::string direction_in_words(Direction direction, Catalogue const& catalogue) {
  if (direction == Direction::none) return {};
  return catalogue.text(direction == Direction::increase ? "label.direction_increase" : "label.direction_decrease");
}

}  // namespace yekun
