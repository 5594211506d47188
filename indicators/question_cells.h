// The numbers of one question: its cells, made up from the scans, and the values of measures in them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indicators/finish.h"
#include "indicators/formula_value.h"
#include "indicators/planner.h"

namespace yekun {

using Scans = std::map<std::string, DatasetScan>;

class QuestionCells {
 public:
  /// The question's windows are known. Rolls up all its measures; values are worked out when asked for.
  QuestionCells(Planned const& planned, PlannedQuestion const& question, Scans const& scans);
  QuestionCells(QuestionCells const&) = delete;
  QuestionCells& operator=(QuestionCells const&) = delete;

  CellSpace const& cells() const { return cells_; }
  /// Index of a window among windows(); nullopt if it is none of them.
  std::optional<std::size_t> window_index(Period const& window) const;
  std::vector<Period> const& windows() const { return windows_; }
  /// The value of a measure at the place of `cell`, in the need's window.
  CubeCell value(std::uint32_t cell, Need const& need);
  /// A measure and the window in which its rows count.
  struct RowSource {
    std::size_t measure = 0;
    std::size_t window = 0;
  };
  std::vector<RowSource> row_sources(std::vector<Need> const& needs) const;
  /// Whether the question lets rows of any source through at this cell's place, in the source's window.
  bool has_rows(std::uint32_t cell, std::vector<RowSource> const& sources) const;
  /// Whether figures need a lineage: asked for, or read by disclosure control.
  bool with_lineage() const;
  Diagnostics take_errors() { return std::move(errors_); }

 private:
  struct Measured {
    MeasurePlan plan{};
    std::optional<Finisher> finisher{};
    std::vector<std::optional<CubeCell>> known{};
    std::string text{};  // of the measure
    std::string predicate{};
    std::string name{};  // of the indicator
    bool additive = false;
    std::uint32_t dimensions_of_units = 0;
    std::uint64_t expected = 0;
  };
  void add_measure(PlannedMeasure const& measure);
  void add_shifted_groups();
  void copy_groups(std::size_t from, std::size_t to);
  CellMembers const* members_of(PlannedFeed const& feed);
  std::optional<std::size_t> measure_index(Need const& need) const;
  CubeCell finish(Measured& measured, std::uint32_t cell, Period const& window);
  /// Reporting units: with rows in the cell, and expected there; nullopt where that is not known.
  std::optional<std::pair<std::uint64_t, std::uint64_t>> units(Measured& measured, std::uint32_t cell,
                                                               Period const& window);
  LineagePtr lineage(Measured const& measured, std::uint32_t cell, Period const& window, Value const& value,
                     std::uint64_t rows) const;

  Planned const& planned_;
  PlannedQuestion const& question_;
  Scans const& scans_;
  std::vector<Period> windows_;
  CellSpace cells_;
  std::map<std::string, std::unique_ptr<CellMembers>> members_{};
  std::vector<std::unique_ptr<Measured>> measured_{};
  std::map<std::string, std::vector<std::int32_t>> contacts_{};
  Diagnostics errors_{};
};

}  // namespace yekun
