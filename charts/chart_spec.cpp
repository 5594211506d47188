#include "charts/chart_spec.h"

#include <array>
#include <utility>

namespace yekun {

namespace {

constexpr std::array kTypes{
    std::pair{ChartType::automatic, std::string_view{"auto"}},
    std::pair{ChartType::bar, std::string_view{"bar"}},
    std::pair{ChartType::line, std::string_view{"line"}},
    std::pair{ChartType::area, std::string_view{"area"}},
    std::pair{ChartType::combo, std::string_view{"combo"}},
    std::pair{ChartType::pyramid, std::string_view{"pyramid"}},
    std::pair{ChartType::donut, std::string_view{"donut"}},
    std::pair{ChartType::bullet, std::string_view{"bullet"}},
    std::pair{ChartType::heat, std::string_view{"heat"}},
    std::pair{ChartType::slope, std::string_view{"slope"}},
    std::pair{ChartType::waterfall, std::string_view{"waterfall"}},
    std::pair{ChartType::dot_range, std::string_view{"dot-range"}},
    std::pair{ChartType::scatter, std::string_view{"scatter"}},
    std::pair{ChartType::gantt, std::string_view{"gantt"}},
    std::pair{ChartType::funnel, std::string_view{"funnel"}},
    std::pair{ChartType::upset, std::string_view{"upset"}},
    std::pair{ChartType::choropleth, std::string_view{"choropleth"}},
    std::pair{ChartType::tile_map, std::string_view{"tile-map"}},
    std::pair{ChartType::sparkline, std::string_view{"sparkline"}},
};

constexpr std::array kIntents{
    std::pair{ChartIntent::change_over_time, std::string_view{"change-over-time"}},
    std::pair{ChartIntent::ranking, std::string_view{"ranking"}},
    std::pair{ChartIntent::magnitude, std::string_view{"magnitude"}},
    std::pair{ChartIntent::part_to_whole, std::string_view{"part-to-whole"}},
    std::pair{ChartIntent::deviation, std::string_view{"deviation"}},
    std::pair{ChartIntent::target, std::string_view{"target"}},
    std::pair{ChartIntent::spatial, std::string_view{"spatial"}},
    std::pair{ChartIntent::flow, std::string_view{"flow"}},
};

}  // namespace

std::optional<ChartType> parse_chart_type(std::string_view text) {
  for (auto const& [type, word] : kTypes)
    if (word == text) return type;
  return std::nullopt;
}

std::string_view to_text(ChartType type) {
  for (auto const& [one, word] : kTypes)
    if (one == type) return word;
  return "auto";
}

std::optional<ChartIntent> parse_chart_intent(std::string_view text) {
  for (auto const& [intent, word] : kIntents)
    if (word == text) return intent;
  return std::nullopt;
}

std::vector<std::string> chart_type_words() {
  std::vector<std::string> words;
  for (auto const& entry : kTypes) words.emplace_back(entry.second);
  return words;
}

std::vector<std::string> chart_intent_words() {
  std::vector<std::string> words;
  for (auto const& entry : kIntents) words.emplace_back(entry.second);
  return words;
}

}  // namespace yekun
