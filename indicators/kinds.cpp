#include "indicators/kinds.h"

#include <algorithm>
#include <array>

namespace yekun {

std::string_view to_text(IndicatorKind kind) {
  switch (kind) {
    case IndicatorKind::flow:
      return "flow";
    case IndicatorKind::stock:
      return "stock";
    case IndicatorKind::reported_people:
      return "reported people";
    case IndicatorKind::people:
      return "people";
    case IndicatorKind::new_people:
      return "new people";
    case IndicatorKind::ratio:
      return "ratio";
    case IndicatorKind::average:
      return "average";
    case IndicatorKind::quantile:
      return "quantile";
    case IndicatorKind::other:
      return "other";
  }
  return "other";
}

IndicatorKind kind_of(MeasureKind measure, OverTime over_time) {
  switch (measure) {
    case MeasureKind::rows:
    case MeasureKind::count:
    case MeasureKind::sum:
      return over_time == OverTime::sum || over_time == OverTime::unset || over_time == OverTime::recount
                 ? IndicatorKind::flow
                 : IndicatorKind::stock;
    case MeasureKind::distinct:
    case MeasureKind::returning_people:
    case MeasureKind::people_with:
    case MeasureKind::retained_people:
      return IndicatorKind::people;
    case MeasureKind::new_people:
      return IndicatorKind::new_people;
    case MeasureKind::average:
      return IndicatorKind::average;
    case MeasureKind::share:
    case MeasureKind::completeness:
    case MeasureKind::timeliness:
      return IndicatorKind::ratio;
    case MeasureKind::quantile:
    case MeasureKind::stddev:
      return IndicatorKind::quantile;
    case MeasureKind::min:
    case MeasureKind::max:
    case MeasureKind::first:
    case MeasureKind::last:
      return IndicatorKind::other;
  }
  return IndicatorKind::other;
}

bool adds_over_time(IndicatorKind kind) { return kind == IndicatorKind::flow || kind == IndicatorKind::new_people; }

bool adds_over_place(IndicatorKind kind) { return kind == IndicatorKind::flow || kind == IndicatorKind::stock; }

bool is_recounted(IndicatorKind kind) { return kind != IndicatorKind::flow && kind != IndicatorKind::stock; }

bool counts_people(IndicatorKind kind, Unit const& unit) {
  static constexpr std::array<std::string_view, 6> kPersons{"people",  "participants", "children",
                                                            "members", "staff",        "specialists"};
  bool const persons = std::find(kPersons.begin(), kPersons.end(), unit.id) != kPersons.end();
  if (kind == IndicatorKind::flow || kind == IndicatorKind::stock || kind == IndicatorKind::other) return persons;
  if (kind == IndicatorKind::reported_people) return true;
  bool const counted = kind == IndicatorKind::people || kind == IndicatorKind::new_people;
  return counted && (persons || unit.id == "number");
}

namespace {

std::string reason(IndicatorKind kind, Along along) {
  switch (kind) {
    case IndicatorKind::people:
    case IndicatorKind::new_people:
      return along == Along::time    ? "a person who comes in several periods would be counted several times"
             : along == Along::place ? "a person who is in several groups would be counted several times"
                                     : "a person who is in both would be counted twice";
    case IndicatorKind::reported_people:
      return "the counts carry no ids, so people may be in several of them";
    case IndicatorKind::stock:
      return "the same units are there in every period";
    case IndicatorKind::ratio:
      return "a sum or mean of ratios is not the ratio of the whole";
    case IndicatorKind::average:
      return "a sum or mean of averages is not the average of the whole";
    case IndicatorKind::quantile:
      return "a quantile of the whole does not follow from those of the parts";
    default:
      return "it is not known to be additive";
  }
}

std::string alternative(IndicatorKind kind, Along along) {
  switch (kind) {
    case IndicatorKind::people:
    case IndicatorKind::reported_people:
    case IndicatorKind::new_people:
      if (kind == IndicatorKind::reported_people) return "show the interval from the largest part to the sum";
      if (along == Along::indicators)
        return "count them together: one count(distinct id) whose where covers both, or \"people\" across datasets";
      if (along == Along::place)
        return "use grouped bars; if each person is in one group only, declare the dimension \"exclusive\": true";
      return "ask for the longer period, or use cumulative(), which recount";
    case IndicatorKind::stock:
      return "show the last value, or use \"over_time\": \"average\"";
    case IndicatorKind::ratio:
    case IndicatorKind::average:
      return "add numerators and denominators as indicators of their own, then divide";
    case IndicatorKind::quantile:
      return "ask for the whole: it is worked out again from the data";
    default:
      return "declare its \"kind\" if it is a flow";
  }
}

}  // namespace

std::optional<Refusal> refuse_addition(std::string_view indicator, IndicatorKind kind, Along along, bool exclusive) {
  bool const allowed = along == Along::time    ? adds_over_time(kind)
                       : along == Along::place ? adds_over_place(kind)
                                               : adds_over_place(kind) || kind == IndicatorKind::other ||
                                                     kind == IndicatorKind::reported_people;
  bool const people = kind == IndicatorKind::people || kind == IndicatorKind::new_people;
  if (allowed || (along == Along::place && exclusive && people)) return std::nullopt;
  std::string const what = along == Along::time    ? " over time"
                           : along == Along::place ? " over groups"
                                                   : " to another indicator";
  return Refusal{"'" + std::string(indicator) + "' (" + std::string(to_text(kind)) + ") cannot be added" + what + ": " +
                     reason(kind, along),
                 alternative(kind, along)};
}

}  // namespace yekun
