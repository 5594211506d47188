#include "data-loaders/json_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace yekun {
namespace {

constexpr std::size_t kMostDepth = 256;

/// What every walk through a JSON text shares: the path of the value at hand. Derived classes take the events.
class JsonWalk : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit JsonWalk(JsonBytes& bytes) : bytes_(bytes) {}

  tl::expected<void, JsonReason> run() {
    bool const whole = nlohmann::json::sax_parse(bytes_.begin(), JsonBytes::end(), this);
    if (whole || stopped_) return {};
    if (bytes_.too_long()) reason_ = "holds a single text of more than 16 MB";
    return tl::unexpected(reason_);
  }

  bool null() override { return scalar({JsonValueKind::null}); }
  bool boolean(bool value) override { return scalar({JsonValueKind::boolean, value ? "true" : "false"}); }
  bool number_integer(number_integer_t value) override {
    return scalar({JsonValueKind::number, digits(value, number_)});
  }
  bool number_unsigned(number_unsigned_t value) override {
    return scalar({JsonValueKind::number, digits(value, number_)});
  }
  bool number_float(number_float_t, string_t const& written) override {
    return scalar({JsonValueKind::number, written});
  }
  bool string(string_t& value) override { return scalar({JsonValueKind::string, value}); }
  bool binary(binary_t&) override { return true; }

  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool key(string_t& name) override {
    path_.resize(frames_.back().path);
    if (!path_.empty()) path_ += '.';
    path_ += name;
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t, std::string const& token, nlohmann::detail::exception const&) override {
    std::string near = token.substr(0, 40);
    near.erase(std::remove_if(near.begin(), near.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }),
               near.end());
    reason_ = fmt::format("is not valid JSON: line {}, near '{}'", bytes_.line(), near);
    return false;
  }

 protected:
  struct Frame {
    bool array = false;
    std::size_t path = 0;     // length of the container's own path
    std::uint64_t index = 0;  // of the next element
  };

  virtual bool on_scalar(JsonValue const& value) = 0;
  virtual bool on_open(bool array) = 0;
  virtual bool on_close(bool array) = 0;

  bool stop() {
    stopped_ = true;
    return false;
  }
  bool fail(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }
  std::uint64_t line() const { return bytes_.line(); }
  std::vector<Frame> const& frames() const { return frames_; }
  std::string const& path() const { return path_; }

 private:
  using Digits = std::array<char, 24>;
  template <class T>
  static std::string_view digits(T value, Digits& room) {
    auto const end = std::to_chars(room.data(), room.data() + room.size(), value).ptr;
    return {room.data(), static_cast<std::size_t>(end - room.data())};
  }

  /// Puts the index of an array's element on the path.
  void step() {
    if (frames_.empty() || !frames_.back().array) return;
    Frame& frame = frames_.back();
    path_.resize(frame.path);
    path_ += '[';
    path_ += digits(frame.index++, index_);
    path_ += ']';
  }

  bool scalar(JsonValue const& value) {
    step();
    return on_scalar(value);
  }

  bool open(bool array) {
    step();
    if (frames_.size() >= kMostDepth) return fail(fmt::format("is nested too deeply on line {}", line()));
    frames_.push_back({array, path_.size(), 0});
    return on_open(array);
  }

  bool close() {
    Frame const frame = frames_.back();
    frames_.pop_back();
    path_.resize(frame.path);
    return on_close(frame.array);
  }

  JsonBytes& bytes_;
  std::string path_;
  std::vector<Frame> frames_;
  std::string reason_;
  bool stopped_ = false;
  Digits number_{};
  Digits index_{};
};

/// "results[0]" -> "results"; empty where the last step is no index.
std::string_view without_index(std::string_view path) {
  return path.ends_with(']') ? path.substr(0, path.rfind('[')) : std::string_view();
}

/// Finds arrays of objects, and what DHIS2 puts beside its arrays.
class Outline : public JsonWalk {
 public:
  Outline(JsonBytes& bytes, std::string const& wanted) : JsonWalk(bytes), wanted_(wanted) {}

  tl::expected<JsonShape, JsonReason> shape() {
    if (auto const done = run(); !done) return tl::unexpected(done.error());
    JsonShape shape;
    if (root_array_) return shape;
    if (!wanted_.empty()) {
      if (!found_) return tl::unexpected(fmt::format("has no array at '{}'{}", wanted_, listed()));
      shape.path = wanted_;
      return shape;
    }
    bool const rows = std::find(row_arrays_.begin(), row_arrays_.end(), "rows") != row_arrays_.end();
    if (rows && !headers_.empty()) {
      shape.path = "rows";
      shape.headers = headers_;
    } else if (std::find(arrays_.begin(), arrays_.end(), "dataValues") != arrays_.end()) {
      shape.path = "dataValues";
      shape.inherited = scalars_;
    } else if (arrays_.size() == 1) {
      shape.path = arrays_.front();
    } else if (arrays_.empty()) {
      shape.single = true;
    } else {
      return tl::unexpected(fmt::format("has several arrays of records; say which in \"path\"{}", listed()));
    }
    return shape;
  }

