// What a programme's spec says about dimensions and indicators. Structs only: reports/ parses specs into them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "core/diagnostic.h"
#include "core/locale.h"
#include "core/period.h"
#include "data-loaders/dataset.h"

namespace yekun {

/// A named way to group rows.
struct Dimension {
  std::string id;
  LocalText label{};
  std::string of{};                   // expression; empty: the column of the same name
  std::vector<std::int64_t> bands{};  // lower bounds: [0,5,12,18,60] gives 0-4, 5-11, 12-17, 18-59, 60+
  std::map<std::string, std::string>
      mapping{};  // value -> group; unmapped values become `other`, or stay and are reported
  std::string other{};
  std::vector<std::string> levels{};  // a hierarchy: expands into its levels, coarsest first
  std::vector<std::string> order{};   // values in this order; empty: by value, or natural for bands
  bool natural = false;               // never re-sorted by value (ordinal)
  bool exclusive = false;             // each person falls into one group within a period; the build verifies it
  std::string split{};                // several answers in one cell, separated by this
  std::string combined_by{};          // a person's (entity's) values in the period become one group: "cash + food"
  std::string where{};                // combined_by: rows whose values count; empty: all
  std::uint32_t overlaps = 0;         // combined_by: groups are all subsets of at most so many values; 0: whole sets
  std::map<std::string, LocalText> value_labels{};
  std::string of_dataset{};  // applies to this dataset only; empty: wherever its columns exist
  Place place{};
  Place where_place{};
};

enum class OverTime { unset, sum, last, first, average, min, max, recount };
enum class Direction { increase, decrease, none };
enum class TargetIs { per_period, to_date };
enum class IndicatorKind { flow, stock, reported_people, people, new_people, ratio, average, quantile, other };

/// A unit of the closed list: people, days, sessions, hours, percent, ... or an ISO currency.
struct Unit {
  std::string id = "number";
  int places = 0;  // shown, unless the indicator says otherwise
};

/// A target or baseline that holds for exactly its period and group.
struct Target {
  std::string period;                          // canonical label
  std::map<std::string, std::string> group{};  // dimension -> value; empty: the whole
  std::optional<Decimal> target{};
  std::optional<Decimal> baseline{};
  Place place{};
};

struct Indicator {
  std::string id;
  LocalText label{};
  LocalText description{};
  std::string dataset{};                // of a measure
  std::vector<std::string> union_of{};  // people across datasets: "services.person_id", "training.participant_id"
  std::string measure{};                // "sum(residents)"; empty for a formula
  std::string formula{};                // over indicators
  std::string where{};
  OverTime over_time = OverTime::unset;
  std::optional<IndicatorKind> kind{};  // declared where it cannot be derived
  std::int32_t carry_days = 0;
  std::int32_t holds_days = 1;
  bool pairs = false;  // ratio: only rows that have both
  std::string weight{};
  Unit unit{};
  std::optional<int> places{};  // decimals shown
  Direction direction = Direction::increase;
  TargetIs target_is = TargetIs::per_period;
  std::optional<Decimal> baseline{};  // of the whole, undated or the one named first
  std::string baseline_period{};
  std::vector<Target> targets{};  // inline; those from files are added when read
  std::string targets_file{};     // csv: indicator,period,<dimensions...>,target,baseline
  LocalText source_of_verification{};
  LocalText assumptions{};
  Place place{};          // of the definition
  Place measure_place{};  // of the measure's or formula's first character
  Place where_place{};
};

/// A level of the results framework: goal, outcome, output, activity.
struct ResultLevel {
  std::string level;
  LocalText title{};
  std::vector<std::string> indicators{};
  Place place{};
};

struct Disclosure {
  std::optional<std::int64_t> threshold{};  // counts of people below it are suppressed
  bool zeros = false;                       // zeros too
  std::int64_t round_to = 0;                // 0: no rounding
};

struct Comment {
  std::string indicator;
  std::string period;
  std::string language;
  std::string text;
};

struct Programme {
  std::string id;
  LocalText title{};
  std::vector<std::string> languages{"en"};
  std::string timezone = "UTC";
  FiscalYear fiscal{};
  std::optional<Date> start{};  // of the programme: what cumulative() starts from by default
  std::string logo{};
  std::vector<LocalText> partners{};
  std::vector<Dataset> datasets{};
  std::vector<Dimension> dimensions{};
  std::vector<Indicator> indicators{};
  std::vector<ResultLevel> results{};
  std::string comments_dataset{};
  Disclosure disclosure{};
  std::string folder{};  // where programme.json stands: paths are relative to it
  std::string file{};    // its path as given, for messages

  Dataset const* dataset(std::string_view id_) const { return find(datasets, id_); }
  Dimension const* dimension(std::string_view id_) const { return find(dimensions, id_); }
  Indicator const* indicator(std::string_view id_) const { return find(indicators, id_); }

 private:
  template <class T>
  static T const* find(std::vector<T> const& all, std::string_view id_) {
    for (auto const& one : all)
      if (one.id == id_) return &one;
    return nullptr;
  }
};

}  // namespace yekun
