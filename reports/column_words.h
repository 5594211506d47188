// What a column's heading suggests that it holds, by words of the five languages. Used by init only.
#pragma once

#include <set>
#include <string_view>

namespace yekun {

enum class Hint {
  person,       // who: beneficiary, participant, member
  identifier,   // id, code, number
  name,         // of a person or thing
  contact,      // telephone, address, e-mail, papers
  birth,        // date of birth
  age,          // in years
  sex,          //
  place,        // region, district, village
  coordinates,  // latitude, longitude
  date,         //
  start,        // of a stay: admitted, joined
  end,          // of a stay: discharged, left
  assessed,     // a case: day of assessment
  planned,      // a case: day of the plan
  served,       // a case: day of the first service
  technical,    // when a form was sent, its version
  year,         //
  residents,    // people present on a day
  capacity,     // places there are on a day
  stock,        // any level on a day, which adding up over days would falsify
  ordinal,      // a number that is a name: priority, round
  fresh,        // counted when it happens: new cases
  average,      // scores, rates, percentages, ages: never added up
  people,       // numbers of people
  attended,     // was there
  completed,    // finished
  before,       // a test before
  after,        // a test after
  remark        // free text
};

/// All hints of a heading. Case and separators do not matter; words are matched by their beginning.
std::set<Hint> hints_of(std::string_view heading);

/// Whether a heading says "total".
bool names_a_total(std::string_view heading);

/// Whether a heading holds a word that only English has among the five languages ("date", "completed").
bool is_english(std::string_view heading);

/// The ISO code of a currency that a heading names ("Cost, AZN", "ხარჯი, ლარი"); empty: none. A manat may be of either
/// country in Russian, and then it is none.
std::string_view currency_in(std::string_view heading);

/// Whether a value means "was there": "present", "iştirak etdi", "присутствовал".
bool means_attended(std::string_view value);

}  // namespace yekun
