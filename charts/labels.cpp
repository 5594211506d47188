#include "charts/labels.h"

#include <algorithm>
#include <numeric>

namespace yekun::charts {

namespace {

/// Labels that touch, moved as one: `first` to `last` in order of position.
struct Cluster {
  std::size_t first = 0;
  std::size_t last = 0;
  double height = 0;
  double top = 0;
};

}  // namespace

bool fits(std::span<double const> heights, double low, double high) {
  return std::accumulate(heights.begin(), heights.end(), 0.0) <= high - low + 1e-9;
}

std::vector<double> spread(std::span<double const> wanted, std::span<double const> heights, double low, double high) {
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });

  // The top that serves a cluster best is the mean of the tops its members would like.
  auto const settle = [&](Cluster& cluster) {
    double sum = 0;
    double above = 0;
    for (std::size_t i = cluster.first; i <= cluster.last; ++i) {
      sum += wanted[order[i]] - heights[order[i]] / 2 - above;
      above += heights[order[i]];
    }
    cluster.height = above;
    cluster.top = sum / static_cast<double>(cluster.last - cluster.first + 1);
    cluster.top = std::max(low, std::min(cluster.top, high - cluster.height));
  };
  std::vector<Cluster> clusters;
  for (std::size_t i = 0; i < order.size(); ++i) {
    Cluster next{i, i, 0, 0};
    settle(next);
    while (!clusters.empty() && clusters.back().top + clusters.back().height > next.top) {
      next.first = clusters.back().first;
      clusters.pop_back();
      settle(next);
    }
    clusters.push_back(next);
  }
  std::vector<double> placed(wanted.size());
  for (auto const& cluster : clusters) {
    double top = cluster.top;
    for (std::size_t i = cluster.first; i <= cluster.last; ++i) {
      placed[order[i]] = top + heights[order[i]] / 2;
      top += heights[order[i]];
    }
  }
  return placed;
}

bool TakenSpace::is_free(scene::Box const& box) const {
  return std::none_of(boxes_.begin(), boxes_.end(), [&](scene::Box const& other) {
    return box.x < other.right() && other.x < box.right() && box.y < other.bottom() && other.y < box.bottom();
  });
}

bool TakenSpace::take(scene::Box const& box) {
  if (!is_free(box)) return false;
  boxes_.push_back(box);
  return true;
}

}  // namespace yekun::charts