 protected:
  bool on_scalar(JsonValue const& value) override {
    if (frames().size() == 1 && value.kind != JsonValueKind::null && scalars_.size() < kMost)
      scalars_.emplace(path(), value.text);
    if (frames().size() == 3 && path().starts_with("headers[") && path().ends_with("].name") && headers_.size() < kMost)
      headers_.emplace_back(value.text);
    return true;
  }
  bool on_open(bool array) override {
    if (array && frames().size() == 1 && wanted_.empty()) {
      root_array_ = true;
      return stop();
    }
    if (array && path() == wanted_) found_ = true;
    std::string_view const parent = without_index(path());
    if (parent.empty() || parent.find('[') != std::string_view::npos || frames().size() < 2) return true;
    auto& list = array ? row_arrays_ : arrays_;
    if (frames()[frames().size() - 2].index == 1 && list.size() < kMost) list.emplace_back(parent);
    return true;
  }
  bool on_close(bool) override { return true; }

 private:
  static constexpr std::size_t kMost = 1000;

  std::string listed() const {
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(arrays_.size(), 8); ++i)
      list += (i == 0 ? "; there is '" : ", '") + arrays_[i] + "'";
    return list;
  }

  std::string wanted_;
  bool found_ = false;
  bool root_array_ = false;
  std::vector<std::string> arrays_;      // of objects
  std::vector<std::string> row_arrays_;  // of arrays
  std::vector<std::string> headers_;
  std::map<std::string, std::string> scalars_;
};

class RecordWalk : public JsonWalk {
 public:
  RecordWalk(JsonBytes& bytes, JsonShape const& shape, std::string const& separator, JsonSink& sink)
      : JsonWalk(bytes), shape_(shape), separator_(separator), sink_(sink) {}

 protected:
  bool on_scalar(JsonValue const& value) override {
    if (!inside_) {
      if (!in_records()) return true;
      sink_.value("value", value);
      return sink_.end_record() || stop();
    }
    if (joining_) return join(value);
    name_.clear();
    sink_.value(relative(), value);
    return true;
  }

  bool on_open(bool array) override {
    if (!inside_) {
      bool const is_record = shape_.single ? frames().size() == 1 : frames().size() >= 2 && in_records(1);
      if (!is_record) return true;
      inside_ = true;
      depth_ = frames().size();
      base_ = path().size();
      return true;
    }
    if (joining_ && empty_ && frames().size() == join_depth_ + 1) joining_ = false;  // of records: by their paths
    if (joining_) return true;
    if (array && sink_.joins(relative())) {
      joining_ = true;
      join_depth_ = frames().size();
      joined_.clear();
      empty_ = true;
    }
    return true;
  }

  bool on_close(bool) override {
    if (joining_ && frames().size() < join_depth_) {
      joining_ = false;
      sink_.value(relative(), {empty_ ? JsonValueKind::null : JsonValueKind::string, joined_});
      return true;
    }
    if (!inside_ || frames().size() >= depth_) return true;
    inside_ = false;
    return sink_.end_record() || stop();
  }

 private:
  /// The innermost container, `above` levels up, is the array of records.
  bool in_records(std::size_t above = 0) const {
    if (frames().size() <= above) return false;
    Frame const& frame = frames()[frames().size() - 1 - above];
    return frame.array && std::string_view(path()).substr(0, frame.path) == shape_.path;
  }

  bool join(JsonValue const& value) {
    if (value.kind == JsonValueKind::null) return true;
    if (!empty_) joined_ += separator_;
    joined_ += value.text;
    empty_ = false;
    return true;
  }

  std::string_view relative() {
    std::string_view rest = std::string_view(path()).substr(base_);
    if (rest.starts_with('.')) return rest.substr(1);
    if (!rest.starts_with('[')) return rest;
    std::size_t index = 0;
    std::from_chars(rest.data() + 1, rest.data() + rest.size(), index);
    name_ = index < shape_.headers.size() ? shape_.headers[index] : fmt::format("c{}", index + 1);
    name_ += rest.substr(rest.find(']') + 1);
    return name_;
  }

  JsonShape const& shape_;
  std::string const& separator_;
  JsonSink& sink_;
  bool inside_ = false;
  std::size_t depth_ = 0;
  std::size_t base_ = 0;
  bool joining_ = false;
  std::size_t join_depth_ = 0;
  bool empty_ = true;
  std::string joined_;
  std::string name_;
};

}  // namespace

tl::expected<JsonShape, JsonReason> find_shape(JsonBytes& bytes, std::string const& path) {
  return Outline(bytes, path).shape();
}

tl::expected<void, JsonReason> read_records(JsonBytes& bytes, JsonShape const& shape, std::string const& separator,
                                            JsonSink& sink) {
  return RecordWalk(bytes, shape, separator, sink).run();
}

}  // namespace yekun
