// A text file opened for reading as UTF-8, whatever it is packed and encoded in.
#pragma once

#include <memory>
#include <string>

#include "data-loaders/encoding.h"
#include "data-loaders/text_bytes.h"

namespace yekun {

struct TextFile {
  std::unique_ptr<FileHandle> file;
  TextEncoding encoding{};
  std::string head{};                  // the beginning, in UTF-8, without byte order mark
  bool complete = false;               // `head` is all there is
  std::unique_ptr<ByteStream> rest{};  // what follows the head; null: read the file directly, from `text_begin`
  std::uint64_t text_begin = 0;
};

/// `path` "-": standard input. `encoding`: declared, or empty. A name that ICU does not know is a failure, as are
/// unreadable files. Of a zip file the text table `member` is read (zip_text.h).
Result<TextFile> open_text(std::string const& path, std::string const& name, std::string const& encoding,
                           std::string const& member = "");

}  // namespace yekun
