#include "reports/format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace yekun {

namespace {

constexpr std::array<std::string_view, 10> kMeasured{"days",  "hours",      "minutes", "weeks",  "months",
                                                     "years", "kilometres", "nights",  "points", "score"};

bool is_currency(std::string_view unit) {
  return unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string digits(Number const& number, NumberShape const& shape, Locale const& locale) {
  if (auto const* whole = std::get_if<std::int64_t>(&number)) {
    if (shape.places == 0) return locale.whole(*whole);
    return locale.number(static_cast<double>(*whole), shape.places);
  }
  if (auto const* exact = std::get_if<Decimal>(&number)) return locale.number(*exact, shape.places);
  return locale.number(std::get<double>(number), shape.places);
}

std::string unsigned_text(Number const& number, NumberShape const& shape, Catalogue const& catalogue) {
  Locale const& locale = catalogue.locale();
  if (shape.points)
    return catalogue.text("unit.percentage_points", {{"value", locale.number(to_double(number) * 100, shape.places)}});
  if (shape.percent) return locale.percent(to_double(number), shape.places);
  return digits(number, shape, locale);
}

std::string trimmed(std::string const& text) {
  constexpr std::string_view kSpaces = " \t";
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  std::string_view view = text;
  auto const strip = [&](auto starts, auto cut) {
    while (!view.empty() && starts()) cut();
  };
  strip([&] { return kSpaces.find(view.front()) != std::string_view::npos; }, [&] { view.remove_prefix(1); });
  strip([&] { return view.starts_with(kNoBreak); }, [&] { view.remove_prefix(kNoBreak.size()); });
  strip([&] { return kSpaces.find(view.back()) != std::string_view::npos; }, [&] { view.remove_suffix(1); });
  strip([&] { return view.ends_with(kNoBreak); }, [&] { view.remove_suffix(kNoBreak.size()); });
  return std::string(view);
}

/// Keys are written with underscores, marks with hyphens.
std::string key_of(std::string_view prefix, std::string_view name) {
  std::string key(prefix);
  key += name;
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

std::string_view state_word(State state) {
  if (state == State::missing) return "missing";
  return state == State::not_applicable ? "not-applicable" : "suppressed";
}

/// The value that a plural form is chosen by: as shown, so that "1.0 day" follows what the reader sees.
MessageValue plural_number(Value const& value) {
  if (!value.is_value()) return std::int64_t{2};
  if (auto const* whole = std::get_if<std::int64_t>(&value.number)) return *whole;
  if (auto const* exact = std::get_if<Decimal>(&value.number)) return *exact;
  return std::get<double>(value.number);
}

}  // namespace

NumberShape shape_of(Indicator const& indicator) {
  NumberShape shape;
  shape.unit = indicator.unit.id;
  shape.percent = indicator.unit.id == "percent";
  bool const mean = indicator.kind == IndicatorKind::average || indicator.kind == IndicatorKind::quantile;
  int const usual = shape.percent || mean ? std::max(1, indicator.unit.places) : indicator.unit.places;
  shape.places = indicator.places.value_or(usual);
  return shape;
}

NumberShape change_shape(Indicator const& indicator, IndicatorKind kind) {
  NumberShape shape{.percent = true, .points = false, .places = 1, .sign = true, .unit = "percent"};
  if (kind == IndicatorKind::ratio && indicator.unit.id == "percent") {
    shape.percent = false;
    shape.points = true;
  }
  return shape;
}

double shown_number(Number const& number, NumberShape const& shape) {
  double const factor = shape.percent || shape.points ? 100 : 1;
  return round_half_away(to_double(number) * factor, shape.places);
}

NumberShape achievement_shape() {
  return {.percent = true, .points = false, .places = 0, .sign = false, .unit = "percent"};
}

std::string show(Value const& value, NumberShape const& shape, Catalogue const& catalogue) {
  if (!value.is_value()) return catalogue.text(key_of("mark.", state_word(value.state)));
  std::string const text = unsigned_text(value.number, shape, catalogue);
  if (value.low && to_double(*value.low) != to_double(value.number))
    return catalogue.text("report.interval", {{"low", unsigned_text(*value.low, shape, catalogue)}, {"high", text}});
  return shape.sign && shown_number(value.number, shape) > 0 ? "+" + text : text;
}

std::string say(Value const& value, NumberShape const& shape, Catalogue const& catalogue) {
  if (!value.is_value()) return catalogue.text(key_of("state.", state_word(value.state)));
  return show(value, shape, catalogue);
}

std::string unit_word(std::string_view unit, Value const& value, Catalogue const& catalogue) {
  if (unit.empty() || unit == "number" || unit == "percent" || unit == "ratio") return {};
  if (is_currency(unit)) return std::string(unit);
  std::string const key = key_of("unit.", unit);
  if (!catalogue.has(key)) return std::string(unit);
  return trimmed(catalogue.text(key, {{"count", plural_number(value)}, {"value", std::string()}}));
}

std::string unit_heading(std::string_view unit, Catalogue const& catalogue) {
  if (unit == "percent") return "%";
  if (unit.empty() || unit == "number" || unit == "ratio") return {};
  std::string const key = key_of("unit.", unit) + ".name";
  return catalogue.has(key) ? catalogue.text(key) : std::string(unit);
}

bool is_measured(std::string_view unit) {
  return is_currency(unit) || std::find(kMeasured.begin(), kMeasured.end(), unit) != kMeasured.end();
}

std::vector<std::string> marks_of(Value const& value) {
  if (!value.is_value()) return {std::string(state_word(value.state))};
  return value.partial ? std::vector<std::string>{"partial"} : std::vector<std::string>{};
}

Cell value_cell(Value const& value, NumberShape const& shape, Catalogue const& catalogue) {
  Cell cell;
  cell.text = show(value, shape, catalogue);
  cell.value = value;
  cell.shape = shape;
  cell.marks = marks_of(value);
  return cell;
}

Cell figure_cell(Figure const& figure, NumberShape const& shape, Catalogue const& catalogue) {
  Cell cell = value_cell(figure.value, shape, catalogue);
  cell.figure = figure.id;
  cell.lineage = figure.lineage;
  return cell;
}

Cell words(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}

Status status_of(Figure const& figure, Direction direction) {
  if (!figure.target || !figure.target->is_value()) return Status::no_target;
  if (!figure.value.is_value()) return Status::none;
  if (figure.achievement && figure.achievement->is_value()) {
    double const share = to_double(figure.achievement->number);
    if (share >= 1) return Status::met;
    if (share >= kOnTrack) return Status::on_track;
    return share >= 0 ? Status::behind : Status::away;
  }
  auto const noted = [&](std::string_view key) {
    return std::find(figure.notes.begin(), figure.notes.end(), key) != figure.notes.end();
  };
  if (noted("verdict.met")) return Status::met;
  if (noted("verdict.not_met")) return Status::behind;
  double const actual = to_double(figure.value.number);
  double const target = to_double(figure.target->number);
  bool const met = direction == Direction::decrease ? actual <= target : actual >= target;
  return met ? Status::met : Status::behind;
}

std::string status_text(Status status, Catalogue const& catalogue) {
  switch (status) {
    case Status::met:
      return catalogue.text("verdict.met");
    case Status::on_track:
      return catalogue.text("verdict.on_track");
    case Status::behind:
      return catalogue.text("verdict.behind");
    case Status::away:
      return catalogue.text("verdict.moving_away");
    case Status::no_target:
      return catalogue.text("verdict.no_target");
    case Status::none:
      break;
  }
  return {};
}

std::vector<MarkText> mark_texts(Catalogue const& catalogue) {
  std::vector<MarkText> all;
  for (auto const* id : {"missing", "not-applicable", "suppressed", "partial", "restated"}) {
    std::string const name(id);
    bool const appended = name == "partial" || name == "restated";
    std::string const meaning = trimmed(catalogue.text(key_of("note.", name), {{"mark", std::string()}}));
    all.push_back({name, catalogue.text(key_of("mark.", name)), meaning, appended});
  }
  return all;
}

}  // namespace yekun
