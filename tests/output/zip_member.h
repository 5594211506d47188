// Reads one member of a zip file, for tests of workbooks.
#pragma once

#include <zip.h>

#include <memory>
#include <string>

namespace yekun::test {

/// The member's bytes; empty if there is none.
inline std::string zip_member(std::string const& path, std::string const& member) {
  int code = 0;
  zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive == nullptr) return {};
  std::string bytes;
  zip_stat_t facts;
  if (zip_stat(archive, member.c_str(), 0, &facts) == 0) {
    bytes.resize(facts.size);
    zip_file_t* const file = zip_fopen(archive, member.c_str(), 0);
    zip_fread(file, bytes.data(), bytes.size());
    zip_fclose(file);
  }
  zip_close(archive);
  return bytes;
}

}  // namespace yekun::test
