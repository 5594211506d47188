// Which groups of a scan make up which cell of a question: stretches into windows, reports into stocks, fine keys into
// coarse.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "indicators/cells.h"
#include "indicators/engine.h"

namespace yekun {

/// Which reports of a stock count in a window.
enum class ReportPick { none, last, first, all };

struct RollUpRequest {
  std::size_t grouping = 0;
  /// For each dimension of the question the grouping's dimension; nullopt: the grouping does not have it.
  std::vector<std::optional<std::size_t>> dimensions{};
  /// Which dimensions are kept, a bit each; one entry a grouping set.
  std::vector<std::uint32_t> sets{};
  ReportPick pick = ReportPick::none;
  std::int32_t before = 0;  // reports: days before the window that may count too (carry; holds - 1)
};

/// A group of one worker that belongs to a cell.
struct Member {
  std::uint32_t worker = 0;
  std::uint32_t group = 0;
};

/// The members of every cell, and for reports who reported when.
struct CellMembers {
  DatasetScan const* scan = nullptr;
  std::size_t grouping = 0;
  std::vector<std::optional<std::size_t>> dimensions{};  // as in the request
  std::vector<std::uint32_t> starts{};                   // of cell c: members[starts[c] .. starts[c + 1])
  std::vector<Member> members{};
  std::vector<std::uint8_t> window_has_rows{};           // by window
  std::vector<std::vector<std::uint32_t>> reporter{};    // reports: by worker, by group
  std::vector<std::vector<std::int32_t>> report_days{};  // reports: by reporter, sorted
  std::size_t count(std::uint32_t cell) const { return cell + 1 < starts.size() ? starts[cell + 1] - starts[cell] : 0; }
  /// Of a cell that other groupings have and this one has not: no members.
  Member const* begin(std::uint32_t cell) const { return members.data() + (cell < starts.size() ? starts[cell] : 0); }
};

/// Adds the cells that have members to `cells` and lists each cell's members.
CellMembers roll_up(DatasetScan const& scan, RollUpRequest const& request, std::vector<Period> const& windows,
                    CellSpace& cells);

}  // namespace yekun
