#include "charts/ticks.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace yekun::charts {

namespace {

constexpr std::array<double, 6> kNiceSteps{1, 5, 2, 2.5, 4, 3};  // in order of simplicity
constexpr double kTiny = 1e-10;
constexpr int kMostSkip = 1;  // the paper also skips nice steps (0 160 320); readers count better in plain ones

struct Weights {
  double simplicity = 0.25;
  double coverage = 0.2;
  double density = 0.5;
  double legibility = 0.05;
};
constexpr Weights kWeights{};

double score(double simplicity, double coverage, double density) {
  return kWeights.simplicity * simplicity + kWeights.coverage * coverage + kWeights.density * density +
         kWeights.legibility;
}

double simplicity_of(std::size_t nice, int skip, bool holds_zero) {
  return 1 - static_cast<double>(nice) / static_cast<double>(kNiceSteps.size() - 1) - skip + (holds_zero ? 1 : 0);
}

double coverage_of(double low, double high, double first, double last) {
  double const range = 0.1 * (high - low);
  return 1 - 0.5 * ((high - last) * (high - last) + (low - first) * (low - first)) / (range * range);
}

double best_coverage(double low, double high, double span) {
  double const range = high - low;
  if (span <= range) return 1;
  double const half = (span - range) / 2;
  return 1 - half * half / (0.01 * range * range);
}

double density_of(int count, int wanted, double low, double high, double first, double last) {
  double const have = (count - 1) / (last - first);
  double const want = (wanted - 1) / (std::max(last, high) - std::min(first, low));
  return 2 - std::max(have / want, want / have);
}

double best_density(int count, int wanted) {
  return count >= wanted ? 2 - static_cast<double>(count - 1) / (wanted - 1) : 1;
}

bool holds_zero(double first, double last, double step) {
  double const rest = std::abs(std::remainder(first, step));
  return rest < kTiny * step && first <= 0 && last >= 0;
}

/// The search of the paper, with labels that lie outside the data only ("loose"), so that ticks cover the domain.
class Search {
 public:
  Search(double low, double high, int wanted, bool whole) : low_(low), high_(high), wanted_(wanted), whole_(whole) {}

  Ticks run() {
    for (int skip = 1; skip <= kMostSkip; ++skip) {
      bool hopeless = true;
      for (std::size_t nice = 0; nice < kNiceSteps.size(); ++nice) {
        if (score(simplicity_of(nice, skip, true), 1, 1) < best_) continue;
        hopeless = false;
        try_counts(nice, skip);
      }
      if (hopeless) break;
    }
    return found_;
  }

 private:
  void try_counts(std::size_t nice, int skip) {
    double const simplest = simplicity_of(nice, skip, true);
    for (int count = 2; count <= 2 * wanted_; ++count) {
      if (score(simplest, 1, best_density(count, wanted_)) < best_) break;
      double const unit = (high_ - low_) / (count + 1) / skip / kNiceSteps[nice];
      for (int power = static_cast<int>(std::ceil(std::log10(unit))); power < 320; ++power) {
        double const step = skip * kNiceSteps[nice] * std::pow(10.0, power);
        if (score(simplest, best_coverage(low_, high_, step * (count - 1)), best_density(count, wanted_)) < best_)
          break;
        if (whole_ && (step < 1 || std::abs(step - std::round(step)) > kTiny)) continue;
        try_starts(nice, skip, count, step);
      }
    }
  }

  void try_starts(std::size_t nice, int skip, int count, double step) {
    auto const first_start = std::floor(high_ / step) * skip - (count - 1.0) * skip;
    auto const last_start = std::ceil(low_ / step) * skip;
    double const unit = step / skip;
    for (double start = first_start; start <= last_start; ++start) {
      double const first = start * unit;
      double const last = first + step * (count - 1);
      if (first > low_ + kTiny * step || last < high_ - kTiny * step) continue;
      if (whole_ && std::abs(first - std::round(first)) > kTiny) continue;
      double const value =
          score(simplicity_of(nice, skip, holds_zero(first, last, step)), coverage_of(low_, high_, first, last),
                density_of(count, wanted_, low_, high_, first, last));
      if (value <= best_) continue;
      best_ = value;
      found_ = {first, last, step, {}};
    }
  }

  double low_;
  double high_;
  int wanted_;
  bool whole_;
  double best_ = -2;
  Ticks found_{0, 0, 0, {}};
};

/// When the search finds nothing (a whole axis over a tiny range): whole steps around the range.
Ticks plain_ticks(double low, double high, int wanted) {
  double const first = std::floor(low);
  double const step = std::max(1.0, std::ceil((high - first) / std::max(1, wanted - 1)));
  double const count = std::max(1.0, std::ceil((high - first) / step));
  return {first, first + count * step, step, {}};
}

}  // namespace

Ticks nice_ticks(double low, double high, int wanted, bool whole) {
  if (!std::isfinite(low)) low = 0;
  if (!std::isfinite(high)) high = 0;
  if (low > high) std::swap(low, high);
  if (high - low <= kTiny * std::max(std::abs(low), std::abs(high)) || high == low) {
    double const pad = low == 0 ? 1 : std::abs(low) * (low > 0 && high > 0 ? 0.1 : 0.5);
    (low >= 0 ? high : low) += low >= 0 ? pad : -pad;
    if (whole) high = std::max(high, low + 1);
  }
  Ticks ticks = Search(low, high, std::max(2, wanted), whole).run();
  if (ticks.step <= 0) ticks = plain_ticks(low, high, wanted);
  auto const count = static_cast<int>(std::lround((ticks.high - ticks.low) / ticks.step));
  for (int i = 0; i <= count; ++i) {
    double const value = ticks.low + i * ticks.step;
    ticks.values.push_back(std::abs(value) < kTiny * ticks.step ? 0 : value);
  }
  return ticks;
}

Ticks log_ticks(double low, double high) {
  double const first = std::floor(std::log10(low) + kTiny);
  double const last = std::max(first + 1, std::ceil(std::log10(high) - kTiny));
  double const by = std::max(1.0, std::ceil((last - first) / 6));
  Ticks ticks{std::pow(10, first), std::pow(10, last), by, {}};
  for (double power = first; power < last; power += by) ticks.values.push_back(std::pow(10, power));
  ticks.values.push_back(ticks.high);
  return ticks;
}

int places_of(double step) {
  for (int places = 0; places < 6; ++places) {
    double const scaled = std::abs(step) * std::pow(10, places);
    if (std::abs(scaled - std::round(scaled)) < 1e-6 * std::max(1.0, scaled)) return places;
  }
  return 6;
}

}  // namespace yekun::charts
