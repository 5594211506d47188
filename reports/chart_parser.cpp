#include <fmt/format.h>

#include "core/period.h"
#include "reports/report_parts.h"

namespace yekun {
namespace {

constexpr Word<BarStack> kStacks[] = {
    {"grouped", BarStack::grouped}, {"stacked", BarStack::stacked}, {"percent", BarStack::percent}};
constexpr Word<ChartOrder> kOrders[] = {{"auto", ChartOrder::automatic},
                                        {"as-given", ChartOrder::as_given},
                                        {"ascending", ChartOrder::ascending},
                                        {"descending", ChartOrder::descending}};
constexpr std::string_view kPeriodKinds[] = {"day", "week", "month", "quarter", "half", "year", "fiscal-year"};

std::vector<Word<ChartType>> type_words() {
  static std::vector<std::string> const words = chart_type_words();
  std::vector<Word<ChartType>> out;
  for (auto const& word : words)
    if (auto const type = parse_chart_type(word)) out.push_back({word, *type});
  return out;
}

std::vector<Word<ChartIntent>> intent_words() {
  static std::vector<std::string> const words = chart_intent_words();
  std::vector<Word<ChartIntent>> out;
  for (auto const& word : words)
    if (auto const intent = parse_chart_intent(word)) out.push_back({word, *intent});
  return out;
}

/// "month" on an axis means periods, a month each.
void parse_axis(ObjectReader& reader, std::string_view key, std::string& out, ChartSpec& chart) {
  if (reader.name(key, NameKind::grouping, out) == nullptr) return;
  auto const kind = parse_period_kind(out);
  if (!kind) return;
  chart.per = kind;
  out = "period";
}

void parse_target(JsonNode const& node, ChartTarget& out, SpecNotes& notes) {
  if (node.kind == JsonKind::boolean) {
    out = node.boolean;
  } else if (node.kind == JsonKind::string) {
    std::string indicator;
    if (!read_text(node, "target", indicator, notes)) return;
    note_names(node, NameKind::indicator, {}, notes);
    out = indicator;
  } else if (node.kind == JsonKind::integer || node.kind == JsonKind::number) {
    Decimal value;
    if (read_decimal(node, "target", value, notes)) out = value;
  } else {
    wrong_type(node, "target", "true, a number or an indicator", notes);
  }
}

void parse_annotations(JsonNode const& node, std::vector<ChartAnnotation>& out, SpecNotes& notes) {
  if (node.kind != JsonKind::array) return wrong_type(node, "annotations", "a list", notes);
  for (auto const& item : node.items) {
    ChartAnnotation annotation;
    annotation.place = item.place;
    ObjectReader reader(item, "an annotation", notes);
    reader.required("at");
    reader.text("at", annotation.at);
    reader.required("text");
    reader.local_text("text", annotation.text);
    reader.finish();
    out.push_back(std::move(annotation));
  }
}

void parse_steps(ObjectReader& reader, ChartSection& out) {
  if (auto const* at = reader.text("period", out.period)) out.period_place = at->place;
  std::int64_t count = 0;
  if (reader.whole("periods", 1, 1000, count) != nullptr) out.periods = static_cast<std::size_t>(count);
  std::vector<Word<PeriodKind>> kinds;
  for (auto const word : kPeriodKinds) kinds.push_back({word, *parse_period_kind(word)});
  PeriodKind kind = PeriodKind::month;
  if (reader.choice<PeriodKind>("per", kind, kinds) != nullptr) out.chart.per = kind;
}

void parse_share(ObjectReader& reader, double& out) {
  auto const* node = reader.optional("share");
  if (node == nullptr) return;
  bool const number = node->kind == JsonKind::integer || node->kind == JsonKind::number;
  if (!number) return wrong_type(*node, "share", "a number", reader.notes());
  if (node->number < 0.2 || node->number > 1)
    return reader.notes().error(node->place, "out-of-range",
                                fmt::format("'share' must be from 0.2 to 1, found {}", node->text));
  out = node->number;
}

void parse_style(ObjectReader& reader, ChartSection& section) {
  auto& chart = section.chart;
  reader.choice<BarStack>("stack", chart.stack, kStacks);
  bool horizontal = false;
  if (reader.boolean("horizontal", horizontal) != nullptr) chart.horizontal = horizontal;
  reader.choice<ChartOrder>("order", chart.order, kOrders);
  reader.boolean("baseline", chart.baseline);
  reader.texts("highlight", chart.highlight, Empty::allowed);
  if (auto const* list = reader.optional("annotations")) parse_annotations(*list, chart.annotations, reader.notes());
  std::int64_t places = 0;
  if (reader.whole("places", 0, 6, places) != nullptr) chart.places = static_cast<int>(places);
  reader.boolean("values", chart.values);
  reader.boolean("log", chart.log);
  reader.boolean("free_scales", chart.free_scales);
  if (auto const* at = reader.text("layout", chart.layout)) section.layout_place = at->place;
  if (auto const* at = reader.text("geojson", chart.geojson)) section.geojson_place = at->place;
  reader.text("geo_key", chart.geo_key);
  reader.text("split", chart.split);
  parse_share(reader, section.share);
}

}  // namespace

ChartSection parse_chart(JsonNode const& node, SpecNotes& notes) {
  ChartSection out;
  auto& chart = out.chart;
  chart.place = node.place;
  ObjectReader reader(node, "a chart", notes);
  reader.choice<ChartType>("type", chart.type, type_words());
  reader.choice<ChartIntent>("intent", chart.intent, intent_words());
  if (chart.type == ChartType::scatter)
    reader.name("x", NameKind::indicator, chart.x);
  else
    parse_axis(reader, "x", chart.x, chart);
  reader.required("y");
  reader.names("y", NameKind::indicator, chart.y);
  parse_axis(reader, "color", chart.color, chart);
  parse_axis(reader, "facet", chart.facet, chart);
  parse_steps(reader, out);
  reader.name("where", NameKind::row_filter, chart.where);
  std::int64_t top = 0;
  if (reader.whole("top", 1, 1000, top) != nullptr) chart.top = static_cast<std::size_t>(top);
  if (auto const* target = reader.optional("target")) parse_target(*target, chart.target, notes);
  parse_style(reader, out);
  reader.local_text("title", chart.title, true);
  reader.local_text("subtitle", chart.subtitle, true);
  reader.local_text("source", chart.source, true);
  reader.finish();
  return out;
}

}  // namespace yekun
