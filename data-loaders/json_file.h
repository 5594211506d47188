// A JSON file's text as the parser wants it, whatever it is packed and encoded in.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "data-loaders/text_file.h"

namespace yekun {

/// What cannot be read ends the bytes and is kept as a problem.
class JsonFile {
 public:
  /// `encoding`: declared, or empty.
  static Result<std::unique_ptr<JsonFile>> open(std::string const& path, std::string const& name,
                                                std::string const& encoding);

  /// So many bytes at the front of `room`; 0 at the end.
  std::size_t read(std::span<char> room);
  /// The next line, without its end; false at the end or past 16 MB.
  bool next_line(std::string& line);
  bool too_long() const { return too_long_; }
  Diagnostics const& problems() const { return problems_; }
  /// Set where the text is not UTF-8 and nothing was declared.
  std::optional<std::string> const& guessed_encoding() const { return guessed_; }

 private:
  TextFile text_;
  std::unique_ptr<ByteStream> rest_;
  std::size_t at_ = 0;  // in the head
  std::optional<std::string> guessed_;
  Diagnostics problems_;
  std::string pending_;
  std::size_t from_ = 0;
  bool too_long_ = false;
};

}  // namespace yekun
