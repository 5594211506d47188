// A pull reader for the XML inside workbooks: tags by local name, whatever the prefix. It knows no DTD and refuses one,
// so entities cannot expand. Built for speed: expat takes five times as long as inflating does.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/part_stream.h"

namespace yekun {

enum class XmlEvent { open, close, end, failed };

/// Views it hands out are valid until the next call that reads.
class XmlReader {
 public:
  explicit XmlReader(std::unique_ptr<PartStream> stream);

  /// The next tag; text between tags is skipped. `end` after the root's end, `failed` with reason() on broken XML.
  XmlEvent next();

  /// Local name of the tag just read.
  std::string_view name() const { return name_; }
  /// The tag just read was <x/>: no close follows.
  bool empty() const { return empty_; }
  /// Raw value of an attribute by its local name (see decode_xml); empty with found = false where there is none.
  struct Attribute {
    std::string_view name;
    std::string_view value;
  };
  std::string_view attribute(std::string_view local_name, bool* found = nullptr) const;
  /// Of the tag just read, in order; at most 64.
  std::span<Attribute const> attributes() const { return {attributes_.data(), attribute_count_}; }

  /// After `open` of a non-empty element: its text up to its end tag, which is read too. Raw (see decode_xml) unless
  /// `decoded` says that CDATA made it plain. Elements inside are skipped with their text. nullptr data on failure.
  struct Text {
    std::string_view raw;
    bool decoded = false;
    bool failed = false;
  };
  Text text();

  /// Appends the text up to the next tag of any kind, references replaced: for text with elements in it, between calls
  /// of next(). False on failure.
  bool text_to_tag(std::string& out);

  /// A worksheet's cell as nearly all programs write it, read whole; 1.5 times as fast as by its tags.
  struct SimpleCell {
    std::string_view address;  // may be empty, like the two below
    std::string_view type;
    std::string_view style;
    std::string_view value;  // raw
    bool has_value = false;
    bool inline_text = false;  // of <is><t>
  };
  /// Reads <c r="" s="" t=""><v></v></c>, its inline twin or an empty one, without a prefix, if that comes next and
  /// lies in the buffer. False: nothing was read, and next() must be asked.
  bool simple_cell(SimpleCell& cell);

  /// After `open` of an element that is not empty: reads past its end tag. False on failure.
  bool skip();

  std::string const& reason() const { return reason_; }
  /// How deep: 1 inside the root.
  int depth() const { return depth_; }
  /// Gives up, with a reason of the caller's.
  XmlEvent fail(std::string_view why);

 private:
  bool refill();
  bool ensure(std::size_t count);
  char const* find_from(char const* from, char wanted);
  XmlEvent open_tag();
  XmlEvent close_tag();
  bool special();
  bool skip_past(std::string_view end);
  Text slow_text();
  bool slow_markup(std::string& decoded);

  std::unique_ptr<PartStream> stream_;
  std::vector<char> buffer_;
  char const* at_ = nullptr;   // next byte
  char const* end_ = nullptr;  // of what is in the buffer
  std::uint64_t before_ = 0;   // bytes of the stream before the buffer's first
  bool ended_ = false;
  std::string_view name_;
  bool empty_ = false;
  int depth_ = 0;
  bool rooted_ = false;
  std::array<Attribute, 64> attributes_{};
  std::size_t attribute_count_ = 0;
  std::string scratch_;
  std::string reason_;
};

/// Appends `raw` with its five named and its numeric references replaced. False on an unknown or broken reference.
bool decode_xml(std::string_view raw, std::string& out);

/// Replaces Office's _xHHHH_ (a character that XML cannot hold) in place; _x005F_ stands for "_".
void decode_office_escapes(std::string& text);

/// After `open` of a string item (<si>, <is>): its text, runs joined, readings of phonetic text left out, references
/// and Office escapes replaced; appended to `out`. Reads its end tag. False on failure (the reader's reason).
bool read_rich_text(XmlReader& xml, std::string& out);

}  // namespace yekun
