// Where labels may stand: spread along an axis, or refused where others are already.
#pragma once

#include <span>
#include <vector>

#include "charts/scene.h"

namespace yekun::charts {

/// Moves positions apart until each is at least half its own and half its neighbour's height away, by as little as
/// possible and equally to both sides, within [low, high]. Order is kept. `heights` has one entry a position. If the
/// heights together exceed the range, the labels stand evenly in it (and overlap: check with `fits`).
std::vector<double> spread(std::span<double const> wanted, std::span<double const> heights, double low, double high);
bool fits(std::span<double const> heights, double low, double high);

/// Boxes already taken.
class TakenSpace {
 public:
  /// Takes the box unless it touches one that is taken.
  bool take(scene::Box const& box);
  bool is_free(scene::Box const& box) const;
  void block(scene::Box const& box) { boxes_.push_back(box); }

 private:
  std::vector<scene::Box> boxes_{};
};

}  // namespace yekun::charts
