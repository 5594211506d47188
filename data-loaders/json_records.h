// Records in JSON texts: which array holds them, and their values by path.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/json_bytes.h"

namespace yekun {

enum class JsonValueKind { null, boolean, number, string };

/// A scalar. `text` is a string's value, a number as written, "true" or "false"; valid during the call only.
struct JsonValue {
  JsonValueKind kind = JsonValueKind::null;
  std::string_view text{};
};

/// Where the records of a text are.
struct JsonShape {
  bool lines = false;                  // a record a line
  bool single = false;                 // the whole text is one record
  std::string path{};                  // of the array of records; empty: the text itself
  std::vector<std::string> headers{};  // of records that are arrays (DHIS2 analytics); empty: c1, c2, ...
  /// DHIS2 data value sets: members beside "dataValues" that hold for every record. Strings.
  std::map<std::string, std::string> inherited{};
};

/// Takes the values of records in order. Paths are relative to the record: "a.b[0].c"; of a record that is an array the
/// header, or c1, c2, ...; of a record that is a scalar "value".
class JsonSink {
 public:
  JsonSink() = default;
  JsonSink(JsonSink const&) = delete;
  JsonSink& operator=(JsonSink const&) = delete;
  virtual ~JsonSink() = default;
  virtual void value(std::string_view path, JsonValue const& value) = 0;
  /// An array inside a record begins: true to get its scalars joined, as one value of the array's path. An array that
  /// begins with a record or an array is never joined.
  virtual bool joins(std::string_view path) = 0;
  /// False to stop.
  virtual bool end_record() = 0;
};

/// Reasons name the line. Nesting deeper than 256 is refused.
using JsonReason = std::string;

/// The shape of a text: as declared by `path` (not empty), else a root array, DHIS2's dataValues or headers and rows,
/// the only array of objects there is, or the root object as the only record. Reads all of a text that is an object.
tl::expected<JsonShape, JsonReason> find_shape(JsonBytes& bytes, std::string const& path);

/// Hands the records to the sink. `separator` joins the scalars of arrays.
tl::expected<void, JsonReason> read_records(JsonBytes& bytes, JsonShape const& shape, std::string const& separator,
                                            JsonSink& sink);

}  // namespace yekun
